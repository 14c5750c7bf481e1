"""Stopping reminders without a login, and what staff do about them."""

from django.urls import path

from programs.reminders import feed_views, link_views, staff_views, views

urlpatterns = [
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("calendar/<str:token>.ics", feed_views.calendar, name="calendar"),
    path("programs/<uuid:program_id>/calendar/renew/", staff_views.calendar_renew, name="calendar_renew"),
    path("programs/<uuid:program_id>/calendar/revoke/", staff_views.calendar_revoke, name="calendar_revoke"),
    path("programs/<uuid:program_id>/link-mail/", link_views.link_mail, name="link_mail"),
    path("programs/<uuid:program_id>/link-mail/send/", link_views.link_mail_send, name="link_mail_send"),
    path(
        "programs/<uuid:program_id>/link-mail/<uuid:mail_id>/back/",
        link_views.link_mail_take_back,
        name="link_mail_take_back",
    ),
    path(
        "programs/<uuid:program_id>/link-mail/<uuid:mail_id>/resend/",
        link_views.link_mail_resend,
        name="link_mail_resend",
    ),
    path("programs/<uuid:program_id>/reminders/start/", staff_views.start_again, name="reminders_start"),
    path(
        "programs/<uuid:program_id>/reminders/<uuid:reminder_id>/resend/", staff_views.resend, name="reminders_resend"
    ),
]

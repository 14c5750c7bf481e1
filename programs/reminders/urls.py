"""Stopping reminders without a login, and what staff do about them."""

from django.urls import path

from programs.reminders import feed_views, staff_views, views

urlpatterns = [
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("calendar/<str:token>.ics", feed_views.calendar, name="calendar"),
    path("programs/<uuid:program_id>/calendar/renew/", staff_views.calendar_renew, name="calendar_renew"),
    path("programs/<uuid:program_id>/calendar/revoke/", staff_views.calendar_revoke, name="calendar_revoke"),
    path("programs/<uuid:program_id>/reminders/start/", staff_views.start_again, name="reminders_start"),
    path(
        "programs/<uuid:program_id>/reminders/<uuid:reminder_id>/resend/", staff_views.resend, name="reminders_resend"
    ),
]

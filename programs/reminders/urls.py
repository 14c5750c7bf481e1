"""Stopping reminders without a login, and what staff do about them."""

from django.urls import path

from programs.reminders import staff_views, views

urlpatterns = [
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("programs/<uuid:program_id>/reminders/start/", staff_views.start_again, name="reminders_start"),
    path(
        "programs/<uuid:program_id>/reminders/<uuid:reminder_id>/resend/", staff_views.resend, name="reminders_resend"
    ),
]

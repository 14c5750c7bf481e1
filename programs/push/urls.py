"""Before the runner's other addresses: "push" would read like a day."""

from django.urls import path

from programs.push import views

urlpatterns = [
    path("my/<str:token>/push/", views.push_on, name="patient_push"),
    path("my/<str:token>/push/off/", views.push_off, name="patient_push_off"),
]

"""Addresses of the paper."""

from django.urls import path

from programs.handouts import views

urlpatterns = [
    path("handouts/<uuid:handout_id>/", views.handout, name="handout"),
    path("handouts/<uuid:handout_id>/pdf/", views.pdf, name="handout_pdf"),
    path("handouts/<uuid:handout_id>/retry/", views.retry, name="handout_retry"),
]

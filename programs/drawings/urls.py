"""Addresses of the drawings."""

from django.urls import path

from programs.drawings import views

urlpatterns = [
    path("figures/<slug:digest>/<slug:key>/<slug:turned>/motion.json", views.figure_motion, name="figure_motion"),
    path("figures/<slug:digest>/<slug:key>/<slug:turned>/<slug:part>.svg", views.figure, name="figure"),
]

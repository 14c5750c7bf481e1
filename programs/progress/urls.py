"""Addresses of progress."""

from django.urls import path

from programs.progress import sheet_views, views

urlpatterns = [
    path("programs/<uuid:program_id>/progress/", views.progress, name="progress"),
    path("programs/<uuid:program_id>/paper/", sheet_views.paper_sheet, name="paper_sheet"),
]

"""Addresses of examination and conclusion."""

app_name = "assessments"
urlpatterns: list = []

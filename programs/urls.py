"""Addresses of programs, handouts, the patient page and the caseload."""

app_name = "programs"
urlpatterns: list = []

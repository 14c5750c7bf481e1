"""Addresses of patients, episodes, the team and the clinic."""

app_name = "clinic"
urlpatterns: list = []

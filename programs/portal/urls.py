"""The patient's addresses. The token is the key; logs hide it (clinic.logs)."""

from django.urls import path

from programs.portal import keeping, pictures, views

urlpatterns = [
    path("my/worker.js", keeping.worker, name="patient_worker"),
    path("my/<str:token>/app.webmanifest", keeping.manifest, name="patient_manifest"),
    path("my/<str:token>/", views.today, name="today"),
    path("my/<str:token>/morning/", views.morning, name="patient_morning"),
    path("my/<str:token>/pictures/<uuid:picture_id>/", pictures.picture, name="patient_picture"),
    path("my/<str:token>/<str:day>/", views.one_day, name="patient_day"),
    path("my/<str:token>/<str:day>/all/", views.whole_day, name="patient_whole_day"),
    path("my/<str:token>/<str:day>/<uuid:line>/<int:occasion>/", views.exercise, name="patient_exercise"),
]

"""The patient's addresses. The token is the key; logs hide it (clinic.logs)."""

from django.urls import path

from programs.portal import door_views, keeping, lost, more_views, pictures, views

urlpatterns = [
    path("my/worker.js", keeping.worker, name="patient_worker"),
    path("my/lost/", lost.lost, name="patient_lost"),
    path("my/<str:token>/app.webmanifest", keeping.manifest, name="patient_manifest"),
    path("my/<str:token>/", views.today, name="today"),
    path("my/<str:token>/door/", door_views.open_door, name="patient_door"),
    path("my/<str:token>/progress/", more_views.progress, name="patient_progress"),
    path("my/<str:token>/more/", more_views.settings, name="patient_settings"),
    path("my/<str:token>/more/calendar/", more_views.calendar, name="patient_calendar"),
    path("my/<str:token>/more/data/", more_views.data, name="patient_data"),
    path("my/<str:token>/more/stop/", more_views.stop, name="patient_stop"),
    path("my/<str:token>/morning/", views.morning, name="patient_morning"),
    path("my/<str:token>/new/", views.new, name="patient_new"),
    path("my/<str:token>/new/told/", views.told, name="patient_new_told"),
    path("my/<str:token>/checks/", views.checks, name="patient_checks"),
    path("my/<str:token>/pictures/<uuid:picture_id>/", pictures.picture, name="patient_picture"),
    path("my/<str:token>/<str:day>/", views.one_day, name="patient_day"),
    path("my/<str:token>/<str:day>/all/", views.whole_day, name="patient_whole_day"),
    path("my/<str:token>/<str:day>/morning/", views.earlier_morning, name="patient_day_morning"),
    path("my/<str:token>/<str:day>/runs/", views.runs, name="patient_runs"),
    path("my/<str:token>/<str:day>/runs/<uuid:run>/", views.run, name="patient_run"),
    path("my/<str:token>/<str:day>/checks/<str:key>/", views.check, name="patient_check"),
    path("my/<str:token>/<str:day>/<uuid:line>/<int:occasion>/", views.exercise, name="patient_exercise"),
]

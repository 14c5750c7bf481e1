"""Addresses of the library and of clinics' own exercises."""

from django.urls import path

from programs.prescribing.views import library, own, pictures

urlpatterns = [
    path("exercises/", library.library, name="library"),
    path("exercises/new/", own.own_new, name="own_new"),
    path("exercises/<uuid:exercise_id>/", library.exercise, name="exercise"),
    path("exercises/<uuid:exercise_id>/edit/", own.own_edit, name="own_edit"),
    path("exercises/<uuid:exercise_id>/news/", own.own_news, name="own_news"),
    path("exercises/<uuid:exercise_id>/retire/", own.own_retire, name="own_retire"),
    path("exercises/<uuid:exercise_id>/restore/", own.own_restore, name="own_restore"),
    path("exercises/<uuid:exercise_id>/picture/", pictures.picture_new, name="picture_new"),
    path("exercises/<uuid:exercise_id>/picture/remove/", pictures.picture_remove, name="picture_remove"),
    path("pictures/<uuid:picture_id>/", pictures.picture, name="picture"),
]

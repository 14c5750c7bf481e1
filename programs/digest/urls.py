from django.urls import path

from programs.digest import views

urlpatterns = [
    path("weekly/", views.choose, name="digest"),
    path("weekly/stop/<str:token>/", views.stop, name="digest_stop"),
]

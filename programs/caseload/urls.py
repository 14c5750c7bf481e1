from django.urls import path

from programs.caseload import views

urlpatterns = [path("", views.caseload, name="caseload")]

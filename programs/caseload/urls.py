from django.urls import path

from programs.caseload import views

urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("caseload/news/", views.news, name="caseload_news"),
    path("caseload/<uuid:program_id>/handled/", views.handle, name="case_handle"),
    path("caseload/handlings/<uuid:handling_id>/back/", views.handle_back, name="case_back"),
]

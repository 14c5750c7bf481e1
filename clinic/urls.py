"""Addresses of patients, episodes, the team and the clinic."""

from django.urls import path

from clinic.views import audit, clinics, episodes, health, patients, search, team

app_name = "clinic"
urlpatterns = [
    path("patients/", patients.patients, name="patients"),
    path("patients/new/", patients.patient_new, name="patient_new"),
    path("patients/<uuid:patient_id>/", patients.patient, name="patient"),
    path("patients/<uuid:patient_id>/edit/", patients.patient_edit, name="patient_edit"),
    path("patients/<uuid:patient_id>/archive/", patients.patient_archive, name="patient_archive"),
    path("patients/<uuid:patient_id>/restore/", patients.patient_restore, name="patient_restore"),
    path("patients/<uuid:patient_id>/episodes/new/", episodes.episode_new, name="episode_new"),
    path("episodes/<uuid:episode_id>/edit/", episodes.episode_edit, name="episode_edit"),
    path("episodes/<uuid:episode_id>/close/", episodes.episode_close, name="episode_close"),
    path("episodes/<uuid:episode_id>/reopen/", episodes.episode_reopen, name="episode_reopen"),
    path("search/", search.search, name="search"),
    path("team/", team.team, name="team"),
    path("team/invite/", team.invite, name="invite"),
    path("team/<uuid:membership_id>/invite-again/", team.invite_again, name="invite_again"),
    path("team/<uuid:membership_id>/role/", team.member_role, name="member_role"),
    path("team/<uuid:membership_id>/end/", team.member_end, name="member_end"),
    path("clinic/", clinics.settings, name="settings"),
    path("clinic/paper/", clinics.paper, name="paper"),
    path("clinic/switch/", clinics.switch, name="switch"),
    path("audit/", audit.audit_page, name="audit"),
    path("health/", health.health, name="health"),
]

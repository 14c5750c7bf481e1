"""Addresses of examination and conclusion."""

from django.urls import path

from assessments.views import (
    about,
    carrying,
    conclusion,
    differential,
    findings,
    intake,
    knowledge,
    outcomes,
    panel,
    red_flags,
    replay,
    sections,
    signed,
)

app_name = "assessments"
urlpatterns = [
    path("episodes/<uuid:episode_id>/assessments/", intake.start, name="start"),
    path("assessments/<uuid:assessment_id>/", intake.intake, name="intake"),
    path("assessments/<uuid:assessment_id>/findings/", findings.finding, name="finding"),
    path("assessments/<uuid:assessment_id>/sections/<slug:section>/absent/", sections.all_absent, name="all_absent"),
    path("assessments/<uuid:assessment_id>/sections/<slug:section>/undo/", sections.take_back, name="take_back"),
    path("assessments/<uuid:assessment_id>/carry/", carrying.carry, name="carry"),
    path("assessments/<uuid:assessment_id>/confirm/", carrying.confirm, name="confirm"),
    path("assessments/<uuid:assessment_id>/leave-out/", carrying.leave_out, name="leave_out"),
    path("assessments/<uuid:assessment_id>/panel/", panel.panel, name="panel"),
    path("assessments/<uuid:assessment_id>/differential/", differential.differential, name="differential"),
    path("assessments/<uuid:assessment_id>/referral/", differential.referral, name="referral"),
    path("assessments/<uuid:assessment_id>/outcomes/", outcomes.outcomes, name="outcomes"),
    path("assessments/<uuid:assessment_id>/retest/", outcomes.retest, name="retest"),
    path("assessments/<uuid:assessment_id>/red-flags/", red_flags.red_flag, name="red_flag"),
    path("assessments/<uuid:assessment_id>/conclusion/", conclusion.conclusion, name="conclusion"),
    path("assessments/<uuid:assessment_id>/sign/", conclusion.sign, name="sign"),
    path("assessments/<uuid:assessment_id>/amend/", conclusion.amend, name="amend"),
    path("assessments/<uuid:assessment_id>/signed/", signed.signed, name="signed"),
    path("assessments/<uuid:assessment_id>/replay/", replay.replay, name="replay"),
    path("assessments/findings/<slug:key>/about/", about.about, name="about_finding"),
    path("knowledge/", knowledge.knowledge, name="knowledge"),
]

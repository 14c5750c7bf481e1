"""Addresses of examination and conclusion."""

from django.urls import path

from assessments.views import (
    about,
    amending,
    body_chart,
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
    signatures,
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
    path("assessments/<uuid:assessment_id>/body-chart/", body_chart.mark, name="mark_chart"),
    path("assessments/<uuid:assessment_id>/body-chart/findings/", body_chart.agree, name="agree_chart"),
    path("assessments/<uuid:assessment_id>/panel/", panel.panel, name="panel"),
    path("assessments/<uuid:assessment_id>/differential/", differential.differential, name="differential"),
    path("assessments/<uuid:assessment_id>/referral/", differential.referral, name="referral"),
    path("assessments/<uuid:assessment_id>/outcomes/", outcomes.outcomes, name="outcomes"),
    path("assessments/<uuid:assessment_id>/retest/", outcomes.retest, name="retest"),
    path("assessments/<uuid:assessment_id>/red-flags/", red_flags.red_flag, name="red_flag"),
    path("assessments/<uuid:assessment_id>/conclusion/", conclusion.conclusion, name="conclusion"),
    path("assessments/<uuid:assessment_id>/sign/", conclusion.sign, name="sign"),
    path("assessments/<uuid:assessment_id>/discard/", amending.discard, name="discard"),
    path("assessments/<uuid:assessment_id>/amend/", amending.amend, name="amend"),
    path("assessments/<uuid:assessment_id>/signed/", signed.signed, name="signed"),
    path("assessments/<uuid:assessment_id>/replay/", replay.replay, name="replay"),
    path("assessments/<uuid:assessment_id>/co-sign/", signatures.ask, name="ask_cosignature"),
    path("cosignatures/<uuid:cosignature_id>/", signatures.cosignature, name="cosignature"),
    path("assessments/", signatures.to_sign, name="to_sign"),
    path("assessments/findings/<slug:key>/about/", about.about, name="about_finding"),
    path("knowledge/", knowledge.knowledge, name="knowledge"),
]

"""Addresses of the drawings, the builder and the issued program."""

from django.urls import path

from programs.prescribing.views import builder, figures, handover, issued, lines, phases, proposing, protocols

urlpatterns = [
    path("exercises/<uuid:exercise_id>/drawing/", figures.figure_adjust, name="figure_adjust"),
    path("exercises/<uuid:exercise_id>/drawing/preview/", figures.figure_preview, name="figure_preview"),
    path("exercises/<uuid:exercise_id>/drawing/reset/", figures.figure_reset, name="figure_reset"),
    path("programs/propose/<uuid:assessment_id>/", proposing.propose, name="propose"),
    path("programs/<uuid:program_id>/", builder.builder, name="builder"),
    path("programs/<uuid:program_id>/library/", builder.library_beside, name="builder_library"),
    path("programs/<uuid:program_id>/plan/", builder.plan, name="plan"),
    path("programs/<uuid:program_id>/lines/", lines.add, name="line_add"),
    path("programs/<uuid:program_id>/undo/", lines.undo, name="undo"),
    path("programs/<uuid:program_id>/lines/<uuid:line_id>/", lines.change, name="line"),
    path("programs/<uuid:program_id>/lines/<uuid:line_id>/reason/", lines.reason, name="line_reason"),
    path("programs/<uuid:program_id>/lines/<uuid:line_id>/move/", lines.move, name="line_move"),
    path("programs/<uuid:program_id>/lines/<uuid:line_id>/remove/", lines.remove, name="line_remove"),
    path("programs/<uuid:program_id>/lines/<uuid:line_id>/heard/", lines.hear, name="line_heard"),
    path("programs/<uuid:program_id>/lines/<uuid:line_id>/usual/", lines.standard_dose, name="line_usual"),
    path("programs/<uuid:program_id>/phases/", phases.add, name="phase_add"),
    path("programs/<uuid:program_id>/phases/<int:number>/", phases.change, name="phase"),
    path("programs/<uuid:program_id>/phases/<int:number>/move/", phases.move, name="phase_move"),
    path("programs/<uuid:program_id>/phases/<int:number>/remove/", phases.remove, name="phase_remove"),
    path("programs/<uuid:program_id>/issue/", issued.issue, name="issue"),
    path("programs/<uuid:program_id>/issued/", issued.program, name="program"),
    path("programs/<uuid:program_id>/protocol/", protocols.protocol_save, name="protocol_save"),
    path("programs/<uuid:program_id>/protocols/", protocols.protocol_apply, name="protocol_apply"),
    path("protocols/", protocols.protocols, name="protocols"),
    path("protocols/ours/<str:diagnosis>/<int:stage>/", protocols.protocol_ours, name="protocol_ours"),
    path("protocols/<uuid:protocol_id>/", protocols.protocol, name="protocol"),
    path("protocols/<uuid:protocol_id>/change/", protocols.protocol_change, name="protocol_change"),
    path("protocols/<uuid:protocol_id>/retire/", protocols.protocol_retire, name="protocol_retire"),
    path("protocols/<uuid:protocol_id>/restore/", protocols.protocol_restore, name="protocol_restore"),
    path("programs/<uuid:program_id>/versions/", issued.versions, name="versions"),
    path("programs/<uuid:program_id>/handover/", handover.handover, name="handover"),
    path("programs/<uuid:program_id>/link/renew/", issued.renew_link, name="link_renew"),
    path("programs/<uuid:program_id>/link/revoke/", issued.revoke_link, name="link_revoke"),
    path("programs/<uuid:program_id>/end/", issued.end, name="end"),
]

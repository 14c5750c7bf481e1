"""The only road to programs, their handouts and the library. A stranger gets 404; every reading of a patient is remembered."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from assessments.models import Assessment
from clinic.access import remember_reading
from clinic.http import ClinicRequest
from clinic.permissions import Permission, can
from programs.models import (
    CaseHandling,
    ClinicProtocol,
    Exercise,
    ExercisePicture,
    Handout,
    Program,
    ProgramLine,
    ProgramVersion,
)
from programs.queries import HANDED_OVER, as_shown, visible_protocols


def get_program(request: ClinicRequest, program_id: UUID) -> Program:
    """The program with its runner, episode and the conclusion it stands on, or 404. Two queries."""
    programs = Program.objects.filter(clinic=request.clinic).select_related(
        "episode__patient__running", "assessment__conclusion", "clinician", "standing", "calendar_feed"
    )
    program = get_object_or_404(programs, pk=program_id)
    program.clinic = request.clinic
    remember_reading(request, program.episode.patient)
    return program


def get_version(program: Program, number: int) -> ProgramVersion:
    """One issued version of a program that was already opened, with its handover; or 404. One query."""
    return get_object_or_404(ProgramVersion.objects.select_related(*HANDED_OVER), program=program, number=number)


def get_line(program: Program, line_id: UUID) -> ProgramLine:
    """One exercise of this program's draft, or 404: somebody else may have removed it meanwhile."""
    lines = ProgramLine.objects.filter(program=program).select_related("exercise__adapts", "program")
    return get_object_or_404(lines, pk=line_id)


def get_concluded_assessment(request: ClinicRequest, assessment_id: UUID) -> Assessment:
    """The assessment with its runner and, once concluded, its conclusion; or 404. Two queries."""
    assessments = Assessment.objects.filter(clinic=request.clinic).select_related(
        "episode__patient__running", "conclusion"
    )
    assessment = get_object_or_404(assessments, pk=assessment_id)
    remember_reading(request, assessment.episode.patient)
    return assessment


def get_handout(request: ClinicRequest, handout_id: UUID) -> Handout:
    """The job's state without its PDF, for the line that asks every second: not a reading of the record. One query."""
    handouts = Handout.objects.filter(clinic=request.clinic).defer("pdf").select_related("version")
    return get_object_or_404(handouts, pk=handout_id)


def get_handout_pdf(request: ClinicRequest, handout_id: UUID) -> tuple[bytes, ProgramVersion]:
    """The finished PDF and the version it prints; 404 as long as it is not done. Three queries."""
    done = Handout.objects.filter(clinic=request.clinic, state=Handout.State.DONE)
    handout = get_object_or_404(done.select_related("version__program__episode__patient"), pk=handout_id)
    remember_reading(request, handout.version.program.episode.patient)
    return bytes(handout.pdf or b""), handout.version


def get_protocol(request: ClinicRequest, protocol_id: UUID) -> ClinicProtocol:
    """A clinic's own protocol: shared, one's own, or for an administrator any; else 404. One query."""
    known = visible_protocols(request.clinic, request.user)
    if can(request.membership, Permission.MANAGE_CLINIC):
        known = ClinicProtocol.objects.filter(clinic=request.clinic)
    return get_object_or_404(known.select_related("owner"), pk=protocol_id)


def may_change_protocol(request: ClinicRequest, protocol: ClinicProtocol) -> bool:
    """Its owner or an administrator, as long as they prescribe."""
    is_theirs = protocol.owner_id == request.user.pk or can(request.membership, Permission.MANAGE_CLINIC)
    return is_theirs and can(request.membership, Permission.PRESCRIBE)


def get_protocol_to_change(request: ClinicRequest, protocol_id: UUID) -> ClinicProtocol:
    """The same for whoever may change it; others who see it are told why not."""
    protocol = get_protocol(request, protocol_id)
    if not may_change_protocol(request, protocol):
        raise PermissionDenied(_("Only who made this protocol, or an administrator, changes it."))
    return protocol


def get_exercise(request: ClinicRequest, exercise_id: UUID) -> Exercise:
    """An exercise of the shared library or of this clinic, retired ones too; or 404. One query."""
    known = Exercise.objects.filter(Q(clinic=None) | Q(clinic=request.clinic))
    return get_object_or_404(as_shown(known, request.clinic.pk), pk=exercise_id)


def get_handling(request: ClinicRequest, handling_id: UUID) -> CaseHandling:
    """A case of the caseload that was dealt with or put off, with its runner; or 404. Two queries."""
    handlings = CaseHandling.objects.filter(clinic=request.clinic).select_related("program__episode__patient")
    handling = get_object_or_404(handlings, pk=handling_id)
    remember_reading(request, handling.program.episode.patient)
    return handling


def get_picture(request: ClinicRequest, picture_id: UUID) -> ExercisePicture:
    """A picture of this clinic, also one no longer shown with its exercise; or 404. One query."""
    return get_object_or_404(ExercisePicture, clinic=request.clinic, pk=picture_id)

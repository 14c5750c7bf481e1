"""Issuing: an immutable version, the runner's link and the paper, in one transaction. And what may be done afterwards."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.models import User
from programs.actions.habits import keep_habits
from programs.actions.handover import begin_handover
from programs.caseload.standing import refresh
from programs.freezing import frozen_content
from programs.handouts.document import GRID_DAYS
from programs.handouts.tasks import render
from programs.jobs import ring, start_over
from programs.mapping import Suitability
from programs.models import Handout, PatientLink, Program, ProgramLine, ProgramVersion
from programs.portal.links import new_link
from programs.queries import lines_of


class IssuedMeanwhileError(ValidationError):
    """Somebody issued a version since this form was opened, or the form came twice. Nothing was done."""


@transaction.atomic
def issue_program(*, by: User, program: Program, today: date, after: int | None = None) -> ProgramVersion:
    """The current phase as it stands becomes the next version, which supersedes the one before and can never change.

    Later phases stay in the draft; the runner sees their titles and what comes before them. Doses that differ from the
    library's are kept as this clinician's usual ones.

    Writes the version with its open handover, the runner's link unless one is live, and the fridge sheet's job; rings the
    worker on commit.
    The first day is the program's, or `today` when that has passed; the paper covers two weeks. `after` is the number of
    the newest version the clinician saw: IssuedMeanwhileError when it is no longer the newest.

    Raises ValidationError, listing everything at once, for an empty or ended program and for unsuitable exercises
    without a reason.
    """
    locked = Program.objects.select_for_update().get(pk=program.pk)
    newest = locked.versions.order_by("-number").values_list("number", flat=True).first() or 0
    if after is not None and after != newest:
        raise IssuedMeanwhileError(_("Version %(number)s was issued meanwhile.") % {"number": newest})
    lines = [line for line in lines_of(locked) if line.phase == locked.phase]
    _check(locked, lines)
    keep_habits(by=by, program=locked, lines=lines)
    starts_on = max(locked.starts_on or today, today)
    version = ProgramVersion.objects.create(
        clinic_id=locked.clinic_id,
        program=locked,
        number=newest + 1,
        issued_by=by,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=GRID_DAYS - 1),
        content=frozen_content(locked, lines),
    )
    locked.state, locked.starts_on, locked.clinician = Program.State.ISSUED, starts_on, by
    locked.save(update_fields=["state", "starts_on", "clinician"])
    if not locked.links.filter(revoked_at=None).exists():
        new_link(program_id=locked.pk, clinic_id=locked.clinic_id)
    begin_handover(by=by, version=version)
    _order_paper(version)
    refresh(locked.pk)
    return version


def _check(program: Program, lines: list[ProgramLine]) -> None:
    if program.state == Program.State.ENDED:
        raise ValidationError(_("This program has ended. Propose a new one from a signed conclusion."))
    if not lines:
        raise ValidationError(_("Add at least one exercise from the library before you issue."))
    suitability = Suitability.of(program)
    unsuitable = [line for line in lines if not line.override_reason and suitability.reasons(line.exercise)]
    if unsuitable:
        raise ValidationError(
            [
                _("“%(name)s” is unsuitable today: remove it, or say why it is right all the same.")
                % {"name": line.exercise.name}
                for line in unsuitable
            ]
        )


def _order_paper(version: ProgramVersion) -> Handout:
    content = version.content
    handout = Handout.objects.create(
        clinic_id=version.clinic_id,
        version=version,
        kind=Handout.Kind.FRIDGE,
        paper=content["clinic"]["paper"],
        language=content["language"],
    )
    ring(render, handout.clinic_id, handout.pk)
    return handout


@transaction.atomic
def retry_handout(*, by: User, handout: Handout) -> bool:  # noqa: ARG001 - the scope names the actor
    """Try a failed sheet again, with all its attempts. False when it had not failed."""
    again = start_over(handout, only_if=[Handout.State.FAILED])
    if again:
        ring(render, handout.clinic_id, handout.pk)
    return again


@transaction.atomic
def revoke_link(*, by: User, program: Program) -> int:  # noqa: ARG001 - the scope names the actor
    """Close the runner's way in, at once. The paper is made again without the code that no longer opens anything."""
    return close_links(program)


def close_links(program: Program, *, by_runner: bool = False) -> int:
    """How many were open. Nothing opens them again; a new link is made by renewing or issuing."""
    live = PatientLink.objects.filter(program=program, revoked_at=None)
    closed = live.update(revoked_at=timezone.now(), closed_by_runner=by_runner)
    if closed:
        _reprint_newest(program)
    return closed


@transaction.atomic
def renew_link(*, by: User, program: Program) -> PatientLink:  # noqa: ARG001 - the scope names the actor
    """A new address in the place of the old one, which stops working; the newest paper is made again with its code.

    Raises ValidationError when nothing is issued yet, or the program has ended: there would be nothing to open.
    """
    locked = Program.objects.select_for_update().get(pk=program.pk)
    if locked.state != Program.State.ISSUED:
        raise ValidationError(_("A link opens an issued program. Issue it first."))
    PatientLink.objects.filter(program=locked, revoked_at=None).update(revoked_at=timezone.now())
    link = new_link(program_id=locked.pk, clinic_id=locked.clinic_id)
    _reprint_newest(locked)
    return link


def _reprint_newest(program: Program) -> None:
    newest = ProgramVersion.objects.filter(program=program).order_by("-number").first()
    if newest is None:
        return
    for handout in Handout.objects.filter(version=newest).defer("pdf"):
        if start_over(
            handout, only_if=[state for state in Handout.State if state != Handout.State.CANCELLED], pdf=None
        ):
            ring(render, handout.clinic_id, handout.pk)


@transaction.atomic
def end_program(*, by: User, program: Program) -> None:  # noqa: ARG001 - the scope names the actor
    """No more reminders and no more changes; the runner's page says that the program is over. Versions stay readable."""
    running = Program.objects.filter(pk=program.pk).exclude(state=Program.State.ENDED)
    if running.update(state=Program.State.ENDED, ended_at=timezone.now()):
        refresh(program.pk)

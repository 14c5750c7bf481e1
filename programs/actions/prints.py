"""Paper that is asked for: one print of a version, or the same print for every running program."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from clinic.models import Clinic, User
from programs.handouts.document import KINDS, PAPERS
from programs.handouts.tasks import render
from programs.jobs import ring, start_all_over, start_over
from programs.models import BatchItem, Handout, HandoutBatch, Program, ProgramVersion

MOST_IN_A_BATCH = 1000
OVER = (Handout.State.DONE, Handout.State.FAILED, Handout.State.CANCELLED)


@transaction.atomic
def order_handout(*, by: User, version: ProgramVersion, kind: str, paper: str) -> Handout:  # noqa: ARG001 - the scope names the actor
    """Have this version printed. What is on its way already stays so; what was made before is looked at again.

    The worker makes nothing anew when nothing changed. Raises ValidationError for a print or a paper we do not have.
    """
    _check(kind, paper)
    handout, is_new = Handout.objects.defer("pdf").get_or_create(
        version=version,
        kind=kind,
        paper=paper,
        language=version.content["language"],
        defaults={"clinic_id": version.clinic_id},
    )
    if is_new or start_over(handout, only_if=OVER):
        ring(render, handout.clinic_id, handout.pk)
    return handout


@transaction.atomic
def order_batch(*, by: User, clinic: Clinic, kind: str, paper: str) -> HandoutBatch:
    """The same print for the newest version of every running program, each made on its own and one at a time per worker.

    Seven queries however many there are. Raises ValidationError when no program is running, or more than
    MOST_IN_A_BATCH are.
    """
    _check(kind, paper)
    versions = newest_running(clinic.pk)
    if not versions:
        raise ValidationError(_("No program is running, so there is nothing to print."))
    if len(versions) > MOST_IN_A_BATCH:
        raise ValidationError(_("More than %(most)s programs are running.") % {"most": MOST_IN_A_BATCH})
    wanted = [
        Handout(clinic=clinic, version_id=pk, kind=kind, paper=paper, language=language) for pk, language in versions
    ]
    Handout.objects.bulk_create(wanted, ignore_conflicts=True)
    rows = Handout.objects.filter(version__in=[pk for pk, _language in versions], kind=kind, paper=paper)
    ids = list(rows.values_list("pk", flat=True))
    start_all_over(Handout, ids, only_if=OVER)
    batch = HandoutBatch.objects.create(clinic=clinic, by=by)
    BatchItem.objects.bulk_create(BatchItem(clinic=clinic, batch=batch, handout_id=pk) for pk in ids)
    _ring(clinic.pk, ids)
    return batch


@transaction.atomic
def cancel_batch(*, by: User, batch: HandoutBatch) -> int:  # noqa: ARG001
    """What was not begun is not made. Returns how many; what is being made is finished."""
    waiting = _of(batch).filter(state=Handout.State.QUEUED)
    return waiting.update(state=Handout.State.CANCELLED, error=_("Cancelled with its batch."))


@transaction.atomic
def retry_batch(*, by: User, batch: HandoutBatch) -> int:  # noqa: ARG001
    """Try again what failed or was cancelled, with all attempts. Returns how many."""
    ids = list(_of(batch).filter(state__in=OVER[1:]).values_list("pk", flat=True))
    start_all_over(Handout, ids, only_if=OVER[1:])
    _ring(batch.clinic_id, ids)
    return len(ids)


def newest_running(clinic_id: UUID) -> Sequence[tuple[UUID, str]]:
    """The newest version of each running program, with its language. One query."""
    treated = {"program__state": Program.State.ISSUED, "program__episode__patient__archived_at": None}
    issued = ProgramVersion.objects.filter(clinic=clinic_id, **treated)
    newest = issued.order_by("program_id", "-number").distinct("program_id")
    return list(newest.values_list("pk", "content__language"))


def _of(batch: HandoutBatch) -> QuerySet[Handout]:
    return Handout.objects.filter(pk__in=BatchItem.objects.filter(batch=batch).values("handout"))


def _ring(clinic_id: UUID, ids: Collection[UUID]) -> None:
    for handout_id in ids:
        ring(render, clinic_id, handout_id)


def _check(kind: str, paper: str) -> None:
    if kind not in KINDS or paper not in PAPERS:
        raise ValidationError(_("Choose one of the three prints, and A4 or Letter."))

"""Replays every signed assessment of every clinic with the knowledge it was signed with."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand

from assessments.models import Assessment
from assessments.queries import answers_of
from assessments.reasoning import Outcome
from assessments.replaying import replay_of
from clinic.tenancy import all_clinic_ids, clinic_scope

DIFFERENT = 1


class Command(BaseCommand):
    """`python manage.py replay_signed`: one line for each assessment, its id and same, differs, not_kept or unreadable.

    No patient, no finding and no answer is printed. Leaves with status 1 unless all are the same. Costs one query and
    some milliseconds for each assessment; reads only.
    """

    help = "Replay every signed assessment with the knowledge it was signed with; print ids and same or not."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--clinic", action="append", type=UUID, help="Only this clinic; can be said again.")

    def handle(self, *_args: Any, **options: Any) -> None:
        counts: dict[Outcome, int] = {}
        for clinic_id in options["clinic"] or all_clinic_ids():
            with clinic_scope(clinic_id, actor="system:replay"):
                signed = Assessment.objects.filter(clinic_id=clinic_id, state=Assessment.State.SIGNED)
                for assessment in signed.order_by("signed_at").iterator(chunk_size=100):
                    found = replay_of(assessment, answers_of(assessment))
                    counts[found.outcome] = counts.get(found.outcome, 0) + 1
                    self.stdout.write(f"{assessment.pk} {found.version} {found.outcome.value}")
        total = sum(counts.values())
        said = ", ".join(f"{number} {outcome.value}" for outcome, number in counts.items())
        self.stdout.write(f"{total} signed assessments replayed" + (f": {said}" if said else ""))
        if total != counts.get(Outcome.SAME, 0):
            raise SystemExit(DIFFERENT)

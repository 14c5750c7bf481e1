"""Working out proposals in the background: rung when a report was committed, and looked after by a sweep.

The standing is the job: an empty or old `proposed_on` is work to do, whoever rings, and doing it twice does no harm.
"""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from clinic.tenancy import all_clinic_ids, clinic_scope
from programs.decisions import keeping
from programs.jobs import ring
from programs.models import Program
from programs.reminders.schedule import local_day

ACTOR = "system:programs.decisions"
SOFT_LIMIT_S, HARD_LIMIT_S = 20, 30


@shared_task(name="programs.decisions.reconsider", soft_time_limit=SOFT_LIMIT_S, time_limit=HARD_LIMIT_S)
def reconsider(clinic_id: str, program_id: str) -> None:
    """One program, on its runner's day now. Nothing is done when it was done meanwhile."""
    with clinic_scope(clinic_id, actor=ACTOR):
        programs = Program.objects.filter(pk=program_id)
        zone = programs.values_list("episode__patient__time_zone", flat=True).first()
        if zone is None:
            return
        today = local_day(timezone.now(), zone)
        if keeping.is_due(UUID(program_id), today):
            keeping.reconsider(UUID(program_id), today)


@shared_task(name="programs.decisions.sweep")
def sweep() -> None:
    """Ring for every program whose proposal is missing or of yesterday: so silence and a due review show up by themselves."""
    for clinic_id in all_clinic_ids():
        with clinic_scope(clinic_id, actor=ACTOR):
            for program_id in keeping.to_reconsider(timezone.now()):
                ring(reconsider, clinic_id, program_id)

"""The worker's side of the week's letter. How a message leaves at most once is told in programs.mailing.carrying."""

from zoneinfo import ZoneInfo

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.models import Clinic, Membership
from clinic.tenancy import all_clinic_ids, clinic_scope
from programs.digest.actions import plan_digests
from programs.digest.letter import letter
from programs.digest.week import monday_of, week_due
from programs.jobs import cancel, ring
from programs.mailing import carrying
from programs.mailing.answers import Delivery
from programs.mailing.carrying import Carrier, Ready, by_mail, message_id_of
from programs.models import Digest

ACTOR = "system:programs.digest"


@shared_task(name="programs.digest.plan")
def plan() -> None:
    """Every few minutes: write down whose Monday morning has come, and ring for each."""
    for clinic_id in all_clinic_ids():
        with clinic_scope(clinic_id, actor=ACTOR):
            clinic = Clinic.objects.get(pk=clinic_id)
            week = week_due(timezone.now(), clinic.time_zone)
            for digest_id in plan_digests(clinic=clinic, week=week) if week else []:
                ring(send, clinic_id, digest_id)


def _write(job: Digest) -> Ready | None:
    """Judge once more and write it; None when there is none to send: the row then says why."""
    place = Membership.objects.select_related("user", "clinic").get(pk=job.membership_id)
    today = timezone.now().astimezone(ZoneInfo(place.clinic.time_zone)).date()
    if not place.weekly_digest or place.ended_at or not place.user.is_active:
        cancel(job, _("It is no longer wanted."))
    elif monday_of(today) != job.week:
        cancel(job, _("The week was over before it could leave."))
    else:
        return by_mail(letter(place, today, message_id_of("digest", job.pk)))
    return None


def _settled(job: Digest, ready: Ready, delivery: Delivery) -> None:
    """Nothing beyond the row: an address of staff is theirs to correct."""


DIGESTS = Carrier(model=Digest, actor=ACTOR, write=_write, settled=_settled, lease_setting="DIGEST_LEASE_SECONDS")


@shared_task(name="programs.digest.send", **carrying.LIMITS)
def send(clinic_id: str, digest_id: str) -> None:
    """One letter."""
    carrying.carry(DIGESTS, clinic_id, digest_id)


@shared_task(name="programs.digest.sweep")
def sweep() -> None:
    """Ring again for letters that were never picked up or whose worker died."""
    carrying.sweep(DIGESTS, send)

"""The worker's side of a handout: ids in, one claimed row, a PDF out. See programs.jobs for why nothing is lost or doubled."""

import logging
from datetime import timedelta

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.utils.translation import gettext as _

from clinic.tenancy import all_clinic_ids, clinic_scope
from programs.handouts.document import HandoutDocument, HandoutError, Paper
from programs.handouts.gather import gather
from programs.handouts.pdf import render_pdf
from programs.jobs import claim, fail, finish, open_jobs, retry_later, ring
from programs.models import Handout

log = logging.getLogger(__name__)

SOFT_LIMIT_S, HARD_LIMIT_S, LEASE_S = 60, 90, 120
ACTOR = "system:programs.handouts"


def _lease() -> timedelta:
    """Longer than HARD_LIMIT_S, so that a worker that still lives keeps its claim; tests shorten it."""
    return timedelta(seconds=getattr(settings, "HANDOUT_LEASE_SECONDS", LEASE_S))


@shared_task(name="programs.handouts.render", soft_time_limit=SOFT_LIMIT_S, time_limit=HARD_LIMIT_S)
def render(clinic_id: str, handout_id: str) -> None:
    """Make one sheet. Two short transactions with the long work between them; quiet when there is nothing to do."""
    with clinic_scope(clinic_id, actor=ACTOR):
        job = claim(Handout, handout_id, lease=_lease())
        if job is None:
            return
        try:
            document, paper = gather(job)
        except HandoutError as error:
            fail(job, str(error))
            return
    pdf, problem, is_outside = _make(job, document, paper)
    with clinic_scope(clinic_id, actor=ACTOR):
        if pdf:
            finish(job, pdf=pdf)
        elif is_outside:
            retry_later(job, problem)
        else:
            fail(job, problem)


def _make(job: Handout, document: HandoutDocument, paper: Paper) -> tuple[bytes, str, bool]:
    """The PDF, or a reason staff can read and whether it lies outside of us. Writes nothing."""
    try:
        return render_pdf(document, paper=paper), "", False
    except HandoutError as error:
        return b"", str(error), False
    except SoftTimeLimitExceeded:
        return b"", _("The sheet took longer than a minute. Print fewer exercises on it and issue again."), False
    except (OSError, MemoryError) as error:
        log.warning("handout %s: %s", job.pk, type(error).__name__)
        return b"", _("The server had no room to make the sheet. It tries again by itself."), True
    except Exception:
        log.exception("handout %s could not be made", job.pk)
        return (
            b"",
            _("The sheet could not be made: a fault of ours. Try again; if it fails again, tell your support."),
            False,
        )


@shared_task(name="programs.handouts.sweep")
def sweep() -> None:
    """Ring again for every handout that was never picked up or whose worker died. A few queries a clinic."""
    for clinic_id in all_clinic_ids():
        with clinic_scope(clinic_id, actor=ACTOR):
            for handout_id in open_jobs(Handout):
                ring(render, clinic_id, handout_id)

"""The worker's side of a letter: ids in, one claimed row, a PDF out. See programs.jobs for why nothing is lost or doubled."""

import logging
from datetime import timedelta

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.utils.translation import gettext as _

from clinic.tenancy import all_clinic_ids, clinic_scope
from programs.jobs import claim, fail, finish, open_jobs, retry_later, ring
from programs.letters.document import LetterDocument, LetterError, from_json
from programs.letters.pdf import render_pdf
from programs.models import Letter, LetterPaper

log = logging.getLogger(__name__)

SOFT_LIMIT_S, HARD_LIMIT_S, LEASE_S = 60, 90, 120
ACTOR = "system:programs.letters"


def _lease() -> timedelta:
    """Longer than HARD_LIMIT_S, so that a worker that still lives keeps its claim; tests shorten it."""
    return timedelta(seconds=getattr(settings, "LETTER_LEASE_SECONDS", LEASE_S))


@shared_task(name="programs.letters.render", soft_time_limit=SOFT_LIMIT_S, time_limit=HARD_LIMIT_S)
def render(clinic_id: str, paper_id: str) -> None:
    """Make one paper from the frozen content. Two short transactions with the long work between them."""
    with clinic_scope(clinic_id, actor=ACTOR):
        job = claim(LetterPaper, paper_id, lease=_lease())
        if job is None:
            return
        try:
            document = from_json(Letter.objects.values_list("content", flat=True).get(pk=job.letter_id) or {})
        except LetterError as error:
            fail(job, str(error))
            return
    pdf, problem, is_outside = _make(job, document)
    with clinic_scope(clinic_id, actor=ACTOR):
        if pdf:
            finish(job, pdf=pdf)
        elif is_outside:
            retry_later(job, problem)
        else:
            fail(job, problem)


def _make(job: LetterPaper, document: LetterDocument) -> tuple[bytes, str, bool]:
    """The PDF, or a reason staff can read and whether it lies outside of us. Writes nothing."""
    try:
        return render_pdf(document), "", False
    except LetterError as error:
        return b"", str(error), False
    except SoftTimeLimitExceeded:
        return b"", _("The letter took longer than a minute. Shorten your own paragraphs and issue it again."), False
    except (OSError, MemoryError) as error:
        log.warning("letter %s: %s", job.pk, type(error).__name__)
        return b"", _("The server had no room to make the letter. It tries again by itself."), True
    except Exception:
        log.exception("letter %s could not be made", job.pk)
        return (
            b"",
            _("The letter could not be made: a fault of ours. Try again; if it fails again, tell your support."),
            False,
        )


@shared_task(name="programs.letters.sweep")
def sweep() -> None:
    """Ring again for every letter that was never picked up or whose worker died. Two queries a clinic."""
    for clinic_id in all_clinic_ids():
        with clinic_scope(clinic_id, actor=ACTOR):
            for paper_id in open_jobs(LetterPaper):
                ring(render, clinic_id, paper_id)

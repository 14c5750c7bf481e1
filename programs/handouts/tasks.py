"""The worker's side of a handout. How any paper is made is told in programs.papers."""

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from programs import papers
from programs.handouts.document import HandoutDocument, HandoutError, Paper
from programs.handouts.gather import gather
from programs.handouts.pdf import render_pdf
from programs.models import Handout


def _printed(gathered: tuple[HandoutDocument, Paper]) -> papers.Result:
    document, paper = gathered
    return {"pdf": render_pdf(document, paper=paper)}


PRESS = papers.Press(
    model=Handout,
    actor="system:programs.handouts",
    refusal=HandoutError,
    gather=gather,
    printed=_printed,
    lease_setting="HANDOUT_LEASE_SECONDS",
    took_too_long=_("The sheet took longer than a minute. Print fewer exercises on it and issue again."),
    no_room=_("The server had no room to make the sheet. It tries again by itself."),
    our_fault=_("The sheet could not be made: a fault of ours. Try again; if it fails again, tell your support."),
)


@shared_task(name="programs.handouts.render", **papers.LIMITS)
def render(clinic_id: str, handout_id: str) -> None:
    """Make one sheet of an issued version."""
    papers.make(PRESS, clinic_id, handout_id)


@shared_task(name="programs.handouts.sweep")
def sweep() -> None:
    """Ring again for every handout that was left behind."""
    papers.sweep(PRESS, render)

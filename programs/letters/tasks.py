"""The worker's side of a letter. How any paper is made is told in programs.papers."""

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from programs import papers
from programs.letters.document import LetterDocument, LetterError, from_json
from programs.letters.pdf import render_pdf
from programs.models import Letter, LetterPaper


def _gather(paper: LetterPaper) -> LetterDocument:
    """The letter as it was frozen when it was issued. One query."""
    return from_json(Letter.objects.values_list("content", flat=True).get(pk=paper.letter_id) or {})


def _printed(document: LetterDocument) -> papers.Result:
    return {"pdf": render_pdf(document)}


PRESS = papers.Press(
    model=LetterPaper,
    actor="system:programs.letters",
    refusal=LetterError,
    gather=_gather,
    printed=_printed,
    lease_setting="LETTER_LEASE_SECONDS",
    took_too_long=_("The letter took longer than a minute. Shorten your own paragraphs and issue it again."),
    no_room=_("The server had no room to make the letter. It tries again by itself."),
    our_fault=_("The letter could not be made: a fault of ours. Try again; if it fails again, tell your support."),
)


@shared_task(name="programs.letters.render", **papers.LIMITS)
def render(clinic_id: str, paper_id: str) -> None:
    """Make one paper from the letter's frozen content."""
    papers.make(PRESS, clinic_id, paper_id)


@shared_task(name="programs.letters.sweep")
def sweep() -> None:
    """Ring again for every letter that was left behind."""
    papers.sweep(PRESS, render)

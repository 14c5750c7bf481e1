"""The worker's side of a handout. How any paper is made is told in programs.papers."""

from dataclasses import dataclass
from typing import cast

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from programs import papers
from programs.handouts.document import HandoutDocument, HandoutError, Kind, Paper
from programs.handouts.edition import content_key
from programs.handouts.gather import gather
from programs.handouts.pdf import print_document
from programs.models import Handout


@dataclass(frozen=True)
class Order:
    """One print as wanted now; `is_made` when the file from last time says exactly the same."""

    document: HandoutDocument
    kind: Kind
    paper: Paper
    key: str
    is_made: bool


def _gather(handout: Handout) -> Order:
    document, paper = gather(handout)
    kind = cast("Kind", handout.kind)
    key = content_key(document, kind, paper)
    return Order(document, kind, paper, key, is_made=bool(handout.pdf) and handout.content_key == key)


def _printed(order: Order) -> papers.Result:
    """Nothing new when nothing changed: then the row keeps the file it has."""
    if order.is_made:
        return {}
    made = print_document(order.document, kind=order.kind, paper=order.paper)
    return {"pdf": made.pdf, "pages": made.pages, "content_key": order.key}


PRESS = papers.Press(
    model=Handout,
    actor="system:programs.handouts",
    refusal=HandoutError,
    gather=_gather,
    printed=_printed,
    lease_setting="HANDOUT_LEASE_SECONDS",
    took_too_long=_("The sheet took longer than a minute. Print fewer exercises on it and issue again."),
    no_room=_("The server had no room to make the sheet. It tries again by itself."),
    our_fault=_("The sheet could not be made: a fault of ours. Try again; if it fails again, tell your support."),
)


@shared_task(name="programs.handouts.render", **papers.LIMITS)
def render(clinic_id: str, handout_id: str) -> None:
    """Make one print of an issued version, or see that it is made."""
    papers.make(PRESS, clinic_id, handout_id)


@shared_task(name="programs.handouts.sweep")
def sweep() -> None:
    """Ring again for every handout that was left behind."""
    papers.sweep(PRESS, render)

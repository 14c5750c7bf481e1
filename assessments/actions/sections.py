"""All absent in a section, as one deliberate act that can be taken back.

Absent means examined and not found, so the act claims what CLAIMS says and is offered only where that can be true of a
whole section at once. It fills what is unanswered and never replaces an answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.actions.drafts import locked_draft
from assessments.actions.findings import Outcome, record_findings
from assessments.answers import Given, Place, sides_of
from assessments.errors import Refused
from assessments.models import Answer, Assessment
from assessments.reasoning import FINDINGS, AnswerKind, Finding
from clinic.models import User
from clinic.vocabulary.answers import Answer as Said

CLAIMS = {
    "observation": lazy("I looked and felt for all of these on both sides and found none."),
    "range": lazy("I tested all of these on both sides and nothing was limited or tight."),
    "palpation": lazy("I searched all of these on both sides and found nothing."),
    "hamstring": lazy("I did all of these tests on both sides and none brought on the pain."),
    "neural": lazy("I did all of these tests on both sides and none brought on the symptom."),
    "sacroiliac": lazy("I did all of these tests on both sides and none brought on the pain."),
    "contributors": lazy("I looked for all of these and saw none."),
}
"""Sections examined as a battery, with what pressing the button claims."""

ONE_BY_ONE = {
    "screening": "a question that was not asked must never look like a no: here it would hide an emergency",
    "history": "a story is told, not ticked: questions nobody asked would count as answered against a hypothesis",
    "loading": "each of these comes out of a measured task, or points to a stress fracture; without the task nothing was done",
}
"""Sections where every finding is answered by itself, and why."""

ANSWERED_ALONE = frozenset(
    {"sens_deficit", "myotome_deficit", "foot_drop", "reflex_deficit", "umn_signs", "sacral_tenderness"}
)
"""Inside a section that may be filled, still answered one by one: a loss of nerve function and a sore sacral bone are
looked for because of what they would mean, and a slip would take a red flag away."""


@dataclass(frozen=True)
class Filled:
    """What one act did: `outcome` of every answer in it, and the places it filled, to take it back."""

    section: str
    outcome: Outcome
    places: tuple[Place, ...]


def may_be_absent_together(finding: Finding) -> bool:
    """Whether "all absent in this section" speaks for this finding."""
    return finding.section in CLAIMS and finding.kind is AnswerKind.PRESENCE and finding.key not in ANSWERED_ALONE


def fillable(section: str) -> tuple[Place, ...]:
    """Every place the act may fill in a section, answered or not."""
    return tuple(
        (finding.key, side)
        for finding in FINDINGS.values()
        if finding.section == section and may_be_absent_together(finding)
        for side in sides_of(finding)
    )


@transaction.atomic
def all_absent(*, by: User, assessment: Assessment, section: str, given: Iterable[Given] = ()) -> Filled:
    """Absent for everything in the section that is unanswered. At most seven queries, however many findings.

    `given` is what the sender's page shows of the section: answers still on their way are kept as given, and an answer
    somebody else gave meanwhile is left and told (`outcome.overtaken`). A carried answer waits to be confirmed or
    answered, so it is not filled either. Refused for a section whose findings are answered one by one.
    """
    if section not in CLAIMS:
        raise Refused(_("The findings of this section are answered one by one."))
    draft = locked_draft(assessment)
    shown = {item.place: item for item in given}
    carried, answered = _places(draft)
    empty = [place for place in fillable(section) if place not in carried and not _is_answered(place, shown, answered)]
    fill = [Given(*place, Said.ABSENT.value, seen="") for place in empty]
    changed = [item for item in shown.values() if item.answer.strip()]
    outcome = record_findings(by=by, assessment=assessment, given=[*changed, *fill])
    filled = tuple(item.place for item in fill if item.place in outcome.saved)
    return Filled(section, outcome, filled)


def _places(draft: Assessment) -> tuple[set[Place], set[Place]]:
    """Where an earlier answer waits for confirmation, and where something was answered at this visit. One query."""
    rows = Answer.objects.filter(clinic_id=draft.clinic_id, assessment=draft)
    places: tuple[set[Place], set[Place]] = (set(), set())
    for key, side, carried_from in rows.values_list("key", "side", "carried_from"):
        places[carried_from is None].add((key, side))
    return places


def _is_answered(place: Place, shown: dict[Place, Given], answered: set[Place]) -> bool:
    """As the sender's page shows it; a place the page did not send counts as it is stored."""
    return bool(shown[place].answer.strip()) if place in shown else place in answered


def take_back(*, by: User, assessment: Assessment, places: Iterable[Place]) -> Outcome:
    """Exactly what `all_absent` filled becomes unanswered again; what was answered anew since stays, and is told."""
    given = [Given(*place, "", seen=Said.ABSENT.value) for place in places]
    return record_findings(by=by, assessment=assessment, given=given)

"""The library page: exercises with their source and standing, and everything about one of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from assessments.models import Conclusion
from programs.library.catalogue import CONTRAINDICATIONS, LIBRARY
from programs.library.exercise import Unsuitable
from programs.models import Exercise
from programs.presenters.offers import facts_of
from programs.presenters.words import EQUIPMENT, POSITIONS, SIDE_RULES, STANDINGS
from programs.progression.dose import from_json
from programs.progression.dose_words import Limb, patient_sentence, staff_text


@dataclass(frozen=True)
class Entry:
    """One row of the list."""

    exercise: Exercise
    facts: str
    purpose: str
    dose: str
    standing: str


def entries(found: Iterable[Exercise]) -> list[Entry]:
    return [
        Entry(
            exercise=exercise,
            facts=facts_of(exercise),
            purpose=exercise.whole["purpose"],
            dose=staff_text(from_json(exercise.whole["dose"]), _),
            standing=standing_of(exercise),
        )
        for exercise in found
    ]


def standing_of(exercise: Exercise) -> str:
    """How well the first source is known: the one the entry rests on."""
    return str(STANDINGS[exercise.whole["sources"][0]["standing"]])


@dataclass(frozen=True)
class SourceView:
    citation: str
    standing: str
    address: str
    doi: str


@dataclass(frozen=True)
class Page:
    """Everything the library knows of one exercise."""

    exercise: Exercise
    content: Mapping[str, Any]
    facts: str
    dose: str
    sentence: str
    position: str
    equipment: list[str]
    side: str
    sources: list[SourceView]
    reviewed_on: date
    review_due: date
    not_for: list[tuple[str, str]]


def page_of(exercise: Exercise) -> Page:
    content = exercise.whole
    dose, reviewed = from_json(content["dose"]), content["reviewed"]
    return Page(
        exercise=exercise,
        content=content,
        facts=facts_of(exercise),
        dose=staff_text(dose, _),
        sentence=patient_sentence(dose, _, limb=Limb(content["limb"]), rep_word=content["rep_word"]),
        position=str(POSITIONS.get(content["position"], content["position"])),
        equipment=[str(EQUIPMENT.get(thing, thing)) for thing in content["equipment"]],
        side=str(SIDE_RULES[content["side_rule"]]),
        sources=[
            SourceView(each["citation"], str(STANDINGS[each["standing"]]), each["address"], each["doi"])
            for each in content["sources"]
        ],
        reviewed_on=date.fromisoformat(reviewed["reviewed_on"]),
        review_due=date.fromisoformat(reviewed["review_due"]),
        not_for=_not_for(exercise),
    )


def _not_for(exercise: Exercise) -> list[tuple[str, str]]:
    """Whom it does not suit, and why: its own statements and the rules for what it asks of the body."""
    known = LIBRARY.get(exercise.key) if exercise.clinic_id is None or exercise.adapts_id else None
    if known is None:
        return []
    rules = (rule.unsuitable for rule in CONTRAINDICATIONS if rule.content in known.content)
    return [(_whom(each), each.reason) for each in (*known.unsuitable, *rules)]


def _whom(unsuitable: Unsuitable) -> str:
    whom = ", ".join(str(Conclusion.Diagnosis(diagnosis.value).label) for diagnosis in unsuitable.diagnoses)
    if unsuitable.stages:
        whom += " · " + _("stage %(stages)s") % {"stages": ", ".join(str(stage) for stage in unsuitable.stages)}
    if unsuitable.irritability:
        levels = ", ".join(str(Conclusion.Level(level.value).label).lower() for level in unsuitable.irritability)
        whom += " · " + _("irritability %(levels)s") % {"levels": levels}
    return whom

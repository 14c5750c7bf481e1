"""The library page: exercises with their source and standing, and everything about one of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from assessments.models import Conclusion
from programs.library.catalogue import CONTRAINDICATIONS, LIBRARY
from programs.library.exercise import Unsuitable
from programs.library.proposal import why_unsuitable
from programs.mapping import Suitability
from programs.models import Exercise
from programs.presenters.offers import facts_of
from programs.presenters.words import (
    BENDS,
    EQUIPMENT,
    LENGTHS,
    LOAD_TYPES,
    NEURAL,
    POSITIONS,
    SIDE_RULES,
    SIJ_LOADS,
    STANDINGS,
)
from programs.progression.dose import from_json
from programs.progression.dose_words import Limb, patient_sentence, staff_text
from programs.searching import words_in


@dataclass(frozen=True)
class Entry:
    """One row of the list. `warning` is why it does not suit the runner it is looked up for."""

    exercise: Exercise
    facts: str
    purpose: str
    dose: str
    standing: str
    warning: str

    @property
    def has_news(self) -> bool:
        return ours_changed(self.exercise)


def entries(found: Iterable[Exercise], suitability: Suitability | None = None) -> list[Entry]:
    return [
        Entry(
            exercise=exercise,
            facts=facts_of(exercise),
            purpose=exercise.whole["purpose"],
            dose=staff_text(from_json(exercise.whole["dose"]), _),
            standing=standing_of(exercise),
            warning=suitability.reasons(exercise) if suitability else "",
        )
        for exercise in found
    ]


def standing_of(exercise: Exercise) -> str:
    """How well the first source is known: the one the entry rests on. A clinic's own exercise stands on its word."""
    sources = exercise.whole["sources"]
    return str(STANDINGS[sources[0]["standing"]]) if sources else ""


def ours_changed(exercise: Exercise) -> bool:
    """Whether ours reads otherwise today than when the clinic adapted it."""
    return bool(exercise.adapts and exercise.adapted_hash != exercise.adapts.content_hash)


def unsuitable_keys(suitability: Suitability) -> set[str]:
    """Keys of our library that the guard holds back for this runner."""
    known = suitability
    return {
        key
        for key, exercise in LIBRARY.items()
        if why_unsuitable(exercise, known.diagnosis, known.stage, known.irritability, known.findings)
    }


def is_close(rows: Iterable[Exercise], text: str) -> bool:
    """Whether what was found only resembles what was typed."""
    words = words_in(text)
    return any(word not in row.search_text for row in list(rows)[:1] for word in words)


@dataclass(frozen=True)
class SourceView:
    citation: str
    standing: str
    address: str
    doi: str


@dataclass(frozen=True)
class Page:
    """Everything the library knows of one exercise. `glance` are its facts in words, in the order they are asked for."""

    exercise: Exercise
    content: Mapping[str, Any]
    facts: str
    dose: str
    sentence: str
    glance: list[tuple[str, str]]
    sources: list[SourceView]
    reviewed_on: date
    review_due: date
    not_for: list[tuple[str, str]]
    has_news: bool

    @property
    def video_host(self) -> str:
        """Where the link to the video leads."""
        return urlsplit(self.exercise.video_url).hostname or ""

    @property
    def is_adapted(self) -> bool:
        return self.exercise.adapts_id is not None

    @property
    def is_clinics(self) -> bool:
        return self.exercise.clinic_id is not None


def page_of(exercise: Exercise) -> Page:
    content = exercise.whole
    dose, reviewed = from_json(content["dose"]), content["reviewed"]
    return Page(
        exercise=exercise,
        content=content,
        facts=facts_of(exercise),
        dose=staff_text(dose, _),
        sentence=patient_sentence(dose, _, limb=Limb(content["limb"]), rep_word=content["rep_word"]),
        glance=_glance(content),
        sources=[
            SourceView(each["citation"], str(STANDINGS[each["standing"]]), each["address"], each["doi"])
            for each in content["sources"]
        ],
        reviewed_on=date.fromisoformat(reviewed["reviewed_on"]),
        review_due=date.fromisoformat(reviewed["review_due"]),
        not_for=_not_for(exercise),
        has_news=ours_changed(exercise),
    )


def _glance(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the entry says of itself; what it does not say is left out."""
    said = [
        (_("Side"), SIDE_RULES.get(content["side_rule"])),
        (_("Position"), POSITIONS.get(content["position"])),
        (_("Equipment"), ", ".join(str(EQUIPMENT.get(each, each)) for each in content["equipment"]) or _("none")),
        (_("Load"), LOAD_TYPES.get(content["load_type"])),
        (_("Hip, where the hamstring is longest"), BENDS.get(content.get("hip_bend", ""))),
        (_("Knee, at that moment"), BENDS.get(content.get("knee_bend", ""))),
        (_("Length of the hamstring"), LENGTHS.get(content.get("length", ""))),
        (_("Sciatic nerve"), NEURAL.get(content.get("neural", ""))),
        (_("Sacroiliac joints"), SIJ_LOADS.get(content.get("sij_load", ""))),
    ]
    return [(question, str(answer)) for question, answer in said if answer]


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

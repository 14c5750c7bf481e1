"""Findings and their answers as they are named inside a sentence or a list."""

from collections.abc import Iterable

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.answers import CHOICE_WORDS, sides_of
from assessments.mapping import Answers, Reading
from assessments.reasoning import FINDINGS, AnswerKind, Finding, PainfulView
from clinic.vocabulary.answers import Answer
from clinic.vocabulary.sides import Side

AGE = "age_years"
VALUES = {"present": lazy("present"), "absent": lazy("absent"), "not_assessed": lazy("not assessed")}
SIDES = {"left": lazy("left"), "right": lazy("right")}


def label_of(key: str) -> str:
    """The finding's own label; one that continues the row above ("... and looking up eases it") gets its beginning."""
    finding = FINDINGS.get(key)
    if finding is None:
        return key
    if finding.label.startswith("...") and finding.needs:
        return f"{FINDINGS[finding.needs].label} … {finding.label.removeprefix('...').strip()}"
    return finding.label


def said_of(key: str, view: PainfulView) -> str:
    """The finding as it counts, with its value and side: "Sitting bone tender: present, right"."""
    finding = FINDINGS[key]
    if finding.kind is not AnswerKind.PRESENCE:
        value = view.choice(key)
        return with_value(key, value_words(finding, value)) if value else label_of(key)
    answer = view.answer(key)
    if not answer.is_known:
        return label_of(key)
    sides = _sides_of(finding, answer, view)
    if finding.sided and not sides:
        return with_value(key, _("does not count, since the test itself brought on nothing"))
    return with_value(key, ", ".join(filter(None, [str(VALUES[answer.value]), sides_words(sides)])))


def _sides_of(finding: Finding, answer: Answer, view: PainfulView) -> list[Side]:
    """The sides an answer rests on. None when a change was recorded of a symptom that was never there."""
    recorded = view.findings.recorded(finding.key)
    return [
        side for side in Side if recorded.get(side) is answer and (finding.on_sound_side or side in view.painful.sides)
    ]


def sides_words(sides: Iterable[Side]) -> str:
    return _(" and ").join(str(SIDES[side.value]) for side in sides)


def with_value(key: str, words: str) -> str:
    """ "Sitting bone tender: absent"; a label that asks gets its answer: "How did the pain begin? Gradually"."""
    label = label_of(key)
    return f"{label} {capfirst(words)}" if label.endswith("?") else f"{label}: {words}"


def labels_of(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(label_of(key) for key in keys)


def value_words(finding: Finding, stored: str) -> str:
    """ "present", "retreats to the spine", "66°", "12 reps"."""
    if stored in VALUES:
        return str(VALUES[stored])
    if finding.choices:
        return str(CHOICE_WORDS.get(stored, stored)).lower()
    unit = finding.unit if finding.unit in ("", "°", "%") else f" {finding.unit}"
    return f"{stored}{unit}"


def answered(key: str, answers: Answers) -> list[str]:
    """What is known of one finding, side by side: ["present, right", "absent, left"]."""
    finding = FINDINGS[key]
    words = []
    for side in sides_of(finding):
        row = answers.get((key, side))
        if row is not None and row.value != Answer.NOT_ASSESSED.value:
            value = value_words(finding, row.value)
            words.append(f"{value}, {SIDES[side]}" if side else value)
    return words


def evidence_line(key: str, reading: Reading) -> str:
    """ "Hop on the painful leg: present, right"; for the age what the record says."""
    if key == AGE:
        return _("Age: %(age)s") % {"age": reading.case.age}
    return with_value(key, "; ".join(answered(key, reading.answers)) or str(VALUES["not_assessed"]))

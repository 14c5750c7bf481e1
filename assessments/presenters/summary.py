"""A draft of the clinician's own words, made only from what is recorded: both sides, and what was not assessed is said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils import formats
from django.utils.translation import gettext as _

from assessments.answers import sides_of
from assessments.mapping import Reading
from assessments.models import Assessment
from assessments.presenters.intake import asked
from assessments.reasoning import FINDINGS, SECTIONS, AnswerKind
from assessments.wording.labels import SIDES, label_of, value_words, with_value
from clinic.vocabulary.answers import Answer

SCREENING = "screening"
LONGEST = 4000
"""Characters the conclusion keeps; what was not assessed is counted instead of named when the text would be longer."""

Said = dict[str, str]
"""Side ("" without sides) and the stored answer, "" when nothing was recorded."""


@dataclass(frozen=True)
class Told:
    """One section in sentences, and the labels of what was not assessed in it."""

    title: str
    sentences: tuple[str, ...]
    not_assessed: tuple[str, ...]


def confirmed(reading: Reading) -> Reading:
    """Without answers an earlier visit gave and nobody confirmed: they say nothing about today."""
    return replace(reading, answers={at: row for at, row in reading.answers.items() if row.carried_from_id is None})


def summary_of(assessment: Assessment, reading: Reading) -> str:
    """The text a clinician may start from. Nothing in it that is not recorded; at most LONGEST characters."""
    reading = confirmed(reading)
    told = [_section(section.key, section.title, reading) for section in SECTIONS if section.key != SCREENING]
    head = [
        _("Visit %(number)s, %(day)s. Painful side: %(side)s.")
        % {
            "number": assessment.visit,
            "day": formats.date_format(assessment.examined_on, "j F Y"),
            "side": assessment.episode.get_painful_side_display().lower(),
        },
        _screening(reading),
    ]
    body = [f"{part.title}: {' '.join(part.sentences)}" for part in told if part.sentences]
    text = "\n".join([*head, *body, *_not_assessed(told, named=True)])
    if len(text) > LONGEST:
        text = "\n".join([*head, *body, *_not_assessed(told, named=False)])
    return text[:LONGEST]


def _screening(reading: Reading) -> str:
    said = [
        _("Red flag: %(title)s, %(decided)s.") % {"title": flag.raised.flag.title, "decided": _decided(flag.decision)}
        for flag in reading.flags
    ]
    unasked = reading.reasoning.unanswered_screening
    if unasked:
        said.append(_("Not asked: %(labels)s.") % {"labels": "; ".join(label_of(key) for key in unasked)})
    elif not said:
        said.append(_("every question asked, no red flag raised."))
    return _("Screening: %(said)s") % {"said": " ".join(said)}


def _decided(decision: object) -> str:
    if decision is None:
        return _("open")
    kind, reason = decision.get_kind_display().lower(), decision.reason.rstrip(".")  # type: ignore[attr-defined]
    return f"{kind} ({reason})"


def _section(key: str, title: str, reading: Reading) -> Told:
    measured, present, absent, missing = [], [], [], []
    for finding in asked(key):
        said = {side: _stored(finding.key, side, reading) for side in sides_of(finding)}
        if not any(said.values()):
            missing.append(label_of(finding.key))
        elif finding.kind is not AnswerKind.PRESENCE:
            measured.append(with_value(finding.key, _values(finding.key, said)) + ".")
        elif Answer.PRESENT.value in said.values():
            present.append(label_of(finding.key) + _where(said, Answer.PRESENT))
        else:
            absent.append(label_of(finding.key) + _where(said, Answer.ABSENT))
    lists = [(_("Present: %(labels)s."), present), (_("Absent: %(labels)s."), absent)]
    sentences = [*measured, *(words % {"labels": "; ".join(labels)} for words, labels in lists if labels)]
    return Told(title, tuple(sentences), tuple(missing))


def _stored(key: str, side: str, reading: Reading) -> str:
    row = reading.answers.get((key, side))
    return "" if row is None or row.value == Answer.NOT_ASSESSED.value else row.value


def _values(key: str, said: Said) -> str:
    """ "66°", or "left 74°, right not assessed"."""
    parts = {side: value_words(FINDINGS[key], value or Answer.NOT_ASSESSED.value) for side, value in said.items()}
    return ", ".join(f"{SIDES[side]} {words}" if side else words for side, words in parts.items())


def _where(said: Said, answer: Answer) -> str:
    """ "", ", both sides" or ", right (left absent)"; the other side is always said."""
    if "" in said:
        return ""
    same = [side for side, value in said.items() if value == answer.value]
    if len(same) == len(said):
        return _(", both sides")
    other = next(side for side in said if side not in same)
    words = {"side": SIDES[same[0]], "other": SIDES[other]}
    if said[other] == Answer.ABSENT.value:
        return _(", %(side)s (%(other)s absent)") % words
    return _(", %(side)s (%(other)s not assessed)") % words


def _not_assessed(told: Iterable[Told], *, named: bool) -> list[str]:
    parts = []
    for part in told:
        if part.not_assessed and not part.sentences:
            parts.append(_("%(title)s (nothing of it)") % {"title": part.title})
        elif part.not_assessed:
            what = ", ".join(part.not_assessed) if named else str(len(part.not_assessed))
            parts.append(f"{part.title} ({what})")
    return [_("Not assessed: %(parts)s.") % {"parts": "; ".join(parts)}] if parts else []

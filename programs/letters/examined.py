"""What was asked, told and examined, in the words of a letter: every line here is one stored answer, or says that none is.

Nothing is concluded here and nothing is smoothed: a finding without a stored answer is left out, or named as not assessed.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.answers import FROM_THE_RECORD, sides_of
from assessments.reasoning import FINDINGS, MANDATORY, SECTIONS, AnswerKind, Finding
from assessments.wording.labels import SIDES, label_of, value_words, with_value
from clinic.vocabulary.answers import Answer
from clinic.vocabulary.sides import PainfulSide
from programs.letters.basis import Basis
from programs.letters.document import Block, Findings, Row, Sentence

SCREENING, HISTORY = "screening", "history"
NOT_ASSESSED: Final = lazy("not assessed")
NOT_ASKED: Final = lazy("not asked")
NAMES: Final = ("Babinski", "Gaenslen", "Puranen")
COLUMNS: Final = {"left": lazy("Left"), "right": lazy("Right")}


def stored(basis: Basis, key: str, side: str) -> str:
    """The answer as stored; empty when nobody examined it."""
    value = basis.answers.get((key, side), "")
    return "" if value == Answer.NOT_ASSESSED.value else value


def _of(section: str) -> list[Finding]:
    return [item for item in FINDINGS.values() if item.section == section and item.key not in FROM_THE_RECORD]


def is_assessed(basis: Basis, finding: Finding) -> bool:
    return any(stored(basis, finding.key, side) for side in sides_of(finding))


def _inline(label: str) -> str:
    """A label as it stands inside a list: no question mark, no capital unless it is a name or a short form."""
    plain = label.removesuffix("?")
    is_short_form = plain[1:2].isupper() or plain[1:2].isdigit()
    return plain if is_short_form or plain.startswith(NAMES) else plain[:1].lower() + plain[1:]


def _named(basis: Basis, findings: Iterable[Finding], value: Answer) -> list[str]:
    """Findings answered present (or absent), with the side where it has one; absent on both sides needs none."""
    names = []
    for finding in findings:
        if finding.kind is not AnswerKind.PRESENCE:
            continue
        sides = [side for side in sides_of(finding) if stored(basis, finding.key, side) == value.value]
        both_absent = value is Answer.ABSENT and len(sides) == len(sides_of(finding))
        words = "" if both_absent else _(" and ").join(str(SIDES[side]) for side in sides if side)
        if sides:
            names.append(f"{_inline(label_of(finding.key))} ({words})" if words else _inline(label_of(finding.key)))
    return names


def _said(lead: str, names: Sequence[str]) -> Iterator[Sentence]:
    if names:
        yield Sentence("; ".join(names) + ".", lead=lead)


def _valued(basis: Basis, findings: Iterable[Finding]) -> Iterator[str]:
    """Numbers and choices with their answer: "Worst pain in the last 24 hours: 6"."""
    for finding in findings:
        if finding.kind is AnswerKind.PRESENCE:
            continue
        for side in sides_of(finding):
            value = stored(basis, finding.key, side)
            if value:
                words = value_words(finding, value)
                yield with_value(finding.key, f"{words}, {SIDES[side]}" if side else words).replace("? ", ": ")


def screening(basis: Basis) -> list[Block]:
    """What was asked of everyone and what was answered; then what was raised, why, and who did what about it."""
    findings = _of(SCREENING)
    asked: list[Block] = []
    flags = basis.panel.get("flags", ())
    missing = [FINDINGS[key] for key in MANDATORY if not is_assessed(basis, FINDINGS[key])]
    if basis.panel and not flags and not missing:
        asked.append(Sentence(_("Everything asked of everyone was answered; no red flag was raised.")))
    asked += [_flag(flag) for flag in flags]
    asked += _said(_("Answered yes:"), _named(basis, findings, Answer.PRESENT))
    asked += _said(_("Answered no:"), _named(basis, findings, Answer.ABSENT))
    asked += _said(_("Recorded:"), list(_valued(basis, findings)))
    asked += _said(
        _("Not asked:"), [_inline(label_of(item.key)) for item in missing if item.key not in FROM_THE_RECORD]
    )
    if basis.conclusion and basis.conclusion.unscreened_reason:
        asked.append(Sentence(basis.conclusion.unscreened_reason, lead=_("Why not everything was asked:"), quoted=True))
    return asked


def _flag(flag: dict) -> Sentence:  # type: ignore[type-arg]
    """One raised flag: its tier, the findings behind it, what to do, and what a named clinician decided."""
    parts = [
        flag.get("tier_words", ""),
        "; ".join(flag.get("why", ())),
        flag.get("action", ""),
        flag.get("decided", ""),
    ]
    return Sentence(
        " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part),
        lead=f"{flag.get('title', '')}:",
    )


def history(basis: Basis) -> list[Block]:
    """How it began and what the runner told, in short."""
    told: list[Block] = []
    began = [_("Began on %(day)s") % {"day": date_format(basis.began_on, "j F Y")}] if basis.began_on else []
    facts = [*began, *basis.running]
    if facts:
        told.append(Sentence("; ".join(facts) + "."))
    if basis.own_words:
        told.append(Sentence(basis.own_words, lead=_("In the runner’s words:"), quoted=True))
    findings = _of(HISTORY)
    told += _said(_("Recorded:"), list(_valued(basis, findings)))
    told += _said(_("Present:"), _named(basis, findings, Answer.PRESENT))
    told += _said(_("Absent:"), _named(basis, findings, Answer.ABSENT))
    return told


def findings(basis: Basis) -> list[Block]:
    """One table for each section with anything recorded in it, both sides beside each other."""
    painful = PainfulSide(basis.painful_side).sides
    heads = {
        side: _("%(side)s (painful)") % {"side": COLUMNS[side]} if side in painful else str(COLUMNS[side])
        for side in ("left", "right")
    }
    tables: list[Block] = []
    for section in SECTIONS:
        if section.key in (SCREENING, HISTORY):
            continue
        rows = tuple(_row(basis, item) for item in _of(section.key) if is_assessed(basis, item))
        if rows:
            tables.append(Findings(section.title, heads["left"], heads["right"], rows))
    return tables


def _row(basis: Basis, finding: Finding) -> Row:
    said = {
        side: value_words(finding, value) if (value := stored(basis, finding.key, side)) else str(NOT_ASSESSED)
        for side in sides_of(finding)
    }
    label = label_of(finding.key)
    return Row(finding.key, label, said.get("left", ""), said.get("right", ""), said.get("", ""))

"""What was typed or chosen, turned into the one form that is stored, or refused in words that say what would be right."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.errors import AnswerRefused
from assessments.reasoning import FINDINGS, Finding
from clinic.vocabulary.answers import Answer
from clinic.vocabulary.sides import Side

FROM_THE_RECORD = frozenset({"age_years"})
"""Findings nobody answers in the intake, because the patient's record knows them."""

LONGEST_NUMBER = 8

CHOICE_WORDS = {
    "sudden": lazy("Suddenly"),
    "gradual": lazy("Gradually"),
    "forefoot": lazy("Forefoot"),
    "midfoot": lazy("Midfoot"),
    "rearfoot": lazy("Rearfoot"),
    "anterior": lazy("Tipped forward"),
    "neutral": lazy("Neutral"),
    "tucked": lazy("Tucked"),
    "centralises": lazy("Retreats to the spine"),
    "peripheralises": lazy("Travels down the leg"),
    "no_change": lazy("No change"),
}


def sides_of(finding: Finding) -> tuple[str, ...]:
    """Left then right, or one empty side."""
    return (Side.LEFT.value, Side.RIGHT.value) if finding.sided else ("",)


def finding_of(key: str, side: str) -> Finding:
    """The finding that may be answered on this side; AnswerRefused for anything the intake does not ask."""
    finding = FINDINGS.get(key)
    if finding is None or key in FROM_THE_RECORD:
        raise AnswerRefused(_("This finding is not part of the intake. Reload the page."))
    if side not in sides_of(finding):
        words = _("%(label)s: say left or right.") if finding.sided else _("%(label)s has no side.")
        raise AnswerRefused(words % {"label": finding.label})
    return finding


def clean(finding: Finding, raw: str) -> str:
    """The value as stored: present, absent, not_assessed, a choice, or a plain number. "" clears the answer."""
    text = raw.strip()
    if text in ("", Answer.NOT_ASSESSED.value):
        return text
    if finding.kind.is_measured:
        return _number(finding, text)
    allowed = finding.choices or (Answer.PRESENT.value, Answer.ABSENT.value)
    if text not in allowed:
        raise AnswerRefused(_("%(label)s: choose one of the answers shown.") % {"label": finding.label})
    return text


def _number(finding: Finding, text: str) -> str:
    try:
        number = Decimal(text.replace(",", ".").removesuffix(finding.unit).strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not finding.lowest <= number <= finding.highest:  # type: ignore[operator]
        raise AnswerRefused(_limits(finding, text))
    if finding.kind.is_whole and number != number.to_integral_value():
        raise AnswerRefused(_limits(finding, text))
    plain = f"{number.normalize() + 0:f}"
    if len(plain) > LONGEST_NUMBER:
        raise AnswerRefused(_limits(finding, text))
    return plain


def _limits(finding: Finding, text: str) -> str:
    words = (
        _("Enter a whole number from %(low)s to %(high)s%(unit)s; “%(typed)s” was not saved.")
        if finding.kind.is_whole
        else _("Enter a number from %(low)s to %(high)s%(unit)s; “%(typed)s” was not saved.")
    )
    unit = finding.unit
    return words % {
        "low": f"{finding.lowest:g}",
        "high": f"{finding.highest:g}",
        "unit": unit if unit in ("", "°", "%") else f" {unit}",
        "typed": text[:20],
    }


def as_value(finding: Finding, stored: str) -> str | int | float:
    """A stored text as the reasoning takes it: numbers become numbers."""
    if not finding.kind.is_measured or stored == Answer.NOT_ASSESSED.value:
        return stored
    number = float(stored)
    return int(number) if number.is_integer() else number


Place = tuple[str, str]
"""Finding and side."""


@dataclass(frozen=True)
class Given:
    """One answer as it was sent. `seen` is what the sender's screen showed before; None when it is not known."""

    key: str
    side: str
    answer: str
    seen: str | None = None

    @property
    def place(self) -> Place:
        return self.key, self.side


def value_said(stored: str) -> str:
    """An answer without its finding, in words."""
    words = {"present": _("Present"), "absent": _("Absent"), "not_assessed": _("Not assessed"), "": _("no answer")}
    return str(words.get(stored) or CHOICE_WORDS.get(stored, stored))

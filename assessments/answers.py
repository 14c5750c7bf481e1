"""What was typed or chosen, turned into the one form that is stored, or refused in words that say what would be right."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.errors import AnswerAsked, AnswerRefused
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


def clean(finding: Finding, raw: str, *, sure: bool = False) -> str:
    """The value as stored: present, absent, not_assessed, a choice, or a plain number. "" clears the answer.

    A number outside what is usual raises AnswerAsked unless whoever typed it is `sure`; outside the limits it is refused.
    """
    text = raw.strip()
    if text in ("", Answer.NOT_ASSESSED.value):
        return text
    if finding.kind.is_measured:
        plain = _number(finding, text)
        if not sure:
            _ask_about(finding, plain)
        return plain
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


def _ask_about(finding: Finding, plain: str) -> None:
    """AnswerAsked for a number that is rarely right. A finding without a usual range asks about nothing."""
    if finding.usual is None:
        return
    low, high = finding.usual
    if low <= float(plain) <= high:
        return
    value = with_unit(finding, plain)
    words = _("%(value)s is unusual here (usual: %(low)s to %(high)s). Not saved yet: is it right?")
    raise AnswerAsked(
        words % {"value": value, "low": f"{low:g}", "high": with_unit(finding, f"{high:g}")},
        keep=_("Yes, keep %(value)s") % {"value": value},
    )


def with_unit(finding: Finding, number: str) -> str:
    """ "170°", "90%", "12 reps"."""
    unit = finding.unit
    return f"{number}{unit}" if unit in ("", "°", "%") else f"{number} {unit}"


def _limits(finding: Finding, text: str) -> str:
    words = (
        _("Enter a whole number from %(low)s to %(high)s; “%(typed)s” was not saved.")
        if finding.kind.is_whole
        else _("Enter a number from %(low)s to %(high)s; “%(typed)s” was not saved.")
    )
    return words % {
        "low": f"{finding.lowest:g}",
        "high": with_unit(finding, f"{finding.highest:g}"),
        "typed": text[:20],
    }


Place = tuple[str, str]
"""Finding and side."""


@dataclass(frozen=True)
class Given:
    """One answer as it was sent. `seen` is what the sender's screen showed before; None when it is not known.

    `sure`: the sender was asked about this very value and keeps it.
    """

    key: str
    side: str
    answer: str
    seen: str | None = None
    sure: bool = False

    @property
    def place(self) -> Place:
        return self.key, self.side


def value_said(stored: str) -> str:
    """An answer without its finding, in words."""
    words = {"present": _("Present"), "absent": _("Absent"), "not_assessed": _("Not assessed"), "": _("no answer")}
    return str(words.get(stored) or CHOICE_WORDS.get(stored, stored))

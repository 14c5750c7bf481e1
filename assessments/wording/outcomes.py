"""What the runner says about the course, and how a change reads against published thresholds. Never a percentage."""

from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from assessments.reasoning.outcomes import GROC, NPRS, OutcomeChange, OutcomeMeasure, Threshold, Verdict
from assessments.wording.evidence import Cited, cited

MINUS = "−"
RATINGS = {
    7: lazy("Vastly better"),
    6: lazy("Very much better"),
    5: lazy("Much better"),
    4: lazy("Clearly better"),
    3: lazy("Somewhat better"),
    2: lazy("A little better"),
    1: lazy("Hardly better, nearly the same"),
    0: lazy("The same"),
    -1: lazy("Hardly worse, nearly the same"),
    -2: lazy("A little worse"),
    -3: lazy("Somewhat worse"),
    -4: lazy("Clearly worse"),
    -5: lazy("Much worse"),
    -6: lazy("Very much worse"),
    -7: lazy("Vastly worse"),
}
"""Own words for the fifteen steps of the rating of change."""

TONES = {Verdict.BETTER: "for", Verdict.WORSE: "against", Verdict.LESS: "quiet", Verdict.CANNOT_TELL: "quiet"}


@dataclass(frozen=True)
class ThresholdView:
    """One published figure with its study."""

    words: str
    source: Cited


@dataclass(frozen=True)
class MeasureView:
    """What stands behind a measure: how it is asked, the threshold it is judged by, other figures, when it was read."""

    title: str
    how: str
    threshold: ThresholdView
    also: tuple[ThresholdView, ...]
    reviewed_on: date


def measure_view(measure: OutcomeMeasure) -> MeasureView:
    return MeasureView(
        measure.title,
        measure.how,
        _threshold_view(measure.threshold),
        tuple(_threshold_view(item) for item in measure.also),
        measure.reviewed.reviewed_on,
    )


def _threshold_view(threshold: Threshold) -> ThresholdView:
    return ThresholdView(threshold.says, cited(threshold.source))


def signed_number(value: float) -> str:
    """ "+3", "−2", "0"."""
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}{points(abs(value))}"


def points(value: float) -> str:
    """ "4", "4.3": a whole number, or one decimal in the way the language writes it."""
    return f"{value:g}" if float(value).is_integer() else formats.number_format(round(value, 1), 1)


def rating_words(value: int) -> str:
    """ "+3, somewhat better"."""
    return f"{signed_number(value)}, {str(RATINGS[value]).lower()}"


def day_words(day: date, today: date) -> str:
    """ "12 Nov", with the year when it is another one."""
    return formats.date_format(day, "j M" if day.year == today.year else "j M Y")


def change_words(change: OutcomeChange) -> str:
    """ "Better by 3", "Worse by 1.5", "No change"; "" while one of the two is missing. The rating says itself."""
    if change.gain is None:
        return ""
    if change.measure.key == GROC:
        return rating_words(int(change.gain))
    if change.gain == 0:
        return _("No change")
    words = _("Better by %(points)s") if change.gain > 0 else _("Worse by %(points)s")
    return words % {"points": points(abs(change.gain))}


def verdict_words(change: OutcomeChange) -> str:
    """How the change compares with the published threshold: at least it, less than it, or nobody can tell."""
    threshold = points(change.measure.threshold.amount)
    unit = _("steps") if change.measure.key == GROC else _("points")
    if change.verdict is Verdict.CANNOT_TELL:
        return (
            _("cannot tell whether it changed") if change.gain is None else _("cannot tell: one activity is no average")
        )
    if change.verdict is Verdict.LESS:
        return _("less than the published %(amount)s %(unit)s") % {"amount": threshold, "unit": unit}
    return _("at least the published %(amount)s %(unit)s") % {"amount": threshold, "unit": unit}


def judged(change: OutcomeChange) -> str:
    """ "Better by 3: at least the published 2 points"."""
    words = change_words(change)
    return f"{words}: {verdict_words(change)}" if words else verdict_words(change)


def out_of_ten(change: OutcomeChange) -> str:
    """ "6 of 10", for the measures that run from 0 to 10."""
    return _("of 10") if change.measure.key in (NPRS, "psfs") else ""


def days_words(days: int) -> str:
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def estimate_words(days: int, said_on: date, today: date) -> str:
    """What the runner expected and what has come of the day: it lies ahead, it is today, it has passed."""
    expected = date.fromordinal(said_on.toordinal() + days)
    left = (expected - today).days
    words = {"days": days_words(days), "said": day_words(said_on, today), "day": day_words(expected, today)}
    if left > 0:
        words["left"] = days_words(left)
        return _("On %(said)s the runner expected %(days)s, until %(day)s: %(left)s from now.") % words
    if left == 0:
        return _("On %(said)s the runner expected %(days)s, until today.") % words
    words["left"] = days_words(-left)
    return _("On %(said)s the runner expected %(days)s, until %(day)s: %(left)s ago.") % words

"""Outcome measures: what a change means against published thresholds, in words and never as a percentage.

A threshold says from where on people called a change one that matters. It is no test of a treatment, and a change below it
is not "no change". What was not asked at both visits cannot be told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from clinic.vocabulary.provenance import Reviewed, Source

from .entries import CURRENT_FILES, Entry, KnowledgeFiles

NPRS, PSFS, GROC = "nprs", "psfs", "groc"
MEASURES = (NPRS, PSFS, GROC)
FEWEST_ACTIVITIES = 2
"""The published thresholds of the activities are for an average; one activity alone is shown and not judged."""


class Verdict(StrEnum):
    """How a change compares with the published threshold."""

    BETTER = "better"
    WORSE = "worse"
    LESS = "less"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which change on, in points of the measure, one text calls it a change that matters."""

    amount: float
    says: str
    source: Source


@dataclass(frozen=True, slots=True)
class OutcomeMeasure:
    """One measure. `rises` is true where more is better. Judged by `threshold`; `also` are other published figures."""

    key: str
    title: str
    how: str
    rises: bool
    lowest: int
    highest: int
    threshold: Threshold
    also: tuple[Threshold, ...]
    source: Source
    reviewed: Reviewed


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """Then against now. `gain` is positive where it became better, None while one of the two is missing."""

    measure: OutcomeMeasure
    then: float | None
    now: float | None
    gain: float | None
    verdict: Verdict
    count: int = 1
    """How many activities the average stands on."""


def _threshold(files: KnowledgeFiles, entry: Entry, key: str = "amount") -> Threshold:
    return Threshold(entry.number(key), entry.text("says"), files.source(entry))


def _measure(files: KnowledgeFiles, entry: Entry) -> OutcomeMeasure:
    also = []
    for item in entry.tables("also"):
        also.append(_threshold(files, item))
        item.finish()
    measure = OutcomeMeasure(
        key=entry.name,
        title=entry.text("title"),
        how=entry.text("how"),
        rises=entry.choice("better", ("higher", "lower")) == "higher",
        lowest=entry.whole("lowest"),
        highest=entry.whole("highest"),
        threshold=_threshold(files, entry, "threshold"),
        also=tuple(also),
        source=files.source(entry),
        reviewed=files.reviewed(entry),
    )
    entry.finish()
    if measure.threshold.amount <= 0:
        raise entry.fail("threshold", "must be above zero")
    return measure


def load_outcomes(files: KnowledgeFiles) -> Mapping[str, OutcomeMeasure]:
    """Every outcome measure by key."""
    found = {entry.name: _measure(files, entry) for entry in files.entries("outcomes.toml", "measures")}
    if set(found) != set(MEASURES):
        raise files.entry("outcomes.toml", "measures").fail("measures", f"must be {', '.join(MEASURES)}")
    return MappingProxyType(found)


def load_days_to_settle(files: KnowledgeFiles) -> int:
    """After how many days without a change that matters the course is called not settling."""
    entry = files.entry("outcomes.toml", "six_weeks")
    files.source(entry)
    days = entry.whole("days")
    entry.finish()
    return days


OUTCOMES = load_outcomes(CURRENT_FILES)
DAYS_TO_SETTLE = load_days_to_settle(CURRENT_FILES)


def verdict_of(measure: OutcomeMeasure, gain: float | None) -> Verdict:
    """A gain of exactly the threshold counts as reaching it."""
    if gain is None:
        return Verdict.CANNOT_TELL
    if abs(gain) < measure.threshold.amount:
        return Verdict.LESS
    return Verdict.BETTER if gain > 0 else Verdict.WORSE


def change_of(measure: OutcomeMeasure, then: float | None, now: float | None) -> OutcomeChange:
    """One number at two visits."""
    gain = None if then is None or now is None else (now - then if measure.rises else then - now)
    return OutcomeChange(measure, then, now, gain, verdict_of(measure, gain))


def activities_change(then: Mapping[str, int], now: Mapping[str, int]) -> OutcomeChange:
    """The activities scored at both visits, averaged. One alone is shown without a verdict; none in common tells nothing."""
    measure = OUTCOMES[PSFS]
    both = sorted(set(then) & set(now))
    if not both:
        return OutcomeChange(measure, average(then), average(now), None, Verdict.CANNOT_TELL, 0)
    before, after = average({key: then[key] for key in both}), average({key: now[key] for key in both})
    gain = sum(now[key] - then[key] for key in both) / len(both)
    verdict = verdict_of(measure, gain) if len(both) >= FEWEST_ACTIVITIES else Verdict.CANNOT_TELL
    return OutcomeChange(measure, before, after, gain, verdict, len(both))


def rated_change(value: int | None) -> OutcomeChange:
    """The rating of change is a change already: it is judged as it stands."""
    measure = OUTCOMES[GROC]
    return OutcomeChange(measure, None, value, value, verdict_of(measure, value))


def average(scores: Mapping[str, int]) -> float | None:
    """The mean of the scores, None without any."""
    return sum(scores.values()) / len(scores) if scores else None

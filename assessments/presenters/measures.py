"""The measures at the end of the intake: activities in the runner's words with their scores, and the change as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.course import OWN_ESTIMATE, Course
from assessments.models import Activity
from assessments.presenters.intake import RailEntry
from assessments.presenters.outcomes import activity_change, prediction
from assessments.reasoning import FINDINGS
from assessments.reasoning.doubts import PAIN_SCALES
from assessments.reasoning.outcomes import GROC, OUTCOMES, PSFS, Verdict, change_of, rated_change
from assessments.said import NUMBERS, RATING, SCORE, WORDS
from assessments.wording.labels import label_of
from assessments.wording.outcomes import (
    RATINGS,
    TONES,
    MeasureView,
    change_words,
    day_words,
    judged,
    measure_view,
    points,
    signed_number,
)

LAST_SECTION = "contributors"
"""The measures come after the last section of findings."""


@dataclass(frozen=True)
class Step:
    """One radio button of a scale. `words` say what a step of the rating means."""

    value: str
    label: str
    id: str
    checked: bool
    words: str = ""


@dataclass(frozen=True)
class Scale:
    """One scale. `seen` is what is stored now, `change` how it compares with the first visit that was asked."""

    place: str
    legend: str
    seen: str
    steps: tuple[Step, ...]
    then: str
    change: str
    tone: str
    error: str


@dataclass(frozen=True)
class ActivityView:
    """One of the three lines. `is_kept`: scored at a signed visit, so its words stay."""

    number: int
    place: str
    words: str
    is_kept: bool
    error: str
    scale: Scale


@dataclass(frozen=True)
class MeasuresView:
    """Everything in the section."""

    activities: tuple[ActivityView, ...]
    rating: Scale | None
    mean: str
    mean_tone: str
    psfs: MeasureView
    groc: MeasureView
    pains: tuple[tuple[str, str, str], ...]
    estimate: tuple[str, str, str]
    prediction: str
    done: int
    total: int

    @property
    def rail(self) -> RailEntry:
        """The line of the rail: what is scored of what can be."""
        return RailEntry("measures", _("Measures"), self.state, f"{self.done}/{self.total}", LAST_SECTION)

    @property
    def state(self) -> str:
        if not self.done:
            return "empty"
        return "full" if self.done == self.total else "half"


def measures_view(
    course: Course, *, refused: Mapping[str, str] | None = None, typed: Mapping[str, str] | None = None
) -> MeasuresView:
    """`refused` are reasons by place and `typed` what stands there instead of what is stored. No query."""
    problems, kept_typed = refused or {}, typed or {}
    by_number = {activity.number: activity for activity in course.activities}
    lines = tuple(_activity(number, by_number.get(number), course, problems, kept_typed) for number in NUMBERS)
    rating = _rating(course, problems) if course.is_follow_up else None
    named = [line for line in lines if line.words]
    scored = [line for line in named if line.scale.seen]
    mean = activity_change(course)
    return MeasuresView(
        activities=lines,
        rating=rating,
        mean=_mean(course, scored),
        mean_tone=TONES[mean.verdict],
        psfs=measure_view(OUTCOMES[PSFS]),
        groc=measure_view(OUTCOMES[GROC]),
        pains=tuple((key, label_of(key), _number(course, key)) for key in PAIN_SCALES),
        estimate=(OWN_ESTIMATE, FINDINGS[OWN_ESTIMATE].label, _number(course, OWN_ESTIMATE)),
        prediction=prediction(course),
        done=len(scored) + (1 if rating and rating.seen else 0),
        total=max(len(named), 1) + (1 if rating else 0),
    )


def _number(course: Course, key: str) -> str:
    value = course.today.numbers.get(key)
    return "" if value is None else str(value)


def _mean(course: Course, scored: list[ActivityView]) -> str:
    """ "Average of 3: better by 2.3, at least the published 2 points"; at a first visit the bare average."""
    change = activity_change(course)
    if change.gain is not None and change.count > 1:
        words = _("Average of %(count)s activities: %(then)s, now %(now)s. %(judged)s.")
        return words % {
            "count": change.count,
            "then": points(change.then or 0),
            "now": points(change.now or 0),
            "judged": judged(change),
        }
    if len(scored) < 2:
        return ""
    mean = sum(int(line.scale.seen) for line in scored) / len(scored)
    return _("Average of %(count)s activities: %(mean)s of 10.") % {"count": len(scored), "mean": points(mean)}


def _activity(
    number: int, activity: Activity | None, course: Course, refused: Mapping[str, str], typed: Mapping[str, str]
) -> ActivityView:
    place = f"{WORDS}-{number}"
    words = activity.words if activity else ""
    return ActivityView(
        number=number,
        place=place,
        words=typed.get(place, words),
        is_kept=activity is not None and activity.pk in course.kept,
        error=refused.get(place, ""),
        scale=_score(number, activity, course, refused),
    )


def _score(number: int, activity: Activity | None, course: Course, refused: Mapping[str, str]) -> Scale:
    place = f"{SCORE}-{number}"
    now = course.today.scores.get(activity.pk) if activity else None
    asked = next((one for one in course.earlier if activity and activity.pk in one.scores), None)
    then = asked.scores[activity.pk] if asked and activity else None
    change = change_of(OUTCOMES[PSFS], then, now)
    seen = "" if now is None else str(now)
    return Scale(
        place=place,
        legend=_("“%(words)s”, 0 to 10") % {"words": activity.words} if activity else _("Score, 0 to 10"),
        seen=seen,
        steps=tuple(Step(str(step), str(step), f"{place}-{step}", str(step) == seen) for step in range(11)),
        then=_("%(day)s: %(score)s") % {"day": day_words(asked.on, course.today.on), "score": then} if asked else "",
        change=change_words(change),
        tone="quiet" if not change.gain else "for" if change.gain > 0 else "against",
        error=refused.get(place, ""),
    )


def _rating(course: Course, refused: Mapping[str, str]) -> Scale:
    change = rated_change(course.today.rating)
    seen = "" if course.today.rating is None else str(course.today.rating)
    day = day_words(course.first.on, course.today.on)
    return Scale(
        place=RATING,
        legend=_("Compared with %(day)s, how is it as a whole?") % {"day": day},
        seen=seen,
        steps=tuple(
            Step(str(step), signed_number(step), f"{RATING}-{step}", str(step) == seen, str(RATINGS[step]))
            for step in range(-7, 8)
        ),
        then="",
        change=judged(change) if change.verdict is not Verdict.CANNOT_TELL else "",
        tone=TONES[change.verdict],
        error=refused.get(RATING, ""),
    )

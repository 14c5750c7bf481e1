"""The course of an episode: every visit up to one assessment, with what the runner said at each. Reads, writes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from assessments.models import Activity, Answer, Assessment, Conclusion, OutcomeScore
from assessments.reasoning.doubts import PAIN_SCALES

OWN_ESTIMATE = "own_prediction_days"
NUMBERS = (*PAIN_SCALES, OWN_ESTIMATE)
"""Findings that are outcome measures too, read at every visit."""


@dataclass(frozen=True)
class Visit:
    """One visit. `answers` is everything recorded, kept for the visits the retest card compares and for this one."""

    assessment: Assessment
    answers: tuple[Answer, ...]
    numbers: Mapping[str, int]
    scores: Mapping[UUID, int]
    rating: int | None

    @property
    def on(self) -> date:
        return self.assessment.examined_on

    @property
    def conclusion(self) -> Conclusion:
        """What was concluded; a signed visit always has one."""
        return self.assessment.conclusion


@dataclass(frozen=True)
class Course:
    """The visits in order; the last is the assessment asked about. `kept` are activities whose words are final."""

    visits: tuple[Visit, ...]
    activities: tuple[Activity, ...]
    kept: frozenset[UUID]

    @property
    def today(self) -> Visit:
        return self.visits[-1]

    @property
    def earlier(self) -> tuple[Visit, ...]:
        return self.visits[:-1]

    @property
    def is_follow_up(self) -> bool:
        return bool(self.earlier)

    @property
    def first(self) -> Visit:
        """The baseline: the first signed visit of the episode. Only for a follow-up."""
        return self.earlier[0]

    @property
    def last(self) -> Visit | None:
        """The visit before this one, None when that is the baseline."""
        return self.earlier[-1] if len(self.earlier) > 1 else None

    @property
    def base(self) -> Visit:
        """Where the diagnosis that holds now was made: the baseline, unless it was changed since. Only for a follow-up."""
        return self.earlier[_base_of([visit.conclusion.diagnosis for visit in self.earlier])]

    @property
    def days(self) -> int:
        """Since the diagnosis that holds now was made; 0 at the first visit."""
        return (self.today.on - self.base.on).days if self.is_follow_up else 0


def _base_of(diagnoses: list[str]) -> int:
    """The place of the first visit in the run of visits that ends with the last diagnosis."""
    place = len(diagnoses) - 1
    while place > 0 and diagnoses[place - 1] == diagnoses[-1]:
        place -= 1
    return place


def course_of(assessment: Assessment, answers: Iterable[Answer] | None = None) -> Course:
    """Every signed visit of the episode before this one, in its version that holds, and this one. At most four queries,
    however many visits. `answers` of this assessment save nothing but are not asked for again when given.
    """
    earlier = _earlier(assessment) if assessment.visit > 1 else []
    told = _answers(assessment, earlier, with_own=answers is None)
    if answers is not None:
        told[assessment.pk] = list(answers)
    episode = {"clinic_id": assessment.clinic_id, "episode_id": assessment.episode_id}
    activities = list(Activity.objects.filter(**episode).annotate(is_kept=Exists(_signed_scores())))
    scores = _scores(assessment, earlier) if earlier or activities else {}
    visits = [_visit(one, told.get(one.pk, []), scores.get(one.pk, [])) for one in (*earlier, assessment)]
    return Course(tuple(visits), tuple(activities), frozenset(item.pk for item in activities if item.is_kept))


def _signed_scores() -> QuerySet[OutcomeScore]:
    return OutcomeScore.objects.filter(activity=OuterRef("pk"), assessment__state=Assessment.State.SIGNED)


def _earlier(assessment: Assessment) -> list[Assessment]:
    amended = Assessment.objects.filter(amends=OuterRef("pk"), state=Assessment.State.SIGNED)
    rows = Assessment.objects.filter(
        clinic_id=assessment.clinic_id,
        episode_id=assessment.episode_id,
        visit__lt=assessment.visit,
        state=Assessment.State.SIGNED,
    ).exclude(Exists(amended))
    return list(rows.select_related("conclusion").defer("shown").order_by("visit"))


def _answers(assessment: Assessment, earlier: list[Assessment], *, with_own: bool) -> dict[UUID, list[Answer]]:
    """Everything of the visits that are compared (and of this one), the numbers of those between."""
    told: dict[UUID, list[Answer]] = {}
    whole = {assessment.pk} if with_own else set()
    if earlier:
        base = earlier[_base_of([one.conclusion.diagnosis for one in earlier])]
        whole |= {earlier[0].pk, base.pk, earlier[-1].pk}
    if not whole:
        return told
    asked = Q(assessment__in=whole) | Q(assessment__in=[one.pk for one in earlier], key__in=NUMBERS)
    for row in Answer.objects.filter(asked, clinic_id=assessment.clinic_id):
        told.setdefault(row.assessment_id, []).append(row)
    return told


def _scores(assessment: Assessment, earlier: list[Assessment]) -> dict[UUID, list[OutcomeScore]]:
    visits = [one.pk for one in (*earlier, assessment)]
    scores: dict[UUID, list[OutcomeScore]] = {}
    for row in OutcomeScore.objects.filter(clinic_id=assessment.clinic_id, assessment__in=visits):
        scores.setdefault(row.assessment_id, []).append(row)
    return scores


def _visit(assessment: Assessment, answers: list[Answer], scores: list[OutcomeScore]) -> Visit:
    """What an earlier visit carried over and nobody confirmed was not found at this one."""
    found = tuple(row for row in answers if row.carried_from_id is None)
    numbers = {row.key: int(float(row.value)) for row in found if row.key in NUMBERS and row.value != "not_assessed"}
    activities = {row.activity_id: row.value for row in scores if row.activity_id is not None}
    rating = next((row.value for row in scores if row.measure == OutcomeScore.Measure.GROC), None)
    return Visit(assessment, found, numbers, activities, rating)

"""What must be true before the next step: each criterion, how it stands, on which value and day, and who can answer it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.decisions.gather import Gathered
from programs.presenters.decision_points import PointView, point_views
from programs.presenters.words import STANDINGS
from programs.progression import evidence
from programs.progression.criteria import CRITERIA, SELF_TESTS, By, Criterion, Kind, stage_of
from programs.progression.decision_words import UNITS, check_words
from programs.progression.meeting import Answer, Standing, answer
from programs.progression.settled import Settled, settled

TOLD_BY_THE_COURSE = (Kind.RUNS, Kind.RECENT_PAIN)


@dataclass(frozen=True)
class CriterionView:
    """`stands` is met, unmet or unknown; `can_write`: staff may write an answer down, runs and recent pain tell themselves;
    `is_first`: the first time the page names this check.
    """

    key: str
    name: str
    asked: str
    stands: str
    stands_words: str
    by_clinician: bool
    standing: str
    can_write: bool
    points: Sequence[PointView]
    is_first: bool


@dataclass(frozen=True)
class CriteriaGroup:
    """The criteria of one kind of step forward."""

    title: str
    criteria: Sequence[CriterionView]

    @property
    def met(self) -> int:
        return sum(each.stands == Standing.MET for each in self.criteria)


def criteria_groups(found: Gathered) -> list[CriteriaGroup]:
    """For the next stage, the first run where the ladder is at its lowest rung, and the self-tests. No query."""
    plan, told = found.plan, settled(found.course, found.today)
    days = evidence.deciding_days(told, plan)
    stage = stage_of(plan.diagnosis, plan.stage)
    is_last = plan.next_stage is None
    title = _("To finish") if is_last else _("To go on to stage %(stage)s") % {"stage": plan.next_stage}
    groups = [(title, stage.criteria if stage else ())]
    if plan.run_level == 0:
        groups.append((_("Before the first run"), CRITERIA.first_run.get(plan.diagnosis, ())))
    if plan.self_test is not None:
        groups.append((_("The four self-tests, in their order"), SELF_TESTS))
    seen: set[str] = set()
    return [CriteriaGroup(words, _views(found, told, days, criteria, seen)) for words, criteria in groups if criteria]


def _views(
    found: Gathered, told: Settled, days: Sequence[date], criteria: Iterable[Criterion], seen: set[str]
) -> list[CriterionView]:
    """Those that are asked of this runner; their checks are added to `seen`."""
    views = []
    for criterion in criteria:
        if found.plan.is_sprinter or not criterion.only_sprinters:
            stands = answer(criterion, told, days, found.plan.side)
            views.append(_view(stands, is_first=criterion.check not in seen))
            seen.add(criterion.check)
    return views


def _view(stands: Answer, *, is_first: bool) -> CriterionView:
    criterion = stands.criterion
    return CriterionView(
        key=criterion.check,
        name=check_words(criterion.check, _),
        asked=asked_words(criterion),
        stands=stands.standing.value,
        stands_words=_stands_words(stands.standing),
        by_clinician=criterion.by is By.CLINICIAN,
        standing=str(STANDINGS[criterion.standing]),
        can_write=criterion.kind not in TOLD_BY_THE_COURSE,
        points=point_views((point for point in stands.points if point.value is not None), {}),
        is_first=is_first,
    )


def _stands_words(standing: Standing) -> str:
    return {Standing.MET: _("met"), Standing.UNMET: _("not met"), Standing.UNKNOWN: _("not known")}[standing]


def asked_words(criterion: Criterion) -> str:
    """What one criterion asks for: its limit with the unit, sides and conditions."""
    limit, unit = criterion.limit, _(UNITS[criterion.unit]) if criterion.unit else ""
    words = {
        Kind.AT_LEAST: _("at least %(limit)s %(unit)s") % {"limit": limit, "unit": unit},
        Kind.AT_MOST: _("at most %(limit)s %(unit)s") % {"limit": limit, "unit": unit},
        Kind.PAIN_AT_MOST: _("pain at most %(limit)s of 10") % {"limit": limit},
        Kind.YES: ngettext("yes", "yes, on %(times)s days", criterion.times) % {"times": criterion.times},
        Kind.SYMMETRY: _("the painful side at least %(limit)s %% of the other") % {"limit": limit},
        Kind.RUNS: _runs_words(criterion),
        Kind.RECENT_PAIN: _("pain at most %(limit)s of 10 on the last planned days") % {"limit": limit},
    }[criterion.kind]
    conditions = [
        _("each side") if criterion.each_side else "",
        _("without hip drop or cramp") if criterion.is_clean else "",
        _("no leg symptoms the next morning") if criterion.no_leg else "",
    ]
    return ", ".join([words, *(each for each in conditions if each)])


def _runs_words(criterion: Criterion) -> str:
    words = _("the last %(times)s runs with pain at most %(limit)s of 10, no worse the next morning")
    if criterion.minutes:
        words = _(
            "the last %(times)s runs of %(minutes)s minutes, pain at most %(limit)s of 10, no worse the next morning"
        )
    return words % {"times": criterion.times, "minutes": criterion.minutes, "limit": criterion.limit}

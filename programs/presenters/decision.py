"""The proposal as the program's page shows it: a verdict, one change, reasons, what is missing, what waits, what was answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from programs.decisions.answers import Answered, answer_to, waiting_to_be_issued
from programs.decisions.gather import Gathered
from programs.models import ProgramDecision
from programs.presenters.decision_checks import CriteriaGroup, criteria_groups
from programs.presenters.decision_points import PointView, point_views
from programs.presenters.decision_rules import RuleView, rule_views
from programs.presenters.new_symptoms import question_words
from programs.progression.decision_words import change_words, reason_words, verdict_words, window_words
from programs.progression.proposal_types import Change, Decision, Part, Reason, Verdict
from programs.progression.rules import limit

TONES = {Verdict.PROGRESS: "for", Verdict.HOLD: "info", Verdict.STEP_BACK: "caution", Verdict.REVIEW: "stop"}
MISSING = {
    *("criterion_unknown", "criterion_unmet", "side_lags", "too_early", "not_reported", "pain_missing", "leg_missing"),
    *("morning_missing", "run_unknown", "run_not_tried", "run_again", "red_flag_open"),
}
"""Reasons that say what a step forward still lacks, rather than what is wrong."""


@dataclass(frozen=True)
class ReasonView:
    """One reason: the days it rests on as words, and the data points behind it."""

    words: str
    days: str
    points: Sequence[PointView]

    @property
    def is_late(self) -> bool:
        return any(point.late for point in self.points)


@dataclass(frozen=True)
class DecisionView:
    """`why`: weightiest first; `missing`: what a step forward lacks; `speaks_for`: what is good already, where the verdict is
    another than to move on. `answer`: what was made of this very proposal (`was_for_the_draft`: accepted, with a change);
    `waiting`: the same change, accepted and not issued yet.
    """

    verdict: str
    heading: str
    tone: str
    change: str
    keep: str
    accept: str
    signature: str
    window: str
    today: date
    why: Sequence[ReasonView]
    missing: Sequence[ReasonView]
    speaks_for: Sequence[ReasonView]
    later: Sequence[str]
    criteria: Sequence[CriteriaGroup]
    rules: Sequence[RuleView]
    answer: ProgramDecision | None
    waiting: ProgramDecision | None
    was_for_the_draft: bool


@dataclass(frozen=True)
class AnsweredView:
    """A proposal that was answered, as it was made then."""

    row: ProgramDecision
    heading: str
    change: str
    why: Sequence[str]


def decision_view(found: Gathered, history: Sequence[Answered]) -> DecisionView:
    """What is proposed today with everything behind it. No query."""
    decision = found.decide()
    names = names_of(found)
    groups = _grouped(decision)
    rows = [each.row for each in history]
    answer = answer_to(decision, rows, found.issued)
    return DecisionView(
        verdict=decision.verdict.value,
        heading=verdict_words(decision.verdict, _),
        tone=TONES[decision.verdict],
        change=change_words(decision.change, _) if decision.change else "",
        keep="" if decision.change else _keep_words(decision.verdict),
        accept=_accept_words(decision),
        signature=decision.signature,
        window=window_words(decision.adherence, limit("window_days"), _),
        today=found.today,
        why=_reasons(groups["why"], names),
        missing=_reasons(groups["missing"], names),
        speaks_for=_reasons(groups["for"], names),
        later=[change_words(change, _) for change in decision.waiting],
        criteria=criteria_groups(found),
        rules=rule_views(found.plan),
        answer=answer,
        was_for_the_draft=answer is not None and _is_for_the_draft(decision, answer),
        waiting=None if answer else waiting_to_be_issued(decision, rows, found.issued),
    )


def _is_for_the_draft(decision: Decision, answer: ProgramDecision) -> bool:
    """Whether accepting put something into the draft: ending a program does not."""
    is_accepted = answer.outcome == ProgramDecision.Outcome.ACCEPTED
    return is_accepted and decision.change is not None and decision.change.part is not Part.FINISH


def names_of(found: Gathered) -> Mapping[str, str]:
    """The exercises by their line, as staff know them; a line of several versions has its newest name."""
    lines = (line for version in found.issued for line in version.content["lines"])
    return {line["line"]: line.get("staff_name", line["name"]) for line in lines}


def answered_view(each: Answered) -> AnsweredView:
    return AnsweredView(
        row=each.row,
        heading=verdict_words(each.proposal.verdict, _),
        change=change_words(each.proposal.change, _) if each.proposal.change else "",
        why=list(dict.fromkeys(reason_words(reason, _) for reason in _grouped(each.proposal)["why"])),
    )


def _grouped(decision: Decision) -> dict[str, list[Reason]]:
    """In their order. When moving on is proposed, everything that speaks for it is the reason."""
    groups: dict[str, list[Reason]] = {"why": [], "missing": [], "for": []}
    for reason in decision.reasons:
        if reason.verdict is Verdict.PROGRESS:
            groups["why" if decision.verdict is Verdict.PROGRESS else "for"].append(reason)
        elif reason.key in MISSING:
            groups["missing"].append(reason)
        else:
            groups["why"].append(reason)
    return groups


def _reasons(reasons: Iterable[Reason], names: Mapping[str, str]) -> list[ReasonView]:
    """Reasons that say the same of several days are told once, with the points of all of them."""
    points: dict[str, list[PointView]] = {}
    for reason in reasons:
        told = points.setdefault(_words(reason), [])
        told += [point for point in point_views(reason.points, names) if point not in told]
    in_order = {words: sorted(told, key=lambda point: point.day) for words, told in points.items()}
    return [ReasonView(words, _days([point.day for point in told]), told) for words, told in in_order.items()]


def _words(reason: Reason) -> str:
    flag = reason.values.get("flag")
    return f"{reason_words(reason, _)} “{question_words(str(flag))}”" if flag else reason_words(reason, _)


def _days(days: Sequence[date]) -> str:
    """`17 Nov`, or the first and the last."""
    if not days:
        return ""
    first, last = min(days), max(days)
    return short(first) if first == last else f"{short(first)} – {short(last)}"


def short(day: date) -> str:
    return f"{day.day} {day:%b}"


def _keep_words(verdict: Verdict) -> str:
    if verdict is Verdict.REVIEW:
        return _("Look at the runner, the diagnosis and the load again before anything is changed.")
    return _("The program stays as it is.")


def _accept_words(decision: Decision) -> str:
    """The button says what accepting does."""
    change: Change | None = decision.change
    if change is None:
        return _("Reviewed") if decision.verdict is Verdict.REVIEW else _("Keep it as it is")
    return _("Accept, and end the program") if change.part is Part.FINISH else _("Accept into the draft")

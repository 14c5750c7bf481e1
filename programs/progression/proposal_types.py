"""What a decision is made of: a verdict, the one change it proposes, reasons by key, and the data points behind them.

No words here: `decision_words` has them. JSON is plain dicts, lists, numbers and texts, with days as ISO dates.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from programs.progression.adherence import Adherence
from programs.progression.reports import Report


class Verdict(StrEnum):
    """What is proposed to the clinician, from the easiest for the runner to the most cautious."""

    PROGRESS = "progress"
    HOLD = "hold"
    STEP_BACK = "step_back"
    REVIEW = "review"

    @property
    def rank(self) -> int:
        """0 for progress to 3 for review: never lower when the runner is worse."""
        return RANKS.index(self)


RANKS: Final = tuple(Verdict)
Value = float | str | bool | None


class Part(StrEnum):
    """What of the program one change touches; never two at once."""

    STAGE = "stage"
    RUN_LEVEL = "run_level"
    SELF_TEST = "self_test"
    LOAD = "load"
    FINISH = "finish"


@dataclass(frozen=True)
class Change:
    """One change. Numbers are stages, rungs (0 to 7) or self-tests passed (0 to 4); None for load and finish."""

    part: Part
    now: int | None = None
    then: int | None = None


@dataclass(frozen=True)
class Point:
    """One thing that was told. `kind`: session, morning, run, check, new or planned; `ref`: line or check.

    `value` is a pain, a measure or an answer; `late_h` the hours it took to arrive, 0 when it came at once.
    """

    day: date
    kind: str
    ref: str = ""
    value: Value = None
    side: str = ""
    late_h: int = 0


Param = tuple[str, str | float]


@dataclass(frozen=True)
class Reason:
    """Why: a key of `decision_words`, what to put into its gaps, and the data points that carry it.

    `verdict` is what this reason alone asks for.
    """

    key: str
    verdict: Verdict
    params: tuple[Param, ...] = ()
    points: tuple[Point, ...] = ()

    @property
    def values(self) -> dict[str, str | float]:
        return dict(self.params)


@dataclass(frozen=True)
class Decision:
    """A proposal for the clinician, never a change by itself. Reasons come weightiest first, then by key.

    `change` is the one change proposed; `waiting` are others that are ready too and wait for their turn.
    """

    verdict: Verdict
    change: Change | None
    reasons: tuple[Reason, ...]
    waiting: tuple[Change, ...]
    adherence: Adherence
    today: date

    @property
    def signature(self) -> str:
        """The same while the proposal and its reasons are: a proposal that was dismissed does not come back."""
        change = f"{self.change.part.value}:{self.change.now}:{self.change.then}" if self.change else ""
        days = [max((point.day.isoformat() for point in reason.points), default="") for reason in self.reasons]
        keys = [f"{reason.key}@{day}" for reason, day in zip(self.reasons, days, strict=True)]
        return "|".join([self.verdict.value, change, *keys])


def point_of(report: Report, kind: str, ref: str = "", value: Value = None, side: str = "") -> Point:
    """The point of one report."""
    return Point(report.day, kind, ref, value, side, report.late_h)


def decision_to_json(decision: Decision) -> dict[str, Any]:
    """As a record keeps it."""
    counts = decision.adherence
    return {
        "today": decision.today.isoformat(),
        "verdict": decision.verdict.value,
        "change": _change(decision.change),
        "waiting": [_change(change) for change in decision.waiting],
        "reasons": [
            {
                "key": reason.key,
                "verdict": reason.verdict.value,
                "params": dict(reason.params),
                "points": [
                    {
                        "day": point.day.isoformat(),
                        "kind": point.kind,
                        "ref": point.ref,
                        "value": point.value,
                        "side": point.side,
                        "late_h": point.late_h,
                    }
                    for point in reason.points
                ],
            }
            for reason in decision.reasons
        ],
        "adherence": {
            "planned": counts.planned,
            "done": counts.done,
            "skipped": counts.skipped,
            "not_reported": counts.not_reported,
            "not_yet": counts.not_yet,
            "extra": counts.extra,
        },
        "signature": decision.signature,
    }


def decision_from_json(data: dict[str, Any]) -> Decision:
    """A kept decision again. Raises `KeyError` or `ValueError` for anything that is none."""
    return Decision(
        verdict=Verdict(data["verdict"]),
        change=_change_from(data["change"]) if data["change"] else None,
        reasons=tuple(
            Reason(
                key=each["key"],
                verdict=Verdict(each["verdict"]),
                params=tuple(each["params"].items()),
                points=tuple(Point(**{**point, "day": date.fromisoformat(point["day"])}) for point in each["points"]),
            )
            for each in data["reasons"]
        ),
        waiting=tuple(_change_from(each) for each in data["waiting"]),
        adherence=Adherence(**data["adherence"]),
        today=date.fromisoformat(data["today"]),
    )


def _change(change: Change | None) -> dict[str, Any] | None:
    return {"part": change.part.value, "now": change.now, "then": change.then} if change else None


def _change_from(data: dict[str, Any]) -> Change:
    return Change(Part(data["part"]), data["now"], data["then"])

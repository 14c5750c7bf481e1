"""Twelve weeks of a runner as a table: seven words a week, one a day.

`2=` pain 2 while exercising and the same the next morning (`+` better, `-` worse, `?` morning not told); `?` planned and
not reported; `s` skipped; `p` skipped because of pain; `=`, `+`, `-` a day off with the morning after it; `.` a day off.
Days count from 0; day 0 is a Monday.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from clinic.vocabulary.diagnoses import WorkingDiagnosis
from clinic.vocabulary.sides import PainfulSide
from programs.progression.adherence import Outcome
from programs.progression.checkin import Morning
from programs.progression.plan import PlannedSession
from programs.progression.proposal_types import Decision, Part, Verdict
from programs.progression.reports import (
    CheckReport,
    Course,
    Leg,
    MorningReport,
    NewReport,
    RunReport,
    SessionReport,
    Surface,
)
from programs.progression.rules import ceiling_of
from programs.progression.stand import Plan

START = date(2026, 8, 3)
MORNINGS = {"=": Morning.SAME, "+": Morning.BETTER, "-": Morning.WORSE}
DAILY = "1= 1= 1= 1= 1= 1= 1="
EVERY_2ND = "1= = 1= = 1= = ="
OFF = ". . . . . . ."


def day(number: int) -> date:
    return START + timedelta(days=number)


def at(number: int, hour: int = 20) -> datetime:
    return datetime.combine(day(number), time(hour), UTC)


@dataclass(frozen=True)
class Expected:
    """What is proposed on a day: verdict, what it changes, and reasons that must be among those given."""

    verdict: Verdict
    part: Part | None
    reasons: tuple[str, ...]


def expect(verdict: str, part: str = "", *reasons: str) -> Expected:
    return Expected(Verdict(verdict), Part(part) if part else None, reasons)


@dataclass(frozen=True)
class Story:
    """`stages`: day → (stage, rung of the ladder); a new row is a change of the program on that day.

    `runs`: day → (pain, minutes, surface). `late`: day → the day its reports arrived.
    """

    diagnosis: str
    weeks: tuple[str, ...]
    stages: Mapping[int, tuple[int, int | None]]
    expected: Mapping[int, Expected]
    runs: Mapping[int, tuple[int | None, int | None, str]] = field(default_factory=dict)
    checks: Mapping[int, tuple[CheckReport, ...]] = field(default_factory=dict)
    news: Mapping[int, tuple[str, bool | None]] = field(default_factory=dict)
    legs: Mapping[int, Leg | None] = field(default_factory=dict)
    limps: frozenset[int] = frozenset()
    late: Mapping[int, int] = field(default_factory=dict)
    side: PainfulSide = PainfulSide.RIGHT
    self_test: int | None = None

    def plan(self, today: int) -> Plan:
        rows = sorted(number for number in self.stages if number <= today)
        stage, run_level = self.stages[rows[-1]]
        same_stage = [number for number in rows if self.stages[number][0] == stage]
        same_rung = [number for number in rows if self.stages[number][1] == run_level]
        diagnosis = WorkingDiagnosis(self.diagnosis)
        return Plan(
            diagnosis=diagnosis,
            stage=stage,
            side=self.side,
            ceiling=ceiling_of(diagnosis),
            stage_since=day(same_stage[0]),
            changed_on=day(rows[-1]),
            run_level=run_level,
            run_since=day(same_rung[0]) if run_level is not None else None,
            self_test=self.self_test,
        )

    def course(self) -> Course:
        words = " ".join(self.weeks).split()
        assert len(words) == 84, len(words)
        planned = [PlannedSession(day(n), "line") for n, word in enumerate(words) if word[0] in "0123456789?sp"]
        sessions = [each for n, word in enumerate(words) if (each := self._session(n, word))]
        mornings = [each for n, word in enumerate(words) if (each := self._morning(n, word))]
        return Course(
            planned=tuple(planned),
            sessions=tuple(sessions),
            mornings=tuple(mornings),
            runs=tuple(self._run(number) for number in self.runs),
            checks=tuple(check for checks in self.checks.values() for check in checks),
            news=tuple(
                NewReport(day=day(n), told_at=at(n), arrived_at=self._arrived(n), key=key, answer=said)
                for n, (key, said) in self.news.items()
            ),
        )

    def _arrived(self, number: int) -> datetime:
        return at(self.late.get(number, number), 21)

    def _session(self, number: int, word: str) -> SessionReport | None:
        if word[0] not in "0123456789sp":
            return None
        pain = word.rstrip("=+-?")
        return SessionReport(
            day=day(number),
            told_at=at(number),
            arrived_at=self._arrived(number),
            line="line",
            outcome=Outcome.NOT_DONE if word[0] in "sp" else Outcome.DONE,
            pain=int(pain) if pain.isdigit() else None,
            for_pain=word[0] == "p" or None,
        )

    def _morning(self, number: int, word: str) -> MorningReport | None:
        if word[-1] not in MORNINGS:
            return None
        return MorningReport(
            day=day(number + 1),
            told_at=at(number + 1, 7),
            arrived_at=max(self._arrived(number), at(number + 1, 7)),
            change=MORNINGS[word[-1]],
            has_limp=number in self.limps or None,
            leg=self.legs.get(number, Leg.NONE),
        )

    def _run(self, number: int) -> RunReport:
        pain, minutes, surface = self.runs[number]
        return RunReport(
            day=day(number),
            told_at=at(number),
            arrived_at=self._arrived(number),
            minutes=minutes,
            surface=Surface(surface),
            pain=pain,
        )


def pain_check(number: int, key: str, pain: int | None) -> CheckReport:
    return CheckReport(day=day(number), told_at=at(number), arrived_at=at(number), key=key, pain=pain)


def yes_check(number: int, key: str, *, passed: bool | None = True) -> CheckReport:
    return CheckReport(day=day(number), told_at=at(number), arrived_at=at(number), key=key, passed=passed)


def sided_check(number: int, key: str, left: float | None, right: float | None, *, clean: bool = True) -> CheckReport:
    return CheckReport(
        day=day(number), told_at=at(number), arrived_at=at(number), key=key,
        left=left, right=right, has_cramp=not clean, hip_drops=False,
    )  # fmt: skip


def whole_check(number: int, key: str, value: float | None, *, has_cramp: bool | None = False) -> CheckReport:
    return CheckReport(
        day=day(number), told_at=at(number), arrived_at=at(number), key=key,
        value=value, has_cramp=has_cramp, hip_drops=False,
    )  # fmt: skip


def keys(decision: Decision) -> set[str]:
    return {reason.key for reason in decision.reasons}

"""One runner's case: the program as it stands, what was planned and told, and what the runner remembers of it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from clinic.vocabulary.diagnoses import WorkingDiagnosis
from clinic.vocabulary.sides import PainfulSide
from programs.decisions.history import Issued, holding, issued_of, same_since, unchanged_since
from programs.models import Program, ProgramVersion
from programs.progression.adherence import Outcome
from programs.progression.checkin import Morning
from programs.progression.plan import PlannedSession
from programs.progression.reports import (
    CheckReport,
    Course,
    Leg,
    MorningReport,
    RunReport,
    SessionReport,
    Surface,
)
from programs.progression.stand import Plan
from programs.reminders.queries import Facts, Went
from programs.simulation.runners import Act, Runner, What

A_DAY = timedelta(days=1)
MOST_PAIN = 10


@dataclass
class Case:
    """What a database would hold of one runner, and `done`: the runner's own memory, which the proofs go by."""

    runner: Runner
    program: Program
    start: date
    versions: list[ProgramVersion] = field(default_factory=list)
    issued: list[Issued] = field(default_factory=list)
    planned: dict[date, set[PlannedSession]] = field(default_factory=dict)
    level: int = 0
    self_test: int | None = None
    sets: int = 0
    sessions: list[SessionReport] = field(default_factory=list)
    mornings: list[MorningReport] = field(default_factory=list)
    runs: list[RunReport] = field(default_factory=list)
    checks: list[CheckReport] = field(default_factory=list)
    went: list[Went] = field(default_factory=list)
    drops: list[date] = field(default_factory=list)
    reviewed_on: date | None = None
    done: set[PlannedSession] = field(default_factory=set)
    answered: set[date] = field(default_factory=set)
    active: set[date] = field(default_factory=set)

    def add_version(self, version: ProgramVersion) -> None:
        self.versions.append(version)
        self.issued = issued_of(self.program, self.versions)
        self.planned = {}
        for session in (session for each in self.issued for session in each.planned):
            self.planned.setdefault(session.day, set()).add(session)
        self.program.standing.review_on = version.ends_on + A_DAY

    def open_on(self, day: date) -> list[PlannedSession]:
        """What the plan that holds that day asks for and the runner has not done."""
        return sorted(self.planned.get(day, set()) - self.done)

    def facts(self, day: date) -> Facts:
        """As the queries read them for many."""
        since = day - timedelta(days=7)
        pk, runner = self.program.pk, self.program.episode.patient_id
        return Facts(
            day=day,
            left=Counter({pk: len(self.open_on(day))}),
            active={pk} if day - A_DAY in self.active else set(),
            answered={pk} if day in self.answered else set(),
            went={runner: [one for one in self.went if since < one.day <= day]},
        )

    def tell(self, act: Act, arrived_at: datetime) -> bool:
        """The runner reports what the act is about; False when there was nothing to report."""
        told: dict[str, Any] = {"day": act.day, "told_at": act.at, "arrived_at": arrived_at}
        chance, bad = self.runner.random, self.runner.is_flaring(act.day, self.start)
        pain = min(MOST_PAIN, self.program.pain_ceiling + 3) if bad else chance.choice((0, 1, 1, 2))
        if act.what in (What.SESSIONS, What.ONE):
            sessions = self.open_on(act.day)[: None if act.what is What.SESSIONS else 1]
            self.done |= set(sessions)
            self.sessions += [
                SessionReport(**told, line=one.line, number=one.number, outcome=Outcome.DONE, pain=pain)
                for one in sessions
            ]
            self.active |= {act.day} if sessions else set()
            return bool(sessions)
        if act.what is What.RUN and act.day not in {run.day for run in self.runs}:
            self.active.add(act.day)
            level = self.issued[-1].run_level
            self.runs.append(RunReport(**told, minutes=30, surface=Surface.FLAT, pain=pain, level=level))
            return True
        if act.what is What.MORNING and act.day not in self.answered and act.day - A_DAY in self.active:
            self.answered.add(act.day)
            change = Morning.WORSE if bad else chance.choice((Morning.SAME, Morning.SAME, Morning.BETTER))
            self.mornings.append(
                MorningReport(**told, change=change, pain=pain, has_limp=bad, is_settled=not bad, leg=Leg.NONE)
            )
            return True
        return False

    def course(self) -> Course:
        return Course(
            planned=tuple(session for each in self.issued for session in each.planned),
            sessions=tuple(self.sessions),
            mornings=tuple(self.mornings),
            runs=tuple(self.runs),
            checks=tuple(self.checks),
        )

    def plan(self, today: date) -> Plan:
        held = holding(self.issued, today)
        now = held[-1]
        return Plan(
            diagnosis=WorkingDiagnosis(now.content["diagnosis"]),
            stage=now.content["stage"],
            side=PainfulSide(now.content["side"]),
            ceiling=now.content["pain_ceiling"],
            stage_since=same_since(held, lambda each: each.stage),
            changed_on=unchanged_since(held),
            run_level=now.run_level,
            run_since=same_since(held, lambda each: each.run_level),
            self_test=now.self_test,
            drops=tuple(self.drops),
            reviewed_on=self.reviewed_on,
            review_on=self.issued[-1].last_on + A_DAY,
        )

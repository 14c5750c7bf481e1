"""Programs that run, with everything their runners told, as rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from clinic.models import Patient
from programs.actions import issue_program, propose_program
from programs.caseload.standing import refresh
from programs.decisions.history import issued_of
from programs.models import CheckResult, ExerciseLog, MorningCheck, NewSymptom, Program, ProgramVersion, RunLog
from tests.support.factories import World, make_episode
from tests.support.programs import make_signed

A_DAY = timedelta(days=1)


def evening(day: date, hour: int = 20) -> datetime:
    return datetime.combine(day, time(hour), UTC)


@dataclass
class Case:
    """One runner's program; what is told counts as told in the evening of its day."""

    world: World
    program: Program

    @classmethod
    def of(
        cls, world: World, diagnosis: str = "pht", stage: int = 1, patient: Patient | None = None, **signed: Any
    ) -> "Case":
        episode = make_episode(world, patient)
        assessment = make_signed(world, episode, diagnosis, stage, **signed)
        return cls(world, propose_program(by=world.clinician, assessment=assessment))

    def issue(self, day: date, **draft: Any) -> ProgramVersion:
        """The draft as it is, with these fields changed first; its first day is this one."""
        Program.objects.filter(pk=self.program.pk).update(starts_on=day, **draft)
        self.program = Program.objects.select_related("episode__patient__running").get(pk=self.program.pk)
        return issue_program(by=self.world.clinician, program=self.program, today=day)

    def did(self, day: date, pain: int | None = 1, *, status: str = "done", reason: str = "") -> None:
        """Everything planned that day, all alike."""
        version = self.holds(day)
        for session in self.planned(day):
            ExerciseLog.objects.create(
                clinic=self.world.clinic,
                version=version,
                day=day,
                line=session.line,
                occasion=session.number,
                status=status,
                pain=pain,
                reason=reason,
                told_at=evening(day),
            )
        refresh(self.program.pk)

    def planned(self, day: date) -> list[Any]:
        return [session for each in issued_of(self.program) for session in each.planned if session.day == day]

    def holds(self, day: date) -> ProgramVersion:
        return ProgramVersion.objects.filter(program=self.program, starts_on__lte=day).order_by("-number")[0]

    def morning(self, day: date, change: str = "same", pain: int | None = None, **more: Any) -> None:
        MorningCheck.objects.create(
            clinic=self.world.clinic,
            program=self.program,
            day=day,
            change=change,
            pain=pain,
            told_at=evening(day, 7),
            **more,
        )
        refresh(self.program.pk)

    def ran(self, day: date, pain: int | None = 1, **more: Any) -> RunLog:
        run: RunLog = RunLog.objects.create(
            clinic=self.world.clinic, program=self.program, day=day, pain=pain, told_at=evening(day), **more
        )
        refresh(self.program.pk)
        return run

    def checked(self, day: date, key: str, *, by_staff: bool = False, **answers: Any) -> CheckResult:
        check: CheckResult = CheckResult.objects.create(
            clinic=self.world.clinic,
            program=self.program,
            key=key,
            day=day,
            by=self.world.clinician if by_staff else None,
            told_at=evening(day),
            **answers,
        )
        refresh(self.program.pk)
        return check

    def new(self, day: date, answers: Mapping[str, bool | None], note: str = "") -> NewSymptom:
        symptom: NewSymptom = NewSymptom.objects.create(
            clinic=self.world.clinic,
            program=self.program,
            day=day,
            answers=dict(answers),
            note=note,
            is_urgent=True in answers.values(),
            told_at=evening(day, 9),
        )
        refresh(self.program.pk)
        return symptom

    def well(self, first: date, last: date, pain: int = 1) -> None:
        """Everything done on these days, and no morning worse."""
        for number in range((last - first).days + 1):
            day = first + number * A_DAY
            self.did(day, pain)
            if not MorningCheck.objects.filter(program=self.program, day=day + A_DAY).exists():
                self.morning(day + A_DAY)

    def ready_for_stage_2(self, today: date) -> None:
        """A week of tendinopathy at stage 1 that went well, with its two criteria met."""
        first = today - 6 * A_DAY
        self.issue(first)
        self.well(first, today - A_DAY)
        self.checked(today - A_DAY, "daily_load", pain=2)
        self.checked(today - A_DAY, "slow_lifting", pain=3)

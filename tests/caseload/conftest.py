"""Running programs in every state, with their reports."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from clinic.tenancy import clinic_scope
from programs.caseload.standing import refresh
from programs.models import ExerciseLog, Handout, MorningCheck, Program, ProgramVersion, Reminder
from programs.progression.dose import Dose
from tests.support.factories import World, make_clinic, make_episode, make_patient
from tests.support.programs import content_line, make_issued


@dataclass
class Caseload:
    """A clinic whose runners are made and report by days ago."""

    world: World
    today: date

    def runner(self, name: str = "Runner", began: int = 6, ceiling: int = 3) -> ProgramVersion:
        """One exercise a day since `began` days ago; a negative number is a start to come."""
        patient = make_patient(self.world.clinic, first_name=name, last_name="Example")
        version, _link = make_issued(
            self.world,
            starts_on=self.day(began),
            episode=make_episode(self.world, patient),
            lines=[content_line("Bridge", Dose(sets=3, reps=10))],
            ceiling=ceiling,
        )
        return version

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def report(self, version: ProgramVersion, *ago: int, pain: int | None = 1, status: str = "done") -> None:
        for one in ago:
            ExerciseLog.objects.create(
                clinic=self.world.clinic,
                version=version,
                day=self.day(one),
                line=version.content["lines"][0]["line"],
                status=status,
                pain=pain,
            )
        refresh(version.program_id)

    def morning(self, version: ProgramVersion, *ago: int, change: str = "worse", pain: int | None = None) -> None:
        for one in ago:
            MorningCheck.objects.create(
                clinic=self.world.clinic, program=version.program, day=self.day(one), change=change, pain=pain
            )
        refresh(version.program_id)

    def paper(self, version: ProgramVersion, state: str) -> None:
        Handout.objects.create(clinic=self.world.clinic, version=version, state=state)

    def ignored(self, version: ProgramVersion, number: int) -> None:
        for back in range(1, number + 1):
            Reminder.objects.create(
                clinic=self.world.clinic,
                program=version.program,
                local_day=self.day(back),
                state=Reminder.State.DONE,
                finished_at=timezone.now(),
            )
        refresh(version.program_id)

    def end(self, version: ProgramVersion) -> None:
        Program.objects.filter(pk=version.program_id).update(state=Program.State.ENDED, ended_at=timezone.now())
        refresh(version.program_id)

    def page(self, query: str = "", as_role: str = "clinician") -> str:
        """What the person sees, over a real request; the test's scope is left for it."""
        client = Client()
        client.force_login(getattr(self.world, as_role))
        answer = client.get(f"/{query}")
        assert answer.status_code == 200
        return answer.text


@pytest.fixture
def caseload(db: None) -> Iterator[Caseload]:
    world = make_clinic()
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        yield Caseload(world, timezone.localdate())

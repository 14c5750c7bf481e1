"""A runner with a link, and the addresses behind it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinic.tenancy import clinic_scope
from programs.models import ExerciseLog, PatientLink, ProgramVersion
from programs.portal.links import token_of, unsubscribe_token_of
from tests.support.factories import World, make_clinic
from tests.support.programs import make_issued, make_version


@dataclass
class Runner:
    """One runner of one clinic, who only has a link. Days are counted back from today."""

    world: World
    version: ProgramVersion
    link: PatientLink
    client: Client

    @property
    def url(self) -> str:
        return f"/my/{token_of(self.link)}/"

    @property
    def unsubscribe_url(self) -> str:
        return f"/unsubscribe/{unsubscribe_token_of(self.link)}/"

    def day(self, ago: int) -> date:
        return timezone.localdate() - timedelta(days=ago)

    def day_url(self, ago: int = 0) -> str:
        return f"{self.url}{self.day(ago).isoformat()}/" if ago else self.url

    def exercise_url(self, place: int = 0, *, ago: int = 0, occasion: int = 1, of: ProgramVersion | None = None) -> str:
        line = (of or self.version).content["lines"][place]["line"]
        return f"{self.url}{self.day(ago).isoformat()}/{line}/{occasion}/"

    def report(self, place: int = 0, *, ago: int = 0, occasion: int = 1, **data: str) -> Any:
        data = {"status": "done"} | data
        return self.client.post(self.exercise_url(place, ago=ago, occasion=occasion), data, follow=True)

    def page(self, ago: int = 0) -> str:
        answer = self.client.get(self.day_url(ago))
        assert answer.status_code == 200
        return answer.text

    def new_version(
        self, *, ago: int = 0, number: int = 2, lines: list[dict[str, Any]] | None = None
    ) -> ProgramVersion:
        with clinic_scope(self.world.clinic.pk, actor="system:tests"):
            return make_version(self.world, self.version.program, starts_on=self.day(ago), number=number, lines=lines)

    def set(self, model: Any, **fields: Any) -> None:
        with clinic_scope(self.world.clinic.pk, actor="system:tests"):
            model.objects.update(**fields)

    def close(self) -> None:
        self.set(PatientLink, revoked_at=timezone.now())

    def all(self, model: Any) -> list[Any]:
        with clinic_scope(self.world.clinic.pk, actor="system:tests"):
            return list(model.objects.order_by("created_at"))

    def logs(self) -> list[ExerciseLog]:
        return self.all(ExerciseLog)


def make_runner(client: Client, *, began: int = 3, lines: list[dict[str, Any]] | None = None) -> Runner:
    world = make_clinic()
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        version, link = make_issued(world, starts_on=timezone.localdate() - timedelta(days=began), lines=lines)
    return Runner(world, version, link, client)


@pytest.fixture
def runner(db: None, client: Client) -> Runner:
    """Began three days ago: a bridge once a day, and a hold twice a day."""
    return make_runner(client)

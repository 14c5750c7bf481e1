"""A clinic on a Monday morning, and a real mail server."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from clinic.models import Membership
from clinic.tenancy import clinic_scope
from programs.digest import tasks
from programs.models import Digest
from tests.caseload.conftest import Caseload
from tests.reminders.conftest import post
from tests.support.factories import World, make_clinic

__all__ = ["post"]

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


@dataclass
class Office:
    """One clinic in London; its clinician may want the letter."""

    world: World
    clock: list[datetime]

    @property
    def clinic_id(self) -> str:
        return str(self.world.clinic.pk)

    def wants(self, wanted: bool = True, role: str = "clinician") -> Membership:
        with clinic_scope(self.clinic_id, actor="system:tests"):
            place = Membership.objects.select_related("clinic").get(user=getattr(self.world, role))
            place.weekly_digest = wanted
            place.save()
            return place

    def caseload(self) -> Caseload:
        return Caseload(self.world, self.clock[0].date())

    def plan(self) -> list[Digest]:
        tasks.plan()
        return self.digests()

    def digests(self) -> list[Digest]:
        with clinic_scope(self.clinic_id, actor="system:tests"):
            return list(Digest.objects.order_by("week"))

    def send(self, digest: Digest) -> Digest:
        tasks.send(self.clinic_id, str(digest.pk))
        with clinic_scope(self.clinic_id, actor="system:tests"):
            return Digest.objects.get(pk=digest.pk)


@pytest.fixture
def office(db: None, monkeypatch: pytest.MonkeyPatch) -> Office:
    clock = [MONDAY]
    monkeypatch.setattr(tasks.timezone, "now", lambda: clock[0])
    return Office(make_clinic(), clock)

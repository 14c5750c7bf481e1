"""What runners wait for at home: their page, a report, and the same with a year of reports behind them."""

from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.tenancy import clinic_scope
from programs.models import PatientLink, ProgramVersion
from programs.portal.links import token_of
from tests.bench.__main__ import Measure, compare
from tests.bench.asking import get, queries
from tests.support.factories import World


def measures(world: World, program: Any, floor: Callable[[], None]) -> Iterator[Measure]:
    with clinic_scope(world.clinic.pk, actor="system:bench"):
        token = token_of(PatientLink.objects.get(program=program))
        line = ProgramVersion.objects.get(program=program).content["lines"][0]["line"]
    client = Client()
    page = get(client, reverse("programs:today", args=[token]))
    page()
    yield compare("patient's page", page, floor, 4, note=f"queries: {queries(page)}")
    day = timezone.localdate().isoformat()
    address, pains = reverse("programs:patient_exercise", args=[token, day, line, 1]), cycle("0123")

    def report() -> None:
        """Done with another pain each time, so that each is written; without the page that follows."""
        assert client.post(address, {"status": "done", "pain": next(pains)}).status_code in (204, 302)

    yield compare("patient's report", report, floor, 5, note=f"queries: {queries(report)}")

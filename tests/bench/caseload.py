"""The caseload of two thousand runners, and how much slower ten times as many make it."""

from collections.abc import Callable, Iterator
from time import perf_counter

import psycopg
from django.conf import settings
from django.test import Client
from django.urls import reverse

from clinic.tenancy import clinic_scope
from programs.models import Standing
from tests.bench.__main__ import Measure, compare
from tests.bench.asking import get, queries
from tests.bench.multiply import multiplied
from tests.support.factories import World

TIMES = 10


def measures(
    world: World, small: World, clients: Callable[[World], Client], floor: Callable[[], None]
) -> Iterator[Measure]:
    url = reverse("programs:caseload")
    few, many = get(clients(small), url), get(clients(world), url)
    few(), many()  # what is new is worked out on the first look
    note = f"queries: {queries(few)} with few runners, {queries(many)} with 2000"
    yield compare("caseload, 2000 runners", many, floor, 6, note=note)
    larger = multiplied(world, TIMES)
    most = get(clients(larger), url)
    _tidy()
    growth = compare("caseload, 20000 against 2000", most, many, 1.3, note=f"queries: {queries(most)}; floor is 2000")
    yield growth
    news = reverse("programs:caseload_news")
    yield compare("caseload, what is new, 20000", get(clients(larger), news), floor, 4)
    yield _morning(larger, most)


def _morning(world: World, most: Callable[[], None]) -> Measure:
    """The first look of a day on which one runner in ten has something new by the calendar or by a report: 2 s at most."""
    with clinic_scope(world.clinic.pk, actor="system:bench"):
        some = Standing.objects.filter(clinic=world.clinic).order_by("pk").values("pk")[: 200 * TIMES]
        Standing.objects.filter(pk__in=some).update(attention_until="2001-01-01")
    return _once("caseload, 2000 of 20000 changed, in s", most, 2)


def _once(name: str, work: Callable[[], None], target: float) -> Measure:
    start = perf_counter()
    work()
    seconds = perf_counter() - start
    return Measure(name, seconds, target, seconds * 1000, 1.0, note="floor 1 s")


def _tidy() -> None:
    """What a server's own upkeep does within a minute of such a change."""
    with psycopg.connect(settings.DATABASE_OWNER_URL, autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE programs_standing")

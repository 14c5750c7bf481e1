"""Courses for charts: plain ones without a database, and running programs with reports."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from clinic.tenancy import clinic_scope
from programs.progress.chart.facts import Course, Day, Stretch
from tests.support.factories import World, make_clinic

START = date(2026, 9, 7)  # a Monday
WORDS = {
    "during": "during {n}",
    "morning": "morning {n}",
    "ceiling": "ceiling {n}",
    "done": "done",
    "skipped": "skipped",
    "not_reported": "not reported",
    "from_paper": "from paper",
    "minutes": "{n} min",
    "step": "step {n}",
}


def day(number: int) -> date:
    return START + timedelta(days=number)


def told(number: int, **known: object) -> Day:
    return Day(day(number), **known)  # type: ignore[arg-type]


def stretch(first: int, last: int, version: int = 1, ceiling: int = 3, **more: object) -> Stretch:
    given = {"level": None, "phase": "Phase 1: Settle"} | more
    return Stretch(day(first), day(last), version, ceiling, **given)  # type: ignore[arg-type]


def course(*days: Day, length: int = 14, today: int | None = None, stretches: tuple[Stretch, ...] = ()) -> Course:
    return Course(START, day(length - 1), day(length - 1 if today is None else today), days, stretches)


@pytest.fixture
def world(db: None) -> Iterator[World]:
    made = make_clinic()
    with clinic_scope(made.clinic.pk, actor="system:tests"):
        yield made

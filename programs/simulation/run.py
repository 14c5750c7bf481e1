"""From nothing to the tables: the clinic, its runners, the clock. Nothing is read from a database or written to one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from clinic.models import Clinic, User
from programs.simulation.cases import Case
from programs.simulation.clinic import SimulatedClinic
from programs.simulation.people import programs_of
from programs.simulation.runners import runners
from programs.simulation.tally import Tally
from programs.simulation.visits import first_versions, weekly_round

START = date(2026, 2, 16)  # a Monday; clocks change in March and April, on both halves of the earth
ROUND_AT = (0, 12, 0)  # Monday noon, by the clock of the clinic


def simulate(*, patients: int, weeks: int, seed: int, step: timedelta) -> Tally:
    """Everything that happens follows from the seed."""
    clinic, by = Clinic(name="Simulated clinic"), User(name="Simulated clinician")
    people = runners(patients, seed=seed, start=START, weeks=weeks)
    programs = programs_of(clinic, by, people, START)
    cases = [Case(runner, program, START) for runner, program in zip(people, programs, strict=True)]
    world = SimulatedClinic(clinic, cases, Tally(clinic), START, step)
    first_versions(world)
    week = 0
    for now in _moments(weeks, step):
        world.tick(now)
        if (now.weekday(), now.hour, now.minute) == ROUND_AT and now.date() > START:
            week += 1
            weekly_round(world, now, week)
    return world.tally


def _moments(weeks: int, step: timedelta) -> Iterator[datetime]:
    """Every tick, from the first local midnight on earth to the round of the last Monday."""
    now = datetime.combine(START, time(0), UTC) - timedelta(hours=12)
    end = now + timedelta(weeks=weeks, hours=25)
    while now < end:
        yield now
        now += step

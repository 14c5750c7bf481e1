"""From nothing to the tables: the clinic, its runners, the clock."""

from datetime import timedelta
from uuid import UUID

from clinic.models import Clinic
from programs.simulation.clinic import START, SimulatedClinic, moments
from programs.simulation.records import make_clinic, make_programs
from programs.simulation.runners import runners
from programs.simulation.tally import Tally
from programs.simulation.visits import cases_of, first_versions, weekly_round

ROUND_AT = (0, 12)  # Monday noon, by the clock of the clinic


def simulate(*, clinic_id: UUID, patients: int, weeks: int, seed: int, step: timedelta) -> Tally:
    """Inside the scope of a clinic that does not exist yet; whoever calls throws it away."""
    clinic, by = make_clinic(Clinic(pk=clinic_id, name="Simulated clinic", phone="020 7946 0147"))
    people = runners(patients, seed=seed, start=START, weeks=weeks)
    cases = cases_of(make_programs(clinic, by, people, START), people)
    world = SimulatedClinic(clinic, by, cases, Tally(clinic), step)
    week = 0
    for now in moments(weeks, step):
        if week == 0:
            first_versions(world)
            week = 1
        world.tick(now)
        if (now.weekday(), now.hour, now.minute) == (*ROUND_AT, 0) and now.date() > START:
            weekly_round(world, now, week)
            week += 1
    return world.tally

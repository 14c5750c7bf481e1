"""The simulated clinic keeps its promises, prints the same for the same seed, needs no database, and fails loudly."""

from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from clinic.models import Clinic
from programs.simulation.runners import runners
from programs.simulation.tally import Tally

SMALL = {"patients": 12, "weeks": 3, "minutes": 30}


def run(**options: Any) -> str:
    out = StringIO()
    call_command("simulate_clinic", stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_two_runs_with_one_seed_print_the_same_and_keep_every_promise() -> None:
    first, second = run(**SMALL, seed=3), run(**SMALL, seed=3)
    assert first == second
    assert "BROKEN" not in first
    assert "kept: none in quiet hours" in first
    assert first.count("kept:") == 9
    sent = next(line for line in first.splitlines() if line.strip().startswith("sent"))
    assert all(int(number) > 5 for number in sent.split()[1:]), first


def test_another_seed_is_another_clinic() -> None:
    start = datetime(2026, 2, 16, tzinfo=UTC).date()
    kinds = [[one.kind for one in runners(40, seed=seed, start=start, weeks=12)] for seed in (1, 1, 2)]
    assert kinds[0] == kinds[1] != kinds[2]


@pytest.mark.parametrize("options", [{"patients": 0}, {"weeks": 0}, {"minutes": 61}])
def test_numbers_that_make_no_clinic_are_refused(options: dict[str, int]) -> None:
    with pytest.raises(CommandError):
        run(**(SMALL | options))


def test_a_broken_promise_is_told_with_an_example() -> None:
    tally = Tally(Clinic(name="Quay"))
    runner = runners(1, seed=1, start=datetime(2026, 2, 16, tzinfo=UTC).date(), weeks=12)[0]
    night = datetime(2026, 3, 1, 3, tzinfo=UTC)
    tally.has_left(runner, "evening", night.astimezone(runner.zone).date(), night, is_useless=True)
    assert "none after everything was done or answered" in tally.broken
    assert any(line.startswith("  BROKEN 1 times: none after everything") for line in tally.lines())

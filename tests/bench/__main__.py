"""`make bench`: how much slower than the least possible each main page is, measured in one run on one machine.

Floor: the smallest view of this product, with login, current clinic and one indexed SELECT. Every page is timed in turns
with the floor, so that load on the machine hits both; the medians' ratio is what counts. Exit status 1 when one is over.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from tests.support.database import DatabaseMissing, fresh_database

ROUNDS, WARM_UP = 40, 5


@dataclass(frozen=True)
class Measure:
    name: str
    ratio: float
    target: float
    own_ms: float
    floor_ms: float
    note: str = ""

    @property
    def is_over(self) -> bool:
        return self.ratio > self.target

    def line(self) -> str:
        mark = "OVER" if self.is_over else "ok"
        return (
            f"{self.name:<34} {self.ratio:6.2f} × floor (target {self.target:g})  {mark:<5}"
            f" {self.own_ms:8.2f} ms, floor {self.floor_ms:.2f} ms  {self.note}"
        )


def in_turns(own: Callable[[], object], floor: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Median milliseconds of both, run in turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + WARM_UP):
        for place, work in enumerate((own, floor)):
            start = perf_counter()
            work()
            if turn >= WARM_UP:
                times[place].append((perf_counter() - start) * 1000)
    return median(times[0]), median(times[1])


def compare(
    name: str,
    own: Callable[[], object],
    floor: Callable[[], object],
    target: float,
    *,
    rounds: int = ROUNDS,
    note: str = "",
) -> Measure:
    own_ms, floor_ms = in_turns(own, floor, rounds)
    return Measure(name, own_ms / floor_ms, target, own_ms, floor_ms, note)


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    owner, app = os.environ.get("DATABASE_OWNER_URL", ""), os.environ.get("DATABASE_URL", "")
    try:
        with fresh_database(owner, app, f"strideback_bench_{os.getpid()}"):
            import django

            django.setup()
            from django.db import connection

            from tests.bench.subjects import measures

            over = False
            try:
                for measure in measures():
                    print(measure.line(), flush=True)  # noqa: T201
                    over |= measure.is_over
            finally:
                connection.close()
    except DatabaseMissing as missing:
        print(missing)  # noqa: T201
        return 1
    return int(over)


if __name__ == "__main__":
    if sys.argv[1:] == ["phone"]:
        from tests.bench import phone

        sys.exit(phone.main())
    if sys.argv[1:2] == ["reminders"]:
        from tests.bench import fan_out

        del sys.argv[1]  # what follows is its own: --due, --send, --processes
        sys.exit(fan_out.main())
    sys.exit(main())

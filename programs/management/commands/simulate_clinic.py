"""Many weeks of an invented clinic in minutes: the proof that reminders keep their promises, and what the rules propose."""

import sys
import time as stopwatch
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from programs.simulation.run import simulate

MOST_PATIENTS, MOST_WEEKS = 5000, 104


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = (
        "Simulate a clinic: the same seed prints the same tables. No database is read or written. "
        "Ends with 1 when a promise was broken."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--patients", type=int, default=300)
        parser.add_argument("--weeks", type=int, default=12)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--minutes", type=int, default=30, help="between two looks of the planner")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        patients, weeks, minutes = options["patients"], options["weeks"], options["minutes"]
        if not (0 < patients <= MOST_PATIENTS and 0 < weeks <= MOST_WEEKS and 5 <= minutes <= 60):
            raise CommandError(f"1 to {MOST_PATIENTS} patients, 1 to {MOST_WEEKS} weeks, 5 to 60 minutes.")
        began = stopwatch.monotonic()
        seed, step = options["seed"], timedelta(minutes=minutes)
        tally = simulate(patients=patients, weeks=weeks, seed=seed, step=step)
        self.stdout.write(f"{patients} runners, {weeks} weeks, seed {seed}, every {minutes} minutes")
        self.stdout.write("\n".join(["", *tally.lines()]))
        self.stderr.write(f"{stopwatch.monotonic() - began:.0f} seconds")  # beside the tables: it differs every time
        if tally.broken:
            sys.exit(1)

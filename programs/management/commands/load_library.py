"""Bring the exercise library into the database: as often as you like, always with the same result."""

from typing import Any

from django.core.management.base import BaseCommand

from programs.loading import load_library


class Command(BaseCommand):
    help = "Load the exercise library into the database (run as the owner role; safe to repeat)."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        added, changed, retired = load_library()
        if options["verbosity"]:
            self.stdout.write(f"Exercise library: {added} added, {changed} changed, {retired} retired.")

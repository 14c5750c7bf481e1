"""A fictional clinic to look around in, once; its logins go to a file only this machine's user can read."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from programs.demo.build import CLINIC_NAME, build, exists

LOGINS = settings.BASE_DIR / ".strideback" / "demo-logins.txt"


class Command(BaseCommand):
    help = "Create the demo clinic with fictional runners, unless it is there already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--logins", type=Path, default=LOGINS, help="file for the demo's logins")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        if exists():
            self.stdout.write("The demo clinic is there already.")
            return
        logins = build(timezone.localdate())
        lines = [f"{CLINIC_NAME} (fictional), sign in as"]
        lines += [f"  {role:<14} {email:<26} {password}" for role, (_name, email, password) in logins.items()]
        path: Path = options["logins"]
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write("\n".join(lines) + "\n")
        self.stdout.write("\n".join(lines))

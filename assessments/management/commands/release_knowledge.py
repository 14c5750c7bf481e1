"""Keeps the knowledge as it stands today, whole and for good, so that what is signed with it can be replayed."""

import shutil
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from assessments.reasoning import CURRENT, is_kept
from assessments.reasoning.entries import CURRENT_FILES, FOLDER
from assessments.reasoning.releases import RELEASED_FOLDER, RELEASES_FILE


class Command(BaseCommand):
    """`python manage.py release_knowledge "what changed, in a sentence"`: copies the files and lists the version."""

    help = "Release the knowledge files as they stand: keep a copy that signed assessments can be replayed with."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("says", help="what changed since the last release, in one sentence")

    def handle(self, *_args: Any, says: str, **_options: Any) -> None:
        says = " ".join(says.split())
        if not says or '"' in says or "\\" in says:
            raise CommandError("Say in one plain sentence, without quotation marks, what changed.")
        if is_kept(CURRENT.version):
            raise CommandError(f"{CURRENT.version} is released already; nothing has changed since.")
        folder = RELEASED_FOLDER / CURRENT.version
        folder.mkdir()
        for name in CURRENT_FILES.files:
            shutil.copyfile(FOLDER / name, folder / name)
        with RELEASES_FILE.open("a", encoding="utf-8") as file:
            file.write(
                f'\n[releases."{CURRENT.version}"]\nreleased_on = {timezone.now().date()}\n'
                f'digest = "{CURRENT_FILES.digest}"\nsays = "{says}"\n'
            )
        self.stdout.write(
            f"Released {CURRENT.version}. Now run: python -m tests.reasoning.replays, and commit both the folder "
            f"released/{CURRENT.version} and the golden replays."
        )

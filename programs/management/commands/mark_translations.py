"""Say that the translations were made from today's English, after somebody has looked at what changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programs.library.reading import LibraryError
from programs.library.translations import LANGUAGES, MADE_FROM_FILE, PLACE, marks, translations


class Command(BaseCommand):
    help = "Mark every translation as made from today's English texts. Look at the stale ones first: they are listed."

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--list", action="store_true", help="Only list what is stale.")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        for language in LANGUAGES:
            folder = PLACE / language
            if not folder.is_dir():
                continue
            try:
                stale = list(translations(language).stale())
                if stale:
                    self.stdout.write(f"{language}: {', '.join(stale)}")
                if not options["list"]:
                    (folder / MADE_FROM_FILE).write_text(marks(folder), encoding="utf-8")
            except LibraryError as error:
                raise CommandError(f"{language}: {error}") from error

"""Bring the catalogues of the patient's words up to date: new messages in, old ones out, compiled."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from programs.catalogues import mo, po
from programs.catalogues.sources import messages
from programs.library.translations import LANGUAGES


class Command(BaseCommand):
    help = "Update config/locale after words of the handout or the patient's page changed, or were translated."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        used = messages()
        for language in LANGUAGES:
            path = settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"
            known = po.read(path)
            po.write(path, language, known, used)
            kept = {message: forms for message, forms in known.items() if message in used}
            path.with_suffix(".mo").write_bytes(mo.compiled(language, kept))
            missing = sorted(message.text for message in used if not all(known.get(message, ("",))))
            self.stdout.write(f"{language}: {len(used)} messages, {len(missing)} without a translation")
            for text in missing:
                self.stdout.write(f"  {text}")

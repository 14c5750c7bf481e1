"""Draw every figure on one sheet, to look at."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programs.figures import FigureError, figures
from programs.figures.contact_sheet import contact_sheet


class Command(BaseCommand):
    help = "Draw all figures, or those whose key begins as given, on one SVG file. Open it in a browser."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("keys", nargs="*", help="beginnings of keys; all figures without them")
        parser.add_argument("--out", type=Path, default=Path("figures.svg"), help="the file (default: figures.svg)")
        parser.add_argument("--grey", action="store_true", help="grey and 30 mm wide, as a laser printer shows them")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        try:
            every = figures().values()
            chosen = [it for it in every if not options["keys"] or it.key.startswith(tuple(options["keys"]))]
            if not chosen:
                raise CommandError(f"No figure begins with {', '.join(options['keys'])}.")
            sheet = contact_sheet(chosen, grey=options["grey"])
        except FigureError as error:
            raise CommandError(str(error)) from error
        options["out"].write_text(sheet)
        frames = sum(len(figure.frames) for figure in chosen)
        self.stdout.write(f"{len(chosen)} figures, {frames} drawings: {options['out']}. Open it in a browser.")

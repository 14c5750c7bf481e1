"""By what a print is told from another: all that stands on it and how, so that nothing is made twice and nothing stale is kept."""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from programs.handouts.document import HandoutDocument, Kind, Paper

_ROOT: Final = Path(__file__).resolve().parents[2]
_LAYOUT: Final = ("templates/handouts/*", "programs/handouts/*.py", "config/locale/*/LC_MESSAGES/django.mo")


def content_key(document: HandoutDocument, kind: Kind, paper: Paper) -> str:
    """SHA-256 of everything printed (words, drawings, pictures, link) and of how: kind, paper, templates, renderer."""
    return hashlib.sha256(repr((edition(), kind, paper, document)).encode()).hexdigest()


@lru_cache(maxsize=1)
def edition() -> str:
    """Changes with the templates, the code that fills them, the words of our languages, the fonts and WeasyPrint.

    Reads about thirty small files once in the life of a process.
    """
    found = hashlib.sha256(version("weasyprint").encode())
    for pattern in (*_LAYOUT, "static/fonts/print/*"):
        for file in sorted(_ROOT.glob(pattern)):
            found.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()

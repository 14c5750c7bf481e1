"""The whole library, read once from its files when first imported (about 125 KB of TOML, some 0.1 s)."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from clinic.vocabulary.provenance import Source, Standing
from programs.library.contraindications import Rule, load_rules
from programs.library.contributor import Suggestion, load_suggestions
from programs.library.exercise import Exercise
from programs.library.exercises_file import load_exercises
from programs.library.protocol import Protocols, load_protocols
from programs.library.reading import Entry, read_toml

FOLDER: Final = Path(__file__).parent


def load_sources(path: Path) -> Mapping[str, Source]:
    """Source code to source. Raises `LibraryError` at the first thing to mend."""
    found = {}
    for key, table in read_toml(path).items():
        entry = Entry(path.name, key, table)
        found[key] = Source(
            citation=entry.text("citation"),
            standing=entry.choice("standing", Standing),
            address=entry.text("address", optional=True),
            doi=entry.text("doi", optional=True),
        )
        entry.finish()
    return MappingProxyType(found)


def version_of(folder: Path) -> str:
    """A fingerprint of every content file: it changes when, and only when, a file's name or bytes change."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        for part in (path.relative_to(folder).as_posix().encode(), path.read_bytes()):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()[:12]


SOURCES: Final[Mapping[str, Source]] = load_sources(FOLDER / "sources.toml")
LIBRARY: Final[Mapping[str, Exercise]] = load_exercises(FOLDER / "exercises", SOURCES)
PROTOCOLS: Final[Protocols] = load_protocols(FOLDER / "protocols", LIBRARY, SOURCES)
CONTRAINDICATIONS: Final[tuple[Rule, ...]] = load_rules(FOLDER / "contraindications.toml", SOURCES)
SUGGESTIONS: Final[tuple[Suggestion, ...]] = load_suggestions(FOLDER / "contributors.toml", LIBRARY, SOURCES)
LIBRARY_VERSION: Final[str] = version_of(FOLDER)

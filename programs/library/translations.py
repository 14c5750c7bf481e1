"""The patient's texts of the library in other languages: translations/<language>/*.toml, checked against the English.

A translation belongs to exact English words. `made_from.toml` keeps a digest of them for every entry; when the English
changes, the entry is stale and counts as missing until somebody has looked at it and run `manage.py mark_translations`.
What is missing is shown in English as a whole: an exercise is never half in one language and half in another.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from programs.library.catalogue import FOLDER, LIBRARY, PROTOCOLS
from programs.library.exercise import Exercise
from programs.library.protocol import Protocol
from programs.library.reading import Entry, LibraryError, read_toml

ENGLISH: Final = "en"
LANGUAGES: Final = ("de", "fr", "es")
PLACE: Final = FOLDER / "translations"
EXERCISE_TEXTS: Final = (
    *("name", "purpose", "start", "steps", "cues", "faults", "breathing"),
    *("easier", "harder", "passes"),
)
PROTOCOL_TEXTS: Final = ("title", "aim", "running", "hills", "avoid", "move_on")
PROTOCOL_FILE, COUNTED_FILE, MADE_FROM_FILE = "protocols.toml", "counted.toml", "made_from.toml"

Text = str | tuple[str, ...]
Texts = Mapping[str, Text]


class Status(StrEnum):
    """Draft: no clinician who speaks the language has read it yet."""

    DRAFT = "draft"
    REVIEWED = "reviewed"


@dataclass(frozen=True)
class Review:
    """Who translated a file and how far it can be trusted."""

    translator: str
    reviewed_on: date
    review_due: date
    status: Status


@dataclass(frozen=True)
class Translated:
    """One entry in another language. `of` is the digest of the English it was made from; "" when nobody said so."""

    texts: Texts
    of: str
    review: Review

    def fits(self, english: Texts) -> bool:
        return self.of == digest(english)


@dataclass(frozen=True)
class Translations:
    """Everything translated into one language, and the words for what is counted (“slow kicks”)."""

    language: str
    exercises: Mapping[str, Translated]
    protocols: Mapping[str, Translated]
    counted: Mapping[str, str]

    def exercise(self, key: str, english: Texts) -> Translated | None:
        """The translation of exactly these words; None when it is missing or was made from other ones."""
        return _fitting(self.exercises.get(key), english)

    def protocol(self, key: str, english: Texts) -> Translated | None:
        return _fitting(self.protocols.get(key), english)

    def stale(self) -> Iterator[str]:
        """Entries that are not shown because their English has changed since, or because they were never marked."""
        for key, entry in self.exercises.items():
            if not entry.fits(texts_of(LIBRARY[key])):
                yield key
        protocols = protocols_by_key()
        for key, entry in self.protocols.items():
            if not entry.fits(protocol_texts(protocols[key])):
                yield key


def digest(texts: Texts) -> str:
    """A short fingerprint of texts; lists and tuples count as the same, empty texts as absent."""
    plain = {name: list(text) if isinstance(text, list | tuple) else text for name, text in texts.items() if text}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


def texts_of(exercise: Exercise) -> Texts:
    """The patient's English texts of an exercise, empty ones left out."""
    return {name: text for name in EXERCISE_TEXTS if (text := getattr(exercise, name, ""))}


def protocol_key(protocol: Protocol) -> str:
    """`pht_1`; `mixed` where there are no stages."""
    return f"{protocol.diagnosis.value}_{protocol.stage}" if protocol.stage else protocol.diagnosis.value


def protocols_by_key() -> Mapping[str, Protocol]:
    return {protocol_key(protocol): protocol for protocol in PROTOCOLS.values()}


def protocol_texts(protocol: Protocol) -> Texts:
    """The patient's English texts of one stage."""
    return {
        "title": protocol.title,
        "aim": protocol.aim,
        "running": protocol.running.text,
        "hills": protocol.running.hills,
        "avoid": protocol.avoid,
        "move_on": protocol.move_on,
    }


@lru_cache(maxsize=len(LANGUAGES))
def translations(language: str) -> Translations:
    """What we have in this language; nothing at all in English or in a language we do not translate to."""
    nothing: Mapping[str, Translated] = MappingProxyType({})
    if language not in LANGUAGES:
        return Translations(language, nothing, nothing, MappingProxyType({}))
    return load_translations(PLACE / language)


def load_translations(folder: Path) -> Translations:
    """Every file of one language. Raises `LibraryError` naming file, entry and key at the first thing to mend.

    The shape of an entry is held against the English only while it claims to be made from it: a stale one is not shown.
    """
    made_from = _made_from(folder)
    exercises: dict[str, Translated] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name in {PROTOCOL_FILE, COUNTED_FILE, MADE_FROM_FILE}:
            continue
        english = {key: texts_of(exercise) for key, exercise in LIBRARY.items()}
        for key, entry in _file(path, english, made_from.get("exercises", {})):
            if key in exercises:
                raise LibraryError(path.name, key, "", "is translated in another file too")
            exercises[key] = entry
    stages = {key: protocol_texts(protocol) for key, protocol in protocols_by_key().items()}
    path = folder / PROTOCOL_FILE
    protocols = dict(_file(path, stages, made_from.get("protocols", {}))) if path.exists() else {}
    return Translations(
        folder.name, MappingProxyType(exercises), MappingProxyType(protocols), MappingProxyType(_counted(folder))
    )


def marks(folder: Path) -> str:
    """The content of `made_from.toml` if every entry is made from today's English. Raises `LibraryError` where the
    shape says that it is not: a list of another length, a missing text.
    """
    lines = ["# Which English words each translation was made from. Written by `manage.py mark_translations`."]
    sections = (
        ("exercises", {key: texts_of(exercise) for key, exercise in LIBRARY.items()}),
        ("protocols", {key: protocol_texts(protocol) for key, protocol in protocols_by_key().items()}),
    )
    for section, english in sections:
        current = {key: digest(texts) for key, texts in english.items()}
        found: list[str] = []
        for path in sorted(folder.glob("*.toml")):
            if path.name in {COUNTED_FILE, MADE_FROM_FILE} or (path.name == PROTOCOL_FILE) is (section == "exercises"):
                continue
            found += [key for key, _entry in _file(path, english, current)]
        lines += ["", f"[{section}]", *(f'{key} = "{current[key]}"' for key in sorted(found))]
    return "\n".join(lines) + "\n"


def _fitting(entry: Translated | None, english: Texts) -> Translated | None:
    return entry if entry and entry.fits(english) else None


def _made_from(folder: Path) -> dict[str, dict[str, str]]:
    path = folder / MADE_FROM_FILE
    return read_toml(path) if path.exists() else {}


def _counted(folder: Path) -> dict[str, str]:
    path = folder / COUNTED_FILE
    if not path.exists():
        return {}
    entry = Entry(path.name, "", read_toml(path))
    return {key: entry.text(key) for key in entry.names()}


def _file(path: Path, english: Mapping[str, Texts], made_from: Mapping[str, str]) -> Iterator[tuple[str, Translated]]:
    data = read_toml(path)
    if "review" not in data:
        raise LibraryError(path.name, "review", "", "is missing")
    review = _review(Entry(path.name, "review", data.pop("review")))
    for key, table in data.items():
        if key not in english:
            raise LibraryError(path.name, key, "", "is not an entry of the English library")
        entry = Entry(path.name, key, table)
        of = made_from.get(key, "")
        is_current = of == digest(english[key])
        yield key, Translated(_texts(entry, english[key]) if is_current else {}, of, review)


def _review(entry: Entry) -> Review:
    review = Review(
        entry.text("translator"), entry.day("reviewed_on"), entry.day("review_due"), entry.choice("status", Status)
    )
    entry.finish()
    return review


def _texts(entry: Entry, english: Texts) -> Texts:
    """The same texts as the English has, lists as long as there, nothing more."""
    found: dict[str, Text] = {}
    for name, text in english.items():
        if isinstance(text, str):
            found[name] = entry.text(name)
        else:
            found[name] = entry.texts(name)
            if len(found[name]) != len(text):
                raise entry.error(name, f"must have {len(text)} entries as in English, not {len(found[name])}")
    entry.finish()
    return MappingProxyType(found)

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
    *("rep_word", "easier", "harder", "passes", "result"),
)
PROTOCOL_TEXTS: Final = ("title", "aim", "running", "hills", "avoid", "move_on")
PROTOCOL_FILE, MADE_FROM_FILE = "protocols.toml", "made_from.toml"

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
    """Everything translated into one language."""

    language: str
    exercises: Mapping[str, Translated]
    protocols: Mapping[str, Translated]

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
    return _stage_key(protocol.diagnosis.value, protocol.stage)


def _stage_key(diagnosis: str, stage: int) -> str:
    return f"{diagnosis}_{stage}" if stage else diagnosis


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
        return Translations(language, nothing, nothing)
    return load_translations(PLACE / language)


def load_translations(folder: Path) -> Translations:
    """Every file of one language. Raises `LibraryError` naming file, entry and key at the first thing to mend.

    The shape of an entry is held against the English only while it claims to be made from it: a stale one is not shown.
    """
    path = folder / MADE_FROM_FILE
    made_from = read_toml(path) if path.exists() else {}
    return Translations(
        folder.name,
        MappingProxyType(_exercises(folder, made_from.get("exercises", {}))),
        MappingProxyType(_protocols(folder, made_from.get("protocols", {}))),
    )


def marks(folder: Path) -> str:
    """The content of `made_from.toml` if every entry is made from today's English. Raises `LibraryError` where the
    shape says that it is not: a list of another length, a missing text.
    """
    exercises = {key: digest(texts_of(exercise)) for key, exercise in LIBRARY.items()}
    protocols = {key: digest(protocol_texts(protocol)) for key, protocol in protocols_by_key().items()}
    lines = ["# Which English words each translation was made from. Written by `manage.py mark_translations`."]
    for section, found, current in (
        ("exercises", _exercises(folder, exercises), exercises),
        ("protocols", _protocols(folder, protocols), protocols),
    ):
        lines += ["", f"[{section}]", *(f'{key} = "{current[key]}"' for key in sorted(found))]
    return "\n".join(lines) + "\n"


def _fitting(entry: Translated | None, english: Texts) -> Translated | None:
    return entry if entry and entry.fits(english) else None


def _exercises(folder: Path, made_from: Mapping[str, str]) -> dict[str, Translated]:
    found: dict[str, Translated] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name in {PROTOCOL_FILE, MADE_FROM_FILE}:
            continue
        review, tables = _opened(path)
        for key, table in tables.items():
            entry = Entry(path.name, key, table)
            if key in found:
                raise entry.error("", "is translated in another file too")
            if key not in LIBRARY:
                raise entry.error("", "is not an exercise of the English library")
            english, of = texts_of(LIBRARY[key]), made_from.get(key, "")
            found[key] = Translated(_texts(entry, english) if of == digest(english) else {}, of, review)
    return found


def _protocols(folder: Path, made_from: Mapping[str, str]) -> dict[str, Translated]:
    """Stages stand as in the English files: `[[pht.stages]]` with its `stage`, and `[pht.stages.running]` below it."""
    path, found = folder / PROTOCOL_FILE, dict[str, Translated]()
    if not path.exists():
        return found
    known = protocols_by_key()
    review, tables = _opened(path)
    for diagnosis, table in tables.items():
        whole = Entry(path.name, diagnosis, table)
        for entry in whole.entries("stages"):
            key = _stage_key(diagnosis, entry.whole("stage", 0, 4))
            if key not in known:
                raise entry.error("stage", "is not a stage of the English library")
            english, of = protocol_texts(known[key]), made_from.get(key, "")
            found[key] = Translated(_stage_texts(entry, english) if of == digest(english) else {}, of, review)
        whole.finish()
    return found


def _opened(path: Path) -> tuple[Review, dict[str, object]]:
    tables = read_toml(path)
    if "review" not in tables:
        raise LibraryError(path.name, "review", "", "is missing")
    return _review(Entry(path.name, "review", tables.pop("review"))), tables


def _review(entry: Entry) -> Review:
    review = Review(
        entry.text("translator"), entry.day("reviewed_on"), entry.day("review_due"), entry.choice("status", Status)
    )
    entry.finish()
    return review


def _texts(entry: Entry, english: Texts) -> Texts:
    """The same texts as the English has, lists as long as there, nothing more."""
    found = {name: _text(entry, name, text) for name, text in english.items()}
    entry.finish()
    return MappingProxyType(found)


def _stage_texts(entry: Entry, english: Texts) -> Texts:
    running = entry.entry("running")
    found = {name: _text(entry, name, english[name]) for name in ("title", "aim", "avoid", "move_on")}
    found |= {"running": running.text("text"), "hills": running.text("hills")}
    running.finish()
    entry.finish()
    return MappingProxyType(found)


def _text(entry: Entry, name: str, english: Text) -> Text:
    if isinstance(english, str):
        return entry.text(name)
    found = entry.texts(name)
    if len(found) != len(english):
        raise entry.error(name, f"must have {len(english)} entries as in English, not {len(found)}")
    return found

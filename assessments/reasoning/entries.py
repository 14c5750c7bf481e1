"""Reads the knowledge files. Every error names the file, the entry and the key, so that a content author can mend it."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from clinic.vocabulary.provenance import Reviewed, Source, Standing

FOLDER = Path(__file__).parent / "knowledge"


class KnowledgeError(Exception):
    """The knowledge is not what it must be. The text says where."""


@dataclass
class Entry:
    """One table of a knowledge file. Keys that nobody asked for are an error (`finish`)."""

    file: str
    name: str
    data: Mapping[str, Any]
    defaults: Mapping[str, Any] = field(default_factory=dict)
    _read: set[str] = field(default_factory=set)

    def fail(self, key: str, problem: str) -> KnowledgeError:
        """The error for one key of this entry."""
        return KnowledgeError(f"{self.file}, entry '{self.name}', key '{key}': {problem}")

    def _take(self, key: str, kind: type | tuple[type, ...], what: str, default: Any = None) -> Any:
        self._read.add(key)
        value = self.data.get(key, self.defaults.get(key, default))
        if value is None:
            raise self.fail(key, f"is missing; it must be {what}")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.fail(key, f"must be {what}, not {value!r}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text, never blank unless a default allows it."""
        value: str = self._take(key, str, "a text", default)
        if default is None and not value.strip():
            raise self.fail(key, "must not be blank")
        return value

    def number(self, key: str, default: float | None = None) -> float:
        """A number."""
        value: float = self._take(key, (int, float), "a number", default)
        return value

    def optional_number(self, key: str) -> float | None:
        """A number or None."""
        self._read.add(key)
        return self.number(key) if key in self.data else None

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        value: int = self._take(key, int, "a whole number", default)
        return value

    def flag(self, key: str, *, optional: bool = True) -> bool:
        """True or false; false when left out."""
        value: bool = self._take(key, bool, "true or false", False if optional else None)
        return value

    def day(self, key: str) -> date:
        """A date."""
        value: date = self._take(key, date, "a date")
        return value

    def texts(self, key: str, *, optional: bool = True) -> tuple[str, ...]:
        """A list of texts."""
        value = self._take(key, list, "a list of texts", [] if optional else None)
        if not all(isinstance(item, str) for item in value):
            raise self.fail(key, "must be a list of texts")
        return tuple(value)

    def numbers(self, key: str) -> tuple[float, ...]:
        """A list of numbers."""
        value = self._take(key, list, "a list of numbers")
        if not all(isinstance(item, (int, float)) and not isinstance(item, bool) for item in value):
            raise self.fail(key, "must be a list of numbers")
        return tuple(float(item) for item in value)

    def table(self, key: str, *, optional: bool = True) -> "Entry":
        """A table inside this one."""
        value = self._take(key, dict, "a table", {} if optional else None)
        return Entry(self.file, f"{self.name}.{key}", value)

    def tables(self, key: str) -> list["Entry"]:
        """A list of tables inside this one; a dictionary of tables gives one entry a name."""
        value = self._take(key, (list, dict), "tables", [])
        named = value.items() if isinstance(value, dict) else enumerate(value, start=1)
        entries = []
        for name, item in named:
            if not isinstance(item, dict):
                raise self.fail(key, f"'{name}' must be a table")
            entries.append(Entry(self.file, f"{self.name}.{key}.{name}", item))
        return entries

    def choice(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """One of the allowed texts."""
        value = self.text(key, default)
        if value not in allowed:
            raise self.fail(key, f"must be one of {', '.join(allowed)}, not '{value}'")
        return value

    def finish(self) -> None:
        """Refuses keys that nobody read: a misspelt key must not vanish silently."""
        unknown = sorted(set(self.data) - self._read)
        if unknown:
            raise self.fail(unknown[0], "is not known here")


class KnowledgeFiles:
    """All knowledge files of one folder, read once.

    `digest` covers every TOML file of the folder, byte by byte, and `version` is the newest review with the first six
    digits of it. That includes files the reasoning itself never asks for (outcome measures, retest): one folder is one
    state of knowledge, so that whatever a page showed can be shown again. Changing any of them makes a new version.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self.files: dict[str, dict[str, Any]] = {}
        digest = hashlib.sha256()
        for path in sorted(folder.glob("*.toml")):
            content = path.read_bytes()
            digest.update(path.name.encode() + b"\0" + content + b"\0")
            try:
                self.files[path.name] = tomllib.loads(content.decode())
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise KnowledgeError(f"{path.name}: cannot be read: {error}") from error
        reviews = [self._review(name, "review") for name, data in self.files.items() if "review" in data]
        if not reviews:
            raise KnowledgeError(f"{folder}: holds no reviewed knowledge")
        newest = max(review.day("reviewed_on") for review in reviews)
        self.digest = digest.hexdigest()
        self.version = f"{newest:%Y.%m.%d}-{self.digest[:6]}"
        self._sources = {entry.name: entry for entry in self.entries("sources.toml", "sources")}

    def _review(self, file: str, owner: str) -> Entry:
        return Entry(file, owner, self.files[file].get("review", {}))

    def matching(self, prefix: str) -> list[str]:
        """File names that begin so."""
        return [name for name in self.files if name.startswith(prefix)]

    def entries(self, file: str, table: str) -> Iterator[Entry]:
        """The entries of one table of one file, in the order written."""
        if file not in self.files:
            raise KnowledgeError(f"{file}: is missing")
        content = self.files[file].get(table)
        if isinstance(content, list):
            content = {str(number): item for number, item in enumerate(content, start=1)}
        if not isinstance(content, dict) or not content:
            raise KnowledgeError(f"{file}: table '{table}' is missing or empty")
        for name, data in content.items():
            if not isinstance(data, dict):
                raise KnowledgeError(f"{file}, entry '{name}': must be a table")
            yield Entry(file, name, data, self.files[file].get("review", {}))

    def entry(self, file: str, table: str) -> Entry:
        """One table that stands alone in its file."""
        return Entry(file, table, self.files.get(file, {}).get(table, {}))

    def source(self, entry: Entry, *, standing: str = "standing", default: str | None = None) -> Source:
        """The source an entry names, with the standing the entry gives it."""
        name = entry.text("source")
        cited = self._sources.get(name)
        if cited is None:
            raise entry.fail("source", f"'{name}' is not in sources.toml")
        allowed = tuple(item.value for item in Standing)
        return Source(
            citation=cited.text("citation"),
            standing=Standing(entry.choice(standing, allowed, default)),
            address=cited.text("address", ""),
            doi=cited.text("doi", ""),
        )

    def reviewed(self, entry: Entry) -> Reviewed:
        """Author and dates of an entry; the file's own review stands in for what the entry leaves out."""
        try:
            return Reviewed(entry.text("author"), entry.day("reviewed_on"), entry.day("review_due"))
        except ValueError as error:
            raise entry.fail("review_due", str(error)) from error

    def cited(self) -> frozenset[str]:
        """Names of all sources that exist."""
        return frozenset(self._sources)


CURRENT_FILES = KnowledgeFiles()

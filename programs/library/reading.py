"""Reads TOML content strictly: every complaint names the file, the entry and the key."""

import tomllib
from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from clinic.vocabulary.provenance import Reviewed

Choice = TypeVar("Choice", bound=StrEnum)


class LibraryError(ValueError):
    """Content that must be mended before anything is shown. The message says where: file, entry, key."""

    def __init__(self, file: str, entry: str, key: str, message: str) -> None:
        self.file, self.entry, self.key = file, entry, key
        where = ": ".join(part for part in (file, f"[{entry}]" if entry else "", key) if part)
        super().__init__(f"{where}: {message}")


def read_toml(path: Path) -> dict[str, Any]:
    """The file's content. Raises `LibraryError` naming the file when it is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LibraryError(path.name, "", "", str(error)) from error


class Entry:
    """One entry of a content file. Values are taken out by name; whatever is left at the end is an unknown
    key.
    """

    def __init__(self, file: str, key: str, data: object, defaults: Mapping[str, Any] | None = None) -> None:
        self.file, self.key = file, key
        if not isinstance(data, dict):
            raise LibraryError(file, key, "", "must be a table of keys and values")
        self._data: dict[str, Any] = {**(defaults or {}), **data}
        self._taken: set[str] = set()

    def error(self, key: str, message: str) -> LibraryError:
        """The complaint about one key of this entry, ready to raise."""
        return LibraryError(self.file, self.key, key, message)

    def has(self, key: str) -> bool:
        return key in self._data

    def text(self, key: str, *, optional: bool = False) -> str:
        """One tidy line of text; empty only where it is optional and missing."""
        value = self._take(key, optional=optional, default="")
        if not isinstance(value, str) or value != value.strip() or "\n" in value:
            raise self.error(key, "must be one line of text without spaces around it")
        if not value and not optional:
            raise self.error(key, "must not be empty")
        return value

    def texts(self, key: str, *, least: int = 0, most: int = 20) -> tuple[str, ...]:
        """A list of tidy lines, between `least` and `most` of them, none twice."""
        value = self._take(key, optional=least == 0, default=[])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() == v != "" for v in value):
            raise self.error(key, "must be a list of texts, none empty, without spaces around them")
        if not least <= len(value) <= most:
            raise self.error(key, f"must have {least} to {most} entries, not {len(value)}")
        if len(set(value)) != len(value):
            raise self.error(key, "says the same thing twice")
        return tuple(value)

    def whole(self, key: str, low: int, high: int) -> int:
        value = self._take(key)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.error(key, f"must be a whole number from {low} to {high}")
        return value

    def wholes(self, key: str) -> tuple[int, ...]:
        value = self._take(key, optional=True, default=[])
        if not isinstance(value, list) or not all(isinstance(v, int) and not isinstance(v, bool) for v in value):
            raise self.error(key, "must be a list of whole numbers")
        return tuple(value)

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        return self._as_choice(key, self.text(key), kind)

    def choices(self, key: str, kind: type[Choice], *, least: int = 0) -> tuple[Choice, ...]:
        return tuple(self._as_choice(key, value, kind) for value in self.texts(key, least=least))

    def day(self, key: str) -> date:
        value = self._take(key)
        if type(value) is not date:
            raise self.error(key, "must be a date such as 2026-11-22")
        return value

    def entries(self, key: str, *, optional: bool = False) -> tuple["Entry", ...]:
        """The tables under `[[entry.key]]`, each an entry of its own that remembers where it stands."""
        value = self._take(key, optional=optional, default=[])
        if not isinstance(value, list):
            raise self.error(key, "must be a list of tables")
        return tuple(Entry(self.file, self._below(f"{key}.{n}"), each) for n, each in enumerate(value, start=1))

    def entry(self, key: str) -> "Entry":
        return Entry(self.file, self._below(key), self._take(key))

    def sources(self, known: Collection[str]) -> tuple[str, ...]:
        """The source codes of this entry; at least one, each of them known."""
        codes = self.texts("sources", least=1)
        for code in codes:
            if code not in known:
                raise self.error("sources", f"“{code}” is not in sources.toml")
        return codes

    def reviewed(self) -> Reviewed:
        author, on, due = self.text("author"), self.day("reviewed_on"), self.day("review_due")
        try:
            return Reviewed(author, on, due)
        except ValueError as error:
            raise self.error("review_due", str(error)) from error

    def finish(self) -> None:
        """Call when everything is read: a key nobody asked for is a typing slip."""
        for key in self._data:
            if key not in self._taken:
                raise self.error(key, "is not a key this kind of entry has")

    def _below(self, key: str) -> str:
        return f"{self.key}.{key}" if self.key else key

    def _take(self, key: str, *, optional: bool = False, default: object = None) -> Any:
        self._taken.add(key)
        if key not in self._data and not optional:
            raise self.error(key, "is missing")
        return self._data.get(key, default)

    def _as_choice(self, key: str, value: str, kind: type[Choice]) -> Choice:
        try:
            return kind(value)
        except ValueError:
            known = ", ".join(each.value for each in kind)
            raise self.error(key, f"“{value}” is not one of: {known}") from None

"""What changed for the runner: since the version before, or since the version on the paper whose code was scanned."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from programs.models import ProgramVersion
from programs.portal.access import Visit
from programs.portal.presenters import pain_words
from programs.progression.difference import LineChange, difference

NEW_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Item:
    """One change. `entry` is the exercise, with its language, or None for what holds for the whole program."""

    title: str
    entry: Mapping[str, Any] | None
    before: str
    now: str


@dataclass(frozen=True)
class News:
    """`paper` is the number on an outdated paper, or None when nobody came from one."""

    paper: int | None
    items: list[Item]


def news_of(visit: Visit, asked: str) -> News | None:
    """None when there is nothing to tell: the first version, a version of more than a week, a paper of today's version.

    `asked` is the version the printed code carries. No query for a first version, one otherwise.
    """
    version = visit.version
    paper = next((number for number in range(1, version.number) if str(number) == asked), None)
    is_new = version.number > 1 and visit.today - version.starts_on < NEW_FOR
    if paper is None and not is_new:
        return None
    older = ProgramVersion.objects.filter(program=version.program_id, number=paper or version.number - 1).first()
    items = list(_items(older.content, version.content)) if older else []
    return News(paper, items) if items or paper else None


def _items(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[Item]:
    """Only what the runner does otherwise: another wording is simply read. Old words in another language are left out."""
    found = difference(before, after)
    is_readable = before.get("language") == after.get("language")
    for change in found.lines:
        yield from _line(change, is_readable=is_readable)
    for setting in found.settings:
        if setting.key == "ceiling":
            yield Item(_("Your pain limit"), None, "", pain_words(after["pain_ceiling"]))
        elif setting.key == "running" and setting.after[0] and setting.before[0] != setting.after[0]:
            was = setting.before[0] if is_readable else ""
            yield Item(after["running"]["title"] or _("Running"), None, was, setting.after[0])


def _line(change: LineChange, *, is_readable: bool) -> Iterable[Item]:
    was, now = change.before, change.after
    if was is None and now is not None:
        yield Item(_("New:"), now, "", now["sentence"])
    elif now is None and was is not None:
        if is_readable:
            yield Item(_("No longer in your program:"), was, "", "")
    elif was is not None and now is not None:
        if {"dose", "side"} & set(change.parts):
            yield Item(_("Changed:"), now, was["sentence"] if is_readable else "", now["sentence"])
        if "note" in change.parts and now["note"]:
            yield Item(_("A note:"), now, "", now["note"])

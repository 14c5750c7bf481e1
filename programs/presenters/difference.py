"""What one version changes against another, in staff's words; the comparison is programs.progression.difference."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from programs.freezing import frozen_content
from programs.models import Program, ProgramLine, ProgramVersion
from programs.presenters.words import condition_of, side_tag
from programs.progression.difference import Content, Entry, LineChange, difference, sideless
from programs.progression.dose import from_json
from programs.progression.dose_words import staff_text


@dataclass(frozen=True)
class Change:
    """One thing before and after, as words; one of them is empty where it was not there."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Item:
    """An exercise, or what holds for the whole program. `kind` is added, removed or changed; `kind_words` says so."""

    name: str
    side: str
    kind: str
    kind_words: str
    dose: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Changes:
    """`number` things changed; 0 says that nothing did."""

    items: tuple[Item, ...]
    program: tuple[Change, ...]
    is_reordered: bool
    number: int


def changes_between(before: Content, after: Content) -> Changes:
    """From one frozen content to another."""
    found = difference(before, after)
    return Changes(
        items=tuple(_item(change) for change in found.lines),
        program=tuple(_setting(setting.key, before, after) for setting in found.settings),
        is_reordered=found.is_reordered,
        number=found.number,
    )


def changes_to_come(program: Program, lines: Sequence[ProgramLine], newest: ProgramVersion | None) -> Changes | None:
    """What issuing the draft as it stands would change for the runner; None before the first version. `lines` of every
    phase: only the current one is issued. No query when `program.clinic` and the runner are loaded.
    """
    if newest is None:
        return None
    current = [line for line in lines if line.phase == program.phase]
    return changes_between(newest.content, frozen_content(program, current))


def _item(change: LineChange) -> Item:
    entry = change.entry
    kinds = {"added": _("added"), "removed": _("removed"), "changed": _("changed")}
    return Item(
        name=_name(entry),
        side=side_tag(entry["side"]),
        kind=change.kind,
        kind_words=kinds[change.kind],
        dose=_dose(entry),
        changes=tuple(_parts(change)),
    )


def _name(entry: Entry) -> str:
    return str(entry.get("staff_name", entry["name"]))


def _dose(entry: Entry) -> str:
    """Shorthand without the side, which stands beside the name."""
    return staff_text(from_json(sideless(entry["dose"])), _)


def _parts(change: LineChange) -> Iterable[Change]:
    was, now = change.before, change.after
    if was is None or now is None:
        return
    for part in change.parts:
        if part == "dose":
            yield Change(_("Dose"), _dose(was), _dose(now))
        elif part == "side":
            yield Change(_("Side"), _side(was), _side(now))
        elif part == "note":
            yield Change(_("Note"), was.get("note", ""), now.get("note", ""))
        else:
            yield Change(_("Wording"), "", _("described anew"))


def _side(entry: Entry) -> str:
    return side_tag(entry["side"]) or _("Both together")


def _setting(key: str, before: Content, after: Content) -> Change:
    labels = {
        "condition": _("Program for"),
        "phase": _("Phase"),
        "ceiling": _("Pain ceiling"),
        "running": _("Running"),
        "criteria": _("Move on when"),
        "avoid": _("Leave out for now"),
        "next_visit": _("Next visit"),
        "language": _("Language"),
    }
    return Change(labels[key], _words(key, before), _words(key, after))


def _words(key: str, content: Content) -> str:
    if key == "condition":
        return _condition(content)
    if key == "phase":
        return _phase(content)
    if key == "ceiling":
        return _("%(pain)s of 10") % {"pain": content["pain_ceiling"]}
    if key == "running":
        advice: Mapping[str, Any] = content.get("running_given") or content.get("running") or {}
        return ". ".join(part for part in (advice.get("headline", ""), advice.get("text", "")) if part)
    if key == "language":
        return str(dict(settings.PATIENT_LANGUAGES).get(content.get("language", ""), content.get("language", "")))
    value = content.get(key, "")
    return value if isinstance(value, str) else " ".join(value)


def _phase(content: Content) -> str:
    """Its number and title, as the clinician gave it where that is known; empty for a program without phases."""
    for number, phase in enumerate(content.get("phases", ()), start=1):
        if phase.get("is_current"):
            given = content.get("phases_given", ())
            return f"{number} · {given[number]['title'] if len(given) > number else phase['title']}"
    return ""


def _condition(content: Content) -> str:
    program = Program(diagnosis=content["diagnosis"], side=content["side"], stage=content.get("stage"))
    return condition_of(program)

"""What one issued content changes against another: exercises, doses, sides, notes, and what holds for the whole program.

Both are the frozen content of a version, or a draft frozen the same way. Answers with the entries themselves, so that
staff read shorthand and the runner reads sentences from the same comparison. A line keeps its id over versions; one that
was taken out and added again is found by its exercise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from clinic.vocabulary.sides import DoseSide

Content = Mapping[str, Any]
Entry = Mapping[str, Any]

# What of a line may differ, in the order it is told. `words`: the wording of the exercise, as far as both have it.
PARTS: Final = ("dose", "side", "note", "words")
WORDS: Final = ("name", "purpose", "start", "steps", "cues", "faults", "breathing", "equipment", "video")
# What holds for the whole program, in the order it is told.
SETTINGS: Final = ("condition", "phase", "ceiling", "running", "criteria", "avoid", "next_visit", "language")


@dataclass(frozen=True)
class LineChange:
    """One exercise: added (`before` is None), removed (`after` is None), or changed in `parts`, a few of PARTS."""

    before: Entry | None
    after: Entry | None
    parts: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    @property
    def entry(self) -> Entry:
        """The newer of the two."""
        found = self.after if self.after is not None else self.before
        assert found is not None  # noqa: S101 - one of them is always there
        return found


@dataclass(frozen=True)
class Setting:
    """Something of the whole program, as a value of its own kind on both sides; see SETTINGS and `_setting`."""

    key: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Difference:
    """Everything that changed. `is_reordered`: the exercises that stayed come in another order."""

    lines: tuple[LineChange, ...]
    settings: tuple[Setting, ...]
    is_reordered: bool

    @property
    def number(self) -> int:
        return len(self.lines) + len(self.settings) + self.is_reordered


def difference(before: Content, after: Content) -> Difference:
    """Every change from one to the other: added and changed in the newer order, then removed in the older one."""
    pairs = _pairs(before["lines"], after["lines"])
    was_of = {id(now): was for was, now in pairs}
    gone = {id(was) for was, _now in pairs}
    told: list[LineChange] = []
    reads_on = before.get("language") == after.get("language")
    for now in after["lines"]:
        was = was_of.get(id(now))
        if was is None:
            told.append(LineChange(None, now))
        elif parts := _parts(was, now, reads_on=reads_on):
            told.append(LineChange(was, now, parts))
    told += [LineChange(was, None) for was in before["lines"] if id(was) not in gone]
    settings = (Setting(key, _setting(before, key), _setting(after, key)) for key in SETTINGS)
    return Difference(
        lines=tuple(told),
        settings=tuple(setting for setting in settings if setting.before != setting.after),
        is_reordered=_is_reordered(pairs, before["lines"]),
    )


def _pairs(before: Sequence[Entry], after: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    """Lines that are the same exercise then and now, in the newer order."""
    by_line = {entry["line"]: entry for entry in before}
    pairs = [(by_line[now["line"]], now) for now in after if now["line"] in by_line]
    taken = {id(entry) for pair in pairs for entry in pair}
    left = {entry["exercise"]: entry for entry in before if id(entry) not in taken}
    again = [(left.pop(now["exercise"]), now) for now in after if id(now) not in taken and now["exercise"] in left]
    order = {id(entry): place for place, entry in enumerate(after)}
    return sorted([*pairs, *again], key=lambda pair: order[id(pair[1])])


def _is_reordered(pairs: Sequence[tuple[Entry, Entry]], before: Sequence[Entry]) -> bool:
    order = {id(entry): place for place, entry in enumerate(before)}
    places = [order[id(was)] for was, _now in pairs]
    return places != sorted(places)


def _parts(was: Entry, now: Entry, *, reads_on: bool) -> tuple[str, ...]:
    """Another language words everything anew: then that is told once, and not for every exercise."""
    differs = {
        "dose": sideless(was["dose"]) != sideless(now["dose"]),
        "side": was["side"] != now["side"],
        "note": was.get("note", "") != now.get("note", ""),
        "words": reads_on and any(was[name] != now[name] for name in WORDS if name in was and name in now),
    }
    return tuple(part for part in PARTS if differs[part])


def sideless(dose: Mapping[str, Any]) -> dict[str, Any]:
    """The dose without its side, so that a change of side is told as that and nothing else."""
    return {**dose, "side": DoseSide.BOTH.value}


def _setting(content: Content, key: str) -> Any:
    """Condition: (diagnosis, side, stage). Phase: its title. Running: its headline and text. The rest as it is kept."""
    if key == "condition":
        return content.get("diagnosis"), content.get("side"), content.get("stage")
    if key == "phase":
        return next((phase["title"] for phase in content.get("phases", ()) if phase.get("is_current")), "")
    if key == "ceiling":
        return content.get("pain_ceiling")
    if key == "running":
        advice = content.get("running") or {}
        return advice.get("headline", ""), advice.get("text", "")
    if key in ("criteria", "avoid"):
        return tuple(content.get(key, ()))
    return content.get(key, "")

"""The ticked sheet as a grid: which boxes are open, and what typing it back would write. Pure.

What the runner told himself is never touched. A blank box is not reported; a box that was typed before can be corrected or
taken back. Pain is the day's worst, as the sheet asks for it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from programs.progression.plan import PlannedSession

DONE, SKIPPED, BLANK = "done", "skipped", ""
ANSWERS = (DONE, SKIPPED, BLANK)


@dataclass(frozen=True)
class Held:
    """An answer that stands already. `is_paper`: typed from a sheet, so it may be corrected here."""

    status: str
    pain: int | None
    is_paper: bool


@dataclass(frozen=True)
class Entry:
    """One answer to write."""

    session: PlannedSession
    status: str
    pain: int | None


@dataclass(frozen=True)
class Changes:
    """What saving would do. `without_answer`: days with a pain and no typed exercise to keep it with."""

    added: tuple[Entry, ...] = ()
    changed: tuple[Entry, ...] = ()
    removed: tuple[PlannedSession, ...] = ()
    without_answer: tuple[date, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def open_sessions(
    planned: Iterable[PlannedSession], held: Mapping[PlannedSession, Held], open_days: Collection[date]
) -> list[PlannedSession]:
    """The boxes that can be typed into: planned, on an open day, and not told by the runner."""
    return [
        session
        for session in planned
        if session.day in open_days and not (session in held and not held[session].is_paper)
    ]


def paper_pain(held: Mapping[PlannedSession, Held]) -> dict[date, int]:
    """The worst pain of each day as it was typed before."""
    pain: dict[date, int] = {}
    for session, answer in held.items():
        if answer.is_paper and answer.pain is not None:
            pain[session.day] = max(answer.pain, pain.get(session.day, 0))
    return pain


def filled(
    given: Mapping[PlannedSession, str], sessions: Iterable[PlannedSession], up_to: date
) -> dict[PlannedSession, str]:
    """Every blank box up to a day ticked as done; what is said already stays."""
    return {
        session: DONE if given.get(session, BLANK) == BLANK and session.day <= up_to else given.get(session, BLANK)
        for session in sessions
    }


def changes_of(
    given: Mapping[PlannedSession, str],
    pain: Mapping[date, int],
    sessions: Iterable[PlannedSession],
    held: Mapping[PlannedSession, Held],
) -> Changes:
    """Against what stands. `sessions` are the open boxes; nothing else in `given` counts."""
    added, changed, removed = [], [], []
    answered = set()
    for session in sessions:
        status, before = given.get(session, BLANK), held.get(session)
        if status == BLANK:
            if before:
                removed.append(session)
            continue
        answered.add(session.day)
        entry = Entry(session, status, pain.get(session.day))
        if before is None:
            added.append(entry)
        elif (before.status, before.pain) != (entry.status, entry.pain):
            changed.append(entry)
    return Changes(
        added=tuple(added),
        changed=tuple(changed),
        removed=tuple(removed),
        without_answer=tuple(sorted(day for day in pain if day not in answered)),
    )

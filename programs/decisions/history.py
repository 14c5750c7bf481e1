"""What was asked of the runner when: the issued versions, as far as a decision needs them."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from programs.models import Program, ProgramVersion
from programs.progression.criteria import SELF_TESTS
from programs.progression.dose import from_json
from programs.progression.plan import PlannedSession, planned_sessions

A_DAY = timedelta(days=1)
Content = Mapping[str, Any]
KEPT = ("diagnosis", "stage", "side", "pain_ceiling", "running", "running_given", "phases_given", "self_test", "doses")
LINES = ("line", "exercise", "staff_name", "name")


@dataclass(frozen=True)
class Issued:
    """One issued version and the days it held: it supersedes older ones from its first day, not before."""

    number: int
    issued_at: datetime
    starts_on: date
    last_on: date
    content: Content

    @property
    def stage(self) -> tuple[str, int | None]:
        """Stages belong to a diagnosis: stage 2 of another one is another stage."""
        return self.content["diagnosis"], self.content["stage"]

    @property
    def run_level(self) -> int | None:
        advice = self.content.get("running_given") or self.content.get("running") or {}
        level = advice.get("level")
        return level if isinstance(level, int) else None

    @property
    def doses(self) -> dict[str, Any]:
        """By exercise, because a line that was taken out and added again is the same work."""
        exercises = {line["line"]: line["exercise"] for line in self.content["lines"]}
        return {exercises[line]: dose for line, dose in self.content["doses"].items()}

    @property
    def asked(self) -> tuple[Any, ...]:
        """Everything whose change makes it another program: words, notes and a new last day do not."""
        phase = (self.content.get("phases_given") or [None])[0]
        return self.stage, self.content["side"], self.content["pain_ceiling"], self.run_level, phase, self.doses

    @property
    def self_test(self) -> int | None:
        """How many of the self-tests it builds on: as the clinician said, else by the hardest one among its exercises."""
        said = self.content.get("self_test")
        if said is not None:
            return int(said)
        exercises = {line["exercise"] for line in self.content["lines"]}
        trained = [place for place, test in enumerate(SELF_TESTS) if test.check in exercises]
        return max(trained, default=None)

    @property
    def planned(self) -> tuple[PlannedSession, ...]:
        doses = {line: from_json(dose) for line, dose in self.content["doses"].items()}
        return planned_sessions(doses, self.starts_on, self.last_on)


def issued_of(program: Program, versions: Sequence[ProgramVersion] | None = None) -> list[Issued]:
    """The versions that held or will hold, oldest first; one that was superseded before its first day never did.

    One query, none when the versions are given.
    """
    if versions is None:
        versions = list(ProgramVersion.objects.filter(program=program))
    ordered = sorted(versions, key=lambda version: version.number)
    held = []
    for place, version in enumerate(ordered):
        newer = [each.starts_on - A_DAY for each in ordered[place + 1 :]]
        last = min(version.ends_on, *newer) if newer else version.ends_on
        if last >= version.starts_on:
            held.append(Issued(version.number, version.issued_at, version.starts_on, last, version.content))
    return held


def holding(issued: Sequence[Issued], today: date) -> list[Issued]:
    """Those that have begun, oldest first; before the first day the one to come, so that there is always a last one."""
    return [each for each in issued if each.starts_on <= today] or list(issued[:1])


def same_since(held: Sequence[Issued], of: Callable[[Issued], Hashable | Mapping[str, Any]]) -> date:
    """The first day of the newest version's value, as long as it has held without another in between."""
    return _first(held, lambda older, newer: of(older) == of(newer))


def unchanged_since(held: Sequence[Issued]) -> date:
    """The first day the runner has done this very program; after days without any plan it begins anew."""
    return _first(held, lambda older, newer: older.asked == newer.asked and newer.starts_on - older.last_on == A_DAY)


def _first(held: Sequence[Issued], goes_on: Callable[[Issued, Issued], bool]) -> date:
    newest = held[-1]
    for older in reversed(held[:-1]):
        if not goes_on(older, newest):
            break
        newest = older
    return newest.starts_on

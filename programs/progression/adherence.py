"""Honest adherence: done, not done and not reported are three different things, and the future is none of
them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from programs.progression.messages import Gettext
from programs.progression.plan import PlannedSession


class Outcome(StrEnum):
    """What the patient said about one planned session. No answer is no outcome, never a third value."""

    DONE = "done"
    NOT_DONE = "not_done"


@dataclass(frozen=True)
class Adherence:
    """Counts of planned sessions up to today. `planned` = done + skipped + not_reported.

    `not_yet`: today's sessions without an answer; the day is not over, so they count nowhere else.
    `extra`: sessions done that nobody planned.
    """

    planned: int
    done: int
    skipped: int
    not_reported: int
    not_yet: int
    extra: int

    @property
    def is_silent(self) -> bool:
        """Something was planned and nothing at all was reported."""
        return self.planned > 0 and self.not_reported == self.planned


def adherence(planned: Iterable[PlannedSession], answers: Mapping[PlannedSession, Outcome], today: date) -> Adherence:
    """Count the planned sessions up to and including `today` (the patient's day). The order of neither
    matters.
    """
    sessions = set(planned)
    past = [session for session in sessions if session.day < today]
    todays = [session for session in sessions if session.day == today]
    counted = past + [session for session in todays if session in answers]
    done = sum(answers.get(session) is Outcome.DONE for session in counted)
    skipped = sum(answers.get(session) is Outcome.NOT_DONE for session in counted)
    unplanned = [session for session in answers if session not in sessions and session.day <= today]
    return Adherence(
        planned=len(counted),
        done=done,
        skipped=skipped,
        not_reported=len(counted) - done - skipped,
        not_yet=len(todays) + len(past) - len(counted),
        extra=sum(answers[session] is Outcome.DONE for session in unplanned),
    )


def adherence_words(counts: Adherence, gettext: Gettext = str) -> str:
    """One line for staff and patient alike: `9 of 12 planned done, 2 skipped, 1 not reported`."""
    if counts.planned == 0:
        return gettext("Nothing was planned up to today.")
    parts = [gettext("{done} of {planned} planned done").format(done=counts.done, planned=counts.planned)]
    if counts.skipped:
        parts.append(gettext("{n} skipped").format(n=counts.skipped))
    if counts.not_reported:
        parts.append(gettext("{n} not reported").format(n=counts.not_reported))
    return ", ".join(parts)

"""Between a signed record and its replay: takes the frozen rows, asks no query, writes nothing."""

from collections.abc import Iterable

from assessments.models import Answer, Assessment
from assessments.reasoning import Replay, Today, replay, reread
from assessments.reasoning.replay import Stored


def stored(answers: Iterable[Answer]) -> list[Stored]:
    """The answers that were reasoned over: one carried over and never confirmed was not."""
    return [(answer.key, answer.side, answer.value) for answer in answers if answer.carried_from_id is None]


def replay_of(assessment: Assessment, answers: Iterable[Answer]) -> Replay:
    """A signed assessment once more with the knowledge it was signed with. Some milliseconds."""
    return replay(assessment.shown or {}, stored(answers))


def today_of(assessment: Assessment, answers: Iterable[Answer]) -> Today:
    """The same answers with today's knowledge."""
    return reread(assessment.shown or {}, stored(answers))

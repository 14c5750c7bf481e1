"""Why an action was refused, each in words that say what to do next. Nothing was written when one of these is raised."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


class Refused(Exception):
    """An action that cannot be done now. `words` are for the person who asked."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class AlreadySigned(Refused):
    """Somebody signed the assessment: it can be amended, never changed."""

    def __init__(self) -> None:
        super().__init__(_("This assessment is signed and can no longer change. Amend it to correct something."))


class AnswerRefused(Refused):
    """A value the finding does not allow."""


class AnswerAsked(AnswerRefused):
    """A value that is possible and unusual. `words` ask about it, `keep` is what a button says that keeps it.

    It is neither stored nor thrown away: whoever typed it says that it is meant, or types another one.
    """

    def __init__(self, words: str, *, keep: str) -> None:
        super().__init__(words)
        self.keep = keep


class AnsweredMeanwhile(Refused):
    """A colleague, or another window, changed this answer after it was shown here."""


class ConcludedMeanwhile(Refused):
    """A colleague changed the same part of the conclusion after it was shown here."""


@dataclass(frozen=True)
class Problem:
    """One thing that stands between a draft and its signature; `where` is an anchor on the page that mends it."""

    code: str
    words: str
    where: str = ""


class NotReady(Refused):
    """The assessment cannot be signed yet; `problems` name everything that is missing, at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(problem.words for problem in problems))
        self.problems = problems

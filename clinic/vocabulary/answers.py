"""The three answers to "is this finding there?"."""

from enum import StrEnum


class Answer(StrEnum):
    """Present, absent and not assessed are three different things.

    ABSENT means somebody looked and did not find it. NOT_ASSESSED means nobody knows; it never counts as a "no".
    """

    PRESENT = "present"
    ABSENT = "absent"
    NOT_ASSESSED = "not_assessed"

    @property
    def is_known(self) -> bool:
        """True when somebody looked, whatever they found."""
        return self is not Answer.NOT_ASSESSED

"""What a rule may need to know about the person who runs."""

from enum import StrEnum


class Sex(StrEnum):
    """Sex as the clinic records it; leave it out when it is not known."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class RunningType(StrEnum):
    """The kind of running that loads this person's legs most."""

    DISTANCE = "distance"
    SPRINT = "sprint"
    TRAIL = "trail"
    OTHER = "other"

"""What the runner says about the course, place by place: three activities in own words, their scores, the change as a whole."""

from dataclasses import dataclass

NUMBERS = (1, 2, 3)
"""At most three activities."""
WORDS, SCORE, RATING = "words", "psfs", "groc"
PLACES = (*(f"{WORDS}-{number}" for number in NUMBERS), *(f"{SCORE}-{number}" for number in NUMBERS), RATING)
"""In the order they are written: an activity has words before it has a score."""


@dataclass(frozen=True)
class Said:
    """One thing said at one place. `seen` is what the sender's screen showed before, None when it is not known.

    `mine` is what the sender had said itself since then and was still on its way.
    """

    place: str
    value: str
    seen: str | None = None
    mine: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """words, psfs or groc."""
        return self.place.partition("-")[0]

    @property
    def number(self) -> int:
        """The activity's, 0 for the rating."""
        return int(self.place.partition("-")[2] or 0)

    def expects(self, stored: str) -> bool:
        """Whether the sender knew of what is stored now."""
        return self.seen is None or stored == self.seen or stored in self.mine

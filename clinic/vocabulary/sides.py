"""Sides of the body, of a complaint and of a dose."""

from enum import StrEnum


class Side(StrEnum):
    """One side of the body, the patient's own left or right."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def opposite(self) -> "Side":
        """The other side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class PainfulSide(StrEnum):
    """Where the complaint is. Both means both thighs hurt, not that the side is unknown."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"

    @property
    def sides(self) -> tuple[Side, ...]:
        """The painful sides, one or two."""
        if self is PainfulSide.BOTH:
            return (Side.LEFT, Side.RIGHT)
        return (Side(self.value),)

    @property
    def sound_sides(self) -> tuple[Side, ...]:
        """The sides without the complaint; none when both hurt."""
        return tuple(side for side in Side if side not in self.sides)


class DoseSide(StrEnum):
    """On which side an exercise is done. Both: the two together; alternate: one after the other, taking turns."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    ALTERNATE = "alternate"

    @classmethod
    def of(cls, side: Side) -> "DoseSide":
        """The dose side that trains exactly this side of the body."""
        return cls(side.value)

    @property
    def mirrored(self) -> "DoseSide":
        """The same work for the other leg; both and alternate stay as they are."""
        if self is DoseSide.LEFT:
            return DoseSide.RIGHT
        if self is DoseSide.RIGHT:
            return DoseSide.LEFT
        return self

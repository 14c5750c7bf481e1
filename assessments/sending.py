"""How a browser counts what it sends."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Sent:
    """Where a message stands among those of one browser about one assessment: its random id, and a number that rises."""

    device: UUID
    number: int

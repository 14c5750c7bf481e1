"""Words beside lines, kept apart."""

from collections.abc import Sequence


def spread(wanted: Sequence[float], *, room: float, lowest: float, highest: float) -> list[float]:
    """Heights as near to the wanted ones as possible, at least `room` apart, in the wanted order, between the two limits.

    What does not fit between the limits goes on below the lower one rather than lie over another.
    """
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    heights = [min(max(wanted[place], lowest), highest) for place in order]
    for place in range(1, len(heights)):
        heights[place] = max(heights[place], heights[place - 1] + room)
    limit = highest
    for place in range(len(heights) - 1, -1, -1):
        heights[place] = min(heights[place], limit)
        limit = heights[place] - room
    for place in range(len(heights)):
        floor = lowest if place == 0 else heights[place - 1] + room
        heights[place] = max(heights[place], floor)
    found = [0.0] * len(wanted)
    for place, height in zip(order, heights, strict=True):
        found[place] = height
    return found

"""A clinic's colour on paper: written as #rrggbb, and dark enough for words on white. Contrast as WCAG 2 counts it."""

import re
from typing import Final

WRITTEN: Final = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})")
ENOUGH: Final = 4.5  # contrast of ordinary words, WCAG 2.2 criterion 1.4.3
_STEPS: Final = 100


def colour_in(text: str) -> str | None:
    """`#0b5a6b` for what somebody typed (#0B5A6B, 0b5a6b, #abc), or None where it is no such colour."""
    found = WRITTEN.fullmatch(text.strip().lower())
    if found is None:
        return None
    digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
    return f"#{digits}"


def contrast_on_white(colour: str) -> float:
    """From 1 (white itself) to 21 (black)."""
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def dark_enough(colour: str) -> str:
    """The colour itself when words in it can be read on white and in a grey copy; otherwise the same hue, just dark enough."""
    for step in range(_STEPS, -1, -1):
        darker = "#" + "".join(f"{round(part * step / _STEPS):02x}" for part in _parts(colour))
        if contrast_on_white(darker) >= ENOUGH:
            return darker
    return "#000000"


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

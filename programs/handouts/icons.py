"""Small signs of the sheet, drawn here because the font lacks them, as background images.

Backgrounds and not inline drawings: beside each stands the word that says the same, and a background stays out of
the reading order of the tagged PDF.
"""

from base64 import b64encode
from typing import Final

_FOOT: Final = "M9 1c4-1 7 3 7 9 0 5-2 8-2 12 0 5 1 7 0 11-1 4-9 4-10 0-1-4 1-7 1-11 0-4-4-6-4-12C1 5 5 2 9 1z"
_LEFT_LETTER: Final = "M7 8v8h4.5"
_RIGHT_LETTER: Final = "M7 16V8h2.6a2.2 2.2 0 0 1 0 4.4H7m2.6 0L12 16"
_MIRROR: Final = "translate(18 0) scale(-1 1)"


def _image(view_box: str, body: str) -> str:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box}">{body}</svg>'
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def _foot(*, right: bool, filled: bool, ink: str, ground: str, offset: int) -> str:
    """One foot seen from above, the working one filled, the other dashed; its letter stands on it."""
    shape = (
        f'<path d="{_FOOT}" fill="{ink}"/>'
        if filled
        else f'<path d="{_FOOT}" fill="none" stroke="{ink}" stroke-width="1.3" stroke-dasharray="2.6 1.8"/>'
    )
    if right:
        shape = f'<g transform="{_MIRROR}">{shape}</g>'
    letter = _RIGHT_LETTER if right else _LEFT_LETTER
    ink_of_letter = ground if filled else ink
    shape += f'<path d="{letter}" fill="none" stroke="{ink_of_letter}" stroke-width="1.9"/>'
    return f'<g transform="translate({offset} 1)">{shape}</g>'


def _feet(*, left: bool, right: bool, left_ink: str, right_ink: str, left_ground: str, right_ground: str) -> str:
    return _image(
        "0 0 46 38",
        _foot(right=False, filled=left, ink=left_ink, ground=left_ground, offset=1)
        + _foot(right=True, filled=right, ink=right_ink, ground=right_ground, offset=27),
    )


def _one_ground(*, left: bool, right: bool, ink: str, ground: str) -> str:
    return _feet(left=left, right=right, left_ink=ink, right_ink=ink, left_ground=ground, right_ground=ground)


_INK: Final = "#111111"
_STOP: Final = "#8f1420"
_WHITE: Final = "#ffffff"

ICONS: Final = {
    "feet_left": _one_ground(left=True, right=False, ink=_WHITE, ground=_INK),
    "feet_right": _one_ground(left=False, right=True, ink=_INK, ground=_WHITE),
    "feet_both": _one_ground(left=True, right=True, ink=_INK, ground="#d6d6d6"),
    "feet_alternate": _feet(
        left=True, right=True, left_ink=_WHITE, right_ink=_INK, left_ground=_INK, right_ground=_WHITE
    ),
    "feet_each": _one_ground(left=True, right=True, ink=_INK, ground=_WHITE),
    "tick": _image("0 0 24 24", f'<path d="M3 13l6 6L21 5" fill="none" stroke="{_INK}" stroke-width="4"/>'),
    "cross": _image("0 0 24 24", f'<path d="M4 4l16 16M20 4L4 20" fill="none" stroke="{_INK}" stroke-width="4"/>'),
    "go": _image(
        "0 0 24 24",
        f'<circle cx="12" cy="12" r="10.4" fill="#ffffff" stroke="{_INK}" stroke-width="2"/>'
        f'<path d="M7 12.6l3.4 3.5L17 8.6" fill="none" stroke="{_INK}" stroke-width="2.8"/>',
    ),
    "ease": _image(
        "0 0 24 24",
        f'<path d="M12 2.2L23 21.6H1z" fill="#ffffff" stroke="{_INK}" stroke-width="2" stroke-linejoin="round"/>'
        f'<path d="M12 8.6v6.2M12 16.6v2.6" fill="none" stroke="{_INK}" stroke-width="2.8"/>',
    ),
    "stop": _image(
        "0 0 24 24",
        '<path d="M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z" fill="#ffffff"/>'
        f'<path d="M8 8l8 8M16 8l-8 8" fill="none" stroke="{_STOP}" stroke-width="3.2"/>',
    ),
}
"""Data addresses by name: own feet from above for the four sides, the three shapes of the pain light, tick and cross."""

"""What the style files promise: readable colours in light and dark, documented components, icons that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
TOKENS = dict(re.findall(r"--([\w-]+): light-dark\(([^)]*)\)", (ROOT / "static" / "css" / "tokens.css").read_text()))
SURFACES = ["paper", "card", "brand-wash"]
OWN_WASH = {"for": "for-wash", "against": "against-wash", "stop": "stop-wash", "caution": "caution-wash"}
TEXT_ON = [
    *[(text, surface) for text in ["ink", "soft", "brand"] for surface in [*SURFACES, "sunk"]],
    *[(text, surface) for text in OWN_WASH for surface in [*SURFACES, OWN_WASH[text]]],
    *[("ink", wash) for wash in OWN_WASH.values()],
    ("on-ink", "ink"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str, scheme: int) -> float:
    """The contrast ratio of WCAG 2.2 between two tokens; scheme 0 is light, 1 is dark."""
    pair = [luminance(TOKENS[name].split(", ")[scheme]) for name in (one, other)]
    return (max(pair) + 0.05) / (min(pair) + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "surface"), TEXT_ON)
def test_text_can_be_read_on_every_surface_it_stands_on(text: str, surface: str, scheme: int) -> None:
    assert contrast(text, surface, scheme) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("mark", ["edge", "brand", "caution-mark"])
def test_a_box_to_fill_in_and_the_focus_ring_stand_out(mark: str, surface: str, scheme: int) -> None:
    assert contrast(mark, surface, scheme) >= 3


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_each_style_file_says_what_it_holds(path: Path) -> None:
    assert path.read_text().startswith("/* ")


@pytest.mark.parametrize("path", [p for p in STYLES if p.name not in {"tokens.css", "print.css"}], ids=lambda p: p.name)
def test_colours_are_named_in_the_tokens_only(path: Path) -> None:
    rules = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*;)", rules)


def test_templates_use_only_icons_that_are_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static" / "img" / "icons.svg").read_text()))
    used: set[str] = set()
    for path in (ROOT / "templates").rglob("*.html"):
        used |= set(re.findall(r'components/icon\.html" with name="([\w-]+)"', path.read_text()))
        used |= set(re.findall(r'components/empty\.html" with [^%]*\bicon="([\w-]+)"', path.read_text()))
    assert used <= drawn

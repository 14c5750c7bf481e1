"""A clinic's colour: read as people type it, and never too light for words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.colours import colour_in, contrast_on_white, dark_enough


@pytest.mark.parametrize(
    ("typed", "colour"),
    [
        ("#0b5a6b", "#0b5a6b"),
        (" 0B5A6B ", "#0b5a6b"),
        ("#abc", "#aabbcc"),
        ("red", None),
        ("#12345", None),
        ("#0b5a6b; } @import url(x)", None),
        ("", None),
    ],
)
def test_a_colour_is_read_as_people_type_it(typed: str, colour: str | None) -> None:
    assert colour_in(typed) == colour


def test_contrast_runs_from_white_to_black() -> None:
    assert contrast_on_white("#ffffff") == pytest.approx(1)
    assert contrast_on_white("#000000") == pytest.approx(21)
    assert contrast_on_white("#767676") == pytest.approx(4.54, abs=0.01)


@given(st.integers(0, 0xFFFFFF))
def test_what_is_kept_can_be_read_on_white(number: int) -> None:
    colour = f"#{number:06x}"
    kept = dark_enough(colour)
    assert contrast_on_white(kept) >= 4.5
    assert (kept == colour) == (contrast_on_white(colour) >= 4.5)

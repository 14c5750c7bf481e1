"""The drawing: closed regions that tile the body, mirrored exactly, readable without colour, the same in words."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from assessments.chart import chart_words
from assessments.presenters.body_chart import change_words, chart_of, chart_svg, legend
from assessments.presenters.chart_drawing import inside, marks, middle, path, polygon, spots
from assessments.presenters.chart_geometry import CHAINS, HEIGHT, LEFT, SHAPES, TOP, WIDTH, outline
from assessments.reasoning.body_chart import PLACES, QUALITIES, REGIONS, Area, Place, Quality, View, area

CORNERS = {place: polygon(shape) for place, shape in SHAPES.items()}
CHART = [
    area(("buttock", "left"), ["ache", "tight"], is_worst=True),
    area(("calf", "left"), ["tingling"]),
    Area("sacrum"),
]


def on_view(view: View) -> list[Place]:
    return [place for place in PLACES if REGIONS[place[0]].view is view]


def test_every_region_is_drawn_once_for_each_side() -> None:
    assert set(SHAPES) == set(PLACES)
    assert set(CHAINS) == set(REGIONS)


@pytest.mark.parametrize("place", PLACES, ids="-".join)
def test_each_region_is_one_closed_line(place: Place) -> None:
    pieces = SHAPES[place].pieces
    for one, other in [*pairwise(pieces), (pieces[-1], pieces[0])]:
        assert one[3] == pytest.approx(other[0]), "each curve begins where the one before ends"


@pytest.mark.parametrize("view", list(View))
def test_the_regions_tile_the_body_without_gap_or_overlap(view: View) -> None:
    """Looked at on a grid: inside the contour exactly one region, outside none. Only the strip above the cut is nobody's."""
    contour = [point for piece in outline(view) for point in _sampled(piece)]
    places = on_view(view)
    for row in range(int(TOP) + 7, int(TOP + HEIGHT), 2):
        for column in range(int(LEFT), int(LEFT + WIDTH), 3):
            point = (column + 0.37, row + 0.21)
            found = [place for place in places if inside(point, CORNERS[place])]
            assert len(found) == int(inside(point, contour)), f"{point}: {found}"


def _sampled(piece: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = piece
    return [
        (
            (1 - t) ** 3 * ax + 3 * t * (1 - t) ** 2 * bx + 3 * t * t * (1 - t) * cx + t**3 * dx,
            (1 - t) ** 3 * ay + 3 * t * (1 - t) ** 2 * by + 3 * t * t * (1 - t) * cy + t**3 * dy,
        )
        for t in (step / 8 for step in range(8))
    ]


@pytest.mark.parametrize("key", [key for key, region in REGIONS.items() if region.sided])
def test_left_and_right_are_exact_mirror_images(key: str) -> None:
    left, right = SHAPES[key, "left"].pieces, SHAPES[key, "right"].pieces
    assert [tuple((-x, y) for x, y in piece) for piece in left] == list(right)


def test_left_is_on_the_left_from_behind_and_on_the_right_from_the_front() -> None:
    for key, region in REGIONS.items():
        if region.sided:
            x, _y = middle(key, "left")
            assert (x < 0) is (region.view is View.BACK), key


@pytest.mark.parametrize("place", PLACES, ids="-".join)
def test_even_the_smallest_region_shows_its_sign_inside_itself(place: Place) -> None:
    assert spots(*place)
    assert all(inside(spot, CORNERS[place]) for spot in spots(*place))


@pytest.mark.parametrize("place", PLACES, ids="-".join)
def test_every_region_is_large_enough_for_a_finger_on_a_phone(place: Place) -> None:
    """At 304 px for the width of a view: 24 px either way at the least (WCAG 2.2, 2.5.8)."""
    scale = 304 / WIDTH
    xs, ys = zip(*CORNERS[place], strict=True)
    assert (max(xs) - min(xs)) * scale >= 24
    assert (max(ys) - min(ys)) * scale >= 24


def test_every_quality_has_its_own_sign_so_no_colour_is_needed() -> None:
    signs = {re.search(r' d="([^"]+)"', str(option.sign))[1] for option in legend("en")}  # type: ignore[index]
    assert len(signs) == len(QUALITIES)


def test_signs_of_several_qualities_take_turns_and_the_worst_has_a_star() -> None:
    drawn = str(marks(View.BACK, CHART))
    for quality in ("ache", "tight"):
        sign = re.search(r' d="([^"]+)"', str(legend("en")[list(Quality).index(Quality(quality))].sign))
        assert sign
        assert f'd="{sign[1]}"' in drawn
    assert drawn.count('class="chart-worst"') == 1
    assert "is-worst" in drawn


def test_the_picture_for_paper_stands_alone() -> None:
    """Well-formed, without style sheet, ids, scripts or anything to load; named in words."""
    svg = str(chart_svg(CHART))
    root = ElementTree.fromstring(svg)
    assert not re.search(r"style=|\sid=|href|url\(|<style|<script|var\(", svg)
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text == (
        "Body chart: Left buttock: ache, tight or pulling, worst area; Sacrum: pain, quality not said;"
        " Left calf: tingling or electric"
    )
    said = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert said == ["From behind", "Left", "Right", "From the front", "Right", "Left"]
    assert len(svg) < 60_000


def test_an_empty_chart_is_a_body_and_says_so() -> None:
    assert "nothing marked" in str(chart_svg([]))
    assert chart_words([]) == []
    assert chart_of([]).ring == "empty"


def test_the_list_names_the_same_regions_as_the_drawing() -> None:
    chart = chart_of(CHART)
    assert [cell.id for cell in chart.cells] == [hit.id for view in chart.views for hit in view.hits]
    assert {cell.id for cell in chart.cells if cell.state} == {"buttock-left", "calf-left", "sacrum"}
    assert chart.worst == "buttock-left"


def test_what_changed_since_the_last_visit_is_said_in_words_spread_first() -> None:
    before = [area(("buttock", "left"), ["ache"]), Area("sacrum")]
    assert change_words(before, CHART) == [
        "The pain on the left reaches further down the leg than before.",
        "New: Left calf: tingling or electric.",
        "Changed: Left buttock: ache, tight or pulling, worst area (before: ache).",
    ]
    assert change_words(CHART, before)[-1] == "The pain on the left has drawn back towards the hip."
    assert "Gone: Left calf." in change_words(CHART, before)
    assert change_words(CHART, CHART) == []


def test_paths_are_short_enough_to_send_with_every_page() -> None:
    assert sum(len(path(shape.pieces, closed=True)) for shape in SHAPES.values()) < 15_000

"""The drawings: every pose can be held, what cannot be reached is an error, and the svg holds nothing but shapes."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from programs.figures import paint
from programs.figures.drawing import frame_parts, to_svg
from programs.figures.paint import HEIGHT, WIDTH
from programs.figures.pose import FigureError, Leg, Pose, blended
from programs.figures.reading import read_folder
from programs.figures.scene import Figure
from programs.figures.skeleton import solved
from programs.handouts.drawing import checked

FIGURES = list(read_folder())


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.key)
def test_every_frame_can_be_drawn_and_holds_only_shapes(figure: Figure) -> None:
    svg = to_svg(figure, mirrored=False, title=figure.key, words="-")
    root = ElementTree.fromstring(svg)
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names == {"svg", "title", "desc", "g", "path"}
    assert not [element for element in root.iter() if {"id", "style", "class"} & set(element.attrib)]


def test_a_hand_or_foot_out_of_reach_is_an_error_that_says_how_far() -> None:
    pose = Pose(near_leg=Leg(foot=80.0))
    with pytest.raises(FigureError, match=r"near foot cannot reach: .* units too far"):
        solved(pose)


def test_the_drawing_for_the_other_side_is_the_same_drawing_turned_round_with_the_words_left_alone() -> None:
    figure = FIGURES[0]
    plain = to_svg(figure, mirrored=False, title="Bridge", words="Lying")
    turned = to_svg(figure, mirrored=True, title="Bridge", words="Lying")
    assert turned.count("scale(-1 1)") == len(figure.frames)
    assert turned.replace('<g transform="translate(240 0) scale(-1 1)">', "").replace("</g></g>", "</g>") == plain


def test_a_foot_on_the_floor_does_not_slide_between_start_and_end() -> None:
    figure = next(figure for figure in FIGURES if figure.key == "bridge_two_leg")
    start, end = (scene.pose for scene in figure.frames)
    assert isinstance(start, Pose)
    assert isinstance(end, Pose)
    ankles = {
        tuple(round(part, 6) for part in solved(blended(start, end, step / 8)).near_leg.ankle) for step in range(9)
    }
    assert len(ankles) == 1


def test_bones_keep_their_length_however_the_leg_is_solved() -> None:
    pose = replace(Pose(), near_leg=Leg(foot=10.0), anchor=replace(Pose().anchor, y=45.0))
    leg = solved(pose).near_leg
    assert abs(((leg.knee[0] - leg.hip[0]) ** 2 + (leg.knee[1] - leg.hip[1]) ** 2) ** 0.5 - 24.5) < 1e-6


def test_an_unreachable_target_names_the_figure_and_the_frame() -> None:
    figure = next(figure for figure in FIGURES if figure.key == "bridge_two_leg")
    end = figure.frames[1]
    assert isinstance(end.pose, Pose)
    far_away = replace(end, pose=replace(end.pose, near_leg=Leg(foot=120.0)))
    broken = replace(figure, frames=(figure.frames[0], far_away))
    with pytest.raises(FigureError, match=r"figure 'bridge_two_leg', frame 2: the near foot cannot reach"):
        to_svg(broken, mirrored=False, title="-", words="-")


NUMBERS = re.compile(r"-?[\d.]+")
MILLIMETRES_WIDE, THINNEST_LINE = 30, 0.075  # on paper; a laser printer still draws it
MOST_BYTES = 90 * 1024


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.key)
def test_a_drawing_stays_inside_its_field_and_within_its_size(figure: Figure) -> None:
    svg = to_svg(figure, mirrored=False, title=figure.key, words="-")
    assert len(svg) < MOST_BYTES
    for number in range(len(figure.frames)):
        for d in re.findall(r' d="([^"]*)"', frame_parts(figure, number)):
            values = [float(value) for value in NUMBERS.findall(d)]
            assert min(values[::2]) >= 1
            assert max(values[::2]) <= WIDTH - 1
            assert min(values[1::2]) >= 1
            assert max(values[1::2]) <= HEIGHT - 1


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.key)
def test_every_line_prints_at_thirty_millimetres_and_tones_stay_apart_in_grey(figure: Figure) -> None:
    svg = to_svg(figure, mirrored=False, title=figure.key, words="-", frames=(len(figure.frames) - 1,))
    widths = {float(width) for width in re.findall(r'stroke-width="([^"]*)"', svg)}
    assert min(widths) * MILLIMETRES_WIDE / WIDTH >= THINNEST_LINE
    assert max(widths) * MILLIMETRES_WIDE / WIDTH >= 2 * THINNEST_LINE


def grey(colour: str) -> float:
    """Lightness of a colour on grey paper, 0 black to 1 white."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_near_and_far_and_the_working_muscle_are_told_apart_without_colour() -> None:
    for tones in (paint.SKIN, paint.SHIRT, paint.SHORTS):
        assert abs(grey(tones["near"]) - grey(tones["far"])) > 0.05
    assert grey(paint.LINES["far"][0]) - grey(paint.LINES["near"][0]) > 0.25
    assert grey(paint.REGION_TINT) - grey(paint.REGION_LINE) > 0.25


def test_the_same_figure_gives_the_same_bytes() -> None:
    again = {figure.key: figure for figure in read_folder()}
    for figure in FIGURES[:6]:
        one, other = (to_svg(it, mirrored=True, title="Bridge", words="-") for it in (figure, again[figure.key]))
        assert one == other


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.key)
def test_every_drawing_passes_the_check_of_the_paper(figure: Figure) -> None:
    assert checked(to_svg(figure, mirrored=True, title="<b> & more", words="-"))

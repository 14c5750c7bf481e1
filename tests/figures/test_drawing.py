"""The drawings: every pose can be held, what cannot be reached is an error, and the svg holds nothing but shapes."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from programs.figures.drawing import to_svg
from programs.figures.pose import FigureError, Leg, Pose, blended
from programs.figures.reading import read_folder
from programs.figures.scene import Figure
from programs.figures.skeleton import solved

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

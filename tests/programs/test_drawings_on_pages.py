"""Drawings on pages: one address for a year, the right side, light on queries, and still where stillness is asked for.

No test here may touch the database: that a drawing costs no query is held by all of them.
"""

import gzip
import json
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from programs.drawings.addresses import drawing_of, edition
from programs.figures import figures
from programs.models import Exercise
from programs.templatetags.drawings import figure_card, figure_small, of_line

STEADY = "public, max-age=31536000, immutable"
LINE = {"exercise": "bridge_one_leg", "side": "left"}


@pytest.fixture
def client() -> Client:
    return Client()


def address(key: str, side: str, part: str = "whole", digest: str = "") -> str:
    return reverse("programs:figure", args=[digest or edition(), key, side, part])


def test_a_picture_is_open_to_everybody_and_kept_for_a_year(client: Client) -> None:
    answer = client.get(address("bridge_one_leg", "right"))
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "image/svg+xml", STEADY)
    root = ElementTree.fromstring(answer.content)
    assert {it.tag.rpartition("}")[2] for it in root.iter()} == {"svg", "title", "g", "path"}


def test_a_browser_that_takes_it_packed_gets_a_tenth_of_it(client: Client) -> None:
    plain = client.get(address("bridge_one_leg", "right")).content
    packed = client.get(address("bridge_one_leg", "right"), headers={"accept-encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content) == plain
    assert len(packed.content) < 16 * 1024


def test_left_is_the_right_one_turned_round(client: Client) -> None:
    left, right = (client.get(address("clam", side)).content.decode() for side in ("left", "right"))
    assert "scale(-1 1)" in left
    assert "scale(-1 1)" not in right


def test_the_end_alone_is_half_as_wide(client: Client) -> None:
    boxes = [
        ElementTree.fromstring(client.get(address("clam", "right", part)).content).attrib["viewBox"].split()
        for part in ("end", "whole")
    ]
    assert [box[2] for box in boxes] == ["240", "480"]
    assert boxes[0][3] == boxes[1][3]


def test_an_address_of_another_edition_is_answered_but_not_kept(client: Client) -> None:
    answer = client.get(address("clam", "right", digest="0123456789ab"))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("path", ["no_such_thing/right/whole.svg", "clam/up/whole.svg", "clam/right/start.svg"])
def test_what_nobody_drew_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/figures/{edition()}/{path}").status_code == 404


def test_the_movement_comes_as_data_the_page_turns_round_itself(client: Client) -> None:
    told = json.loads(client.get(reverse("programs:figure_motion", args=[edition(), "clam", "left"])).content)
    assert told["mirrored"] is True
    assert len(told["frames"]) == 7
    assert told["viewBox"].startswith("0 ")


def test_a_drawing_in_a_list_adds_no_words() -> None:
    html = figure_small(Exercise(key="clam", content={}), "left")
    assert 'alt=""' in html
    assert "/clam/left/end.svg" in html
    assert 'loading="lazy"' in html


def test_a_clinic_s_own_exercise_does_not_borrow_a_drawing_by_its_name() -> None:
    assert figure_small(Exercise(key="clam", clinic_id="0b5d0f0e-0000-4000-8000-000000000000", content={})) == ""


def test_the_runner_s_page_has_both_drawings_in_words_and_the_address_of_the_movement() -> None:
    html = render_to_string("portal/figure.html", {"drawing": of_line(LINE)})
    assert html.count('alt="Start: lying on the back, left leg bent, right leg straight and raised.') == 2
    assert "/bridge_one_leg/left/motion.json" in html
    assert "style=" not in html
    assert "<script" not in html


def test_an_exercise_without_a_drawing_shows_nothing_at_all() -> None:
    assert of_line(LINE | {"exercise": "own_invention"}) is None
    assert render_to_string("portal/figure.html", {"drawing": None}).strip() == ""


def test_a_figure_frozen_into_a_version_is_shown_as_it_was_and_brings_its_movement_along() -> None:
    data = {
        "scale": 1.6, "centre": 0, "floor": 168,
        "start": {"anchor": {"part": "foot"}},
        "end": {"tilt": 10, "near_leg": {"ankle": 10}},
    }  # fmt: skip
    drawing = of_line(LINE | {"figure": data})
    assert drawing is not None
    assert drawing.end.startswith("data:image/svg+xml;base64,")
    html = render_to_string("portal/figure.html", {"drawing": drawing})
    assert '<script type="application/json">' in html


def test_a_figure_that_can_no_longer_be_drawn_gives_way_to_ours() -> None:
    drawing = of_line(LINE | {"figure": {"scale": 2, "centre": 0, "floor": 160, "start": {"near_leg": {"foot": 400}}}})
    assert drawing is not None
    assert drawing.end.startswith("/figures/")
    assert of_line(LINE | {"exercise": "own_invention", "figure": {"scale": "<b>"}}) is None


@pytest.mark.parametrize(("asked", "shown"), [("left", "left"), ("right", "right"), ("up", "right"), ("", "right")])
def test_the_exercise_page_shows_the_side_that_is_asked_for(asked: str, shown: str) -> None:
    request = RequestFactory().get("/", {"side": asked} if asked else {})
    exercise = Exercise(key="clam", content={"dose": {"side": "alternate"}})
    card = figure_card({"request": request}, exercise)  # type: ignore[arg-type]
    assert card["side"] == shown
    assert card["drawing"].turned == shown


def test_every_figure_has_a_drawing_to_show() -> None:
    assert all(drawing_of(key, "right") for key in figures())
    assert drawing_of("own_invention", "right") is None

"""What the sheet says, looked at as HTML: quick, and before any layout."""

import re
from dataclasses import replace
from datetime import date, timedelta
from html import escape

import pytest

from programs.handouts.document import ClinicHead, HandoutDocument, HandoutError, RunningAdvice
from programs.handouts.fitting import Layout, layouts
from programs.handouts.pdf import render_html
from tests.documents import examples


def words(html: str) -> str:
    """The text of the page as a reader meets it."""
    body = html[html.index("<body") :]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def grid_line(html: str, label: str) -> str:
    """One line of the tick grid, from its label to its end."""
    table = html[html.index("<table") :]
    return next(line for line in table.split("<tr") if label in line)


def test_the_sheet_says_who_what_when_and_which_version() -> None:
    text = words(render_html(examples.strain()))
    for part in (
        "Larkfield Running Physio",
        "020 7946 0147",
        "Nora’s exercises",
        "Left thigh",
        "Mon 23 Nov to Sun 6 Dec 2026",
        "Version 3",
        "Private: just for you.",
        "Next visit: Mon 7 Dec, 8:40 am, with Ines Halvard",
    ):
        assert part in text


def test_the_title_of_the_file_carries_no_name() -> None:
    html = render_html(examples.strain())
    title = html[html.index("<title>") : html.index("</title>")]
    assert "Nora" not in title
    assert "version 3" in title


@pytest.mark.parametrize(
    ("side", "tab", "sentence"),
    [
        ("left", "LEFT", "with your left leg"),
        ("right", "RIGHT", "with your right leg"),
        ("both", "BOTH", "with both legs"),
        ("alternate", "EACH", "with each leg"),
    ],
)
def test_the_side_is_said_on_the_tab_in_the_sentence_and_in_the_grid(side: str, tab: str, sentence: str) -> None:
    exercise = replace(examples.DIVER, side=side, sentence=f"Do 6 slow dives {sentence}.")
    html = render_html(examples.strain(exercises=(exercise,)))
    word = next(each for each in ("left", "right", "both", "each") if each in sentence)
    assert f"row-{side}" in html
    assert f'<p class="tab-word">{tab}</p>' in html
    assert f"<b>{word}</b>" in html
    assert f">{tab}</td>" in grid_line(html, "The diver")


def test_numbers_for_each_side_say_so_beside_the_dose() -> None:
    assert "on each side" in words(render_html(examples.strain(exercises=(examples.WARRIOR,))))


def test_a_walk_names_no_side() -> None:
    walk = replace(examples.DIVER, name="Brisk walk", side="both", limb="none", sentence="Keep going for 30 minutes.")
    assert "BOTH" not in words(render_html(examples.strain(exercises=(walk,))))


def test_the_grid_has_a_box_on_each_day_due_a_dash_on_days_off_and_two_boxes_for_twice_a_day() -> None:
    html = render_html(examples.strain())
    assert grid_line(html, "Knee kick").count('class="box"') == 28
    diver = grid_line(html, "The diver")
    assert (diver.count('class="box"'), diver.count("–")) == (7, 7)
    stretch = grid_line(html, "hip-flexor")
    assert (stretch.count('class="box"'), stretch.count("–")) == (2, 12)
    run = grid_line(html, "<b>Run</b>")
    assert (run.count('class="box"'), run.count("–")) == (7, 7)


def test_the_grid_carries_the_real_dates() -> None:
    head = render_html(examples.strain()).split("<thead>")[1].split("</thead>")[0]
    assert re.findall(r"(\w{3}) <b>(\d+)</b>", head)[:3] == [("Mon", "23"), ("Tue", "24"), ("Wed", "25")]
    assert head.count("week-end") == 1


def test_many_times_a_day_take_a_number_instead_of_boxes() -> None:
    line = grid_line(render_html(examples.nerve()), "Nerve slider")
    assert line.count("box-wide") == 14
    assert "How often, of 6?" in line


def test_an_exercise_without_fixed_days_leaves_its_row_open() -> None:
    line = grid_line(render_html(examples.strain(exercises=(replace(examples.DIVER, due_days=()),))), "The diver")
    assert "box" not in line
    assert "–" not in line


@pytest.mark.parametrize(
    ("ceiling", "limit"), [(2, "Your limit is 2."), (3, "Your limit is 3."), (5, "Your limit is 5.")]
)
def test_the_pain_light_says_its_limit_in_words_and_numbers(ceiling: int, limit: str) -> None:
    html = render_html(examples.strain(pain_ceiling=ceiling))
    assert limit in words(html)
    assert f"until pain is {ceiling} or less" in words(html)
    assert f">{' '.join(str(n) for n in range(ceiling + 1))}</p>" in html


def test_the_danger_box_uses_the_numbers_of_the_clinic() -> None:
    clinic = ClinicHead(name="Praxis", emergency_number="112", urgent_number="116117", emergency_place="hospital")
    text = words(render_html(examples.strain(clinic=clinic)))
    assert "Call 112 or go to hospital now" in text
    assert "(call 116117)" in text
    assert "999" not in text


def test_without_a_number_for_same_day_advice_the_sheet_says_to_see_a_doctor() -> None:
    text = words(render_html(examples.strain(clinic=replace(examples.CLINIC, urgent_number=""))))
    assert "See a doctor the same day" in text
    assert "(call )" not in text


def test_without_running_advice_there_is_room_for_questions_and_no_running_row() -> None:
    html = render_html(examples.tendon())
    assert "My questions for the next visit" in html
    assert "<b>Run</b>" not in html


def test_without_a_link_no_code_is_printed() -> None:
    html = render_html(examples.nerve())
    assert "QR code" not in html
    assert "<a " not in html


def test_without_a_drawing_the_steps_are_there_and_with_one_they_make_way() -> None:
    assert "Push into the floor" in render_html(examples.of_size(2))
    drawn = render_html(examples.of_size(2, with_drawing=True))
    assert "Push into the floor" not in drawn
    assert drawn.count('alt="Knee kick, finish: knee nearly straight"') == 2


def test_content_is_left_out_in_the_agreed_order_and_never_the_first_cue() -> None:
    wordy = tuple(
        replace(exercise, cues=("Think of a long straight line.",) * 3, steps=("Move slowly and with care. " * 2,) * 4)
        for exercise in examples.FOUR
    )
    tried = list(layouts(examples.strain(exercises=wordy), "A4"))
    assert tried[-1].is_flowing
    assert all(each.cues >= 1 for each in tried)
    first_without_move_up = next(n for n, each in enumerate(tried) if not each.has_move_up)
    assert all(each.cues == 1 for each in tried[first_without_move_up : first_without_move_up + 1])


def test_one_exercise_gets_the_roomiest_page() -> None:
    assert next(layouts(examples.of_size(1), "A4")).scale == 1


def test_the_move_up_line_can_be_left_out() -> None:
    document = examples.strain()
    assert "Move up to 8" in render_html(document, layout=Layout(scale=4))
    assert "Move up to 8" not in render_html(document, layout=Layout(scale=4, has_move_up=False))


@pytest.mark.parametrize("text", examples.HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    html = render_html(examples.hostile(text))
    harmless = render_html(examples.hostile("harmless"))
    tags = re.compile(r"<(\w+)")
    assert sorted(tags.findall(html)) == sorted(tags.findall(harmless))
    assert escape(text, quote=True) in html


def test_control_characters_are_dropped_and_other_scripts_are_kept() -> None:
    html = render_html(examples.strain(first_name="No\x00ra\x1b نورا 🏃"))
    assert "Nora نورا 🏃’s exercises" in html


def test_dates_follow_the_language_and_lengths_in_the_style_sheet_do_not() -> None:
    """A decimal comma inside the style sheet would silently drop the rule."""
    html = render_html(examples.strain(language="de"))
    assert '<html lang="de">' in html
    assert "Mo 23" in words(html)
    assert not re.search(r"\d,\d+mm", html)


def test_an_unknown_paper_is_refused() -> None:
    with pytest.raises(HandoutError, match="paper"):
        render_html(examples.strain(), paper="A3; } @import url(x)")  # type: ignore[arg-type]


def test_a_short_program_prints_only_its_days() -> None:
    document: HandoutDocument = examples.strain(ends_on=examples.STARTS_ON + timedelta(days=4))
    html = render_html(document)
    assert html.count('scope="col"') == 2 + 5
    assert "My days" in html


def test_the_running_row_is_open_when_no_days_are_fixed() -> None:
    advice = RunningAdvice(title="Running", headline="Walk 30 minutes")
    assert "box" not in grid_line(render_html(examples.strain(running=advice)), "<b>Run</b>")


def test_days_outside_the_sheet_are_ignored() -> None:
    exercise = replace(examples.DIVER, due_days=(date(2026, 11, 23), date(2027, 1, 1)))
    assert grid_line(render_html(examples.strain(exercises=(exercise,))), "The diver").count('class="box"') == 1

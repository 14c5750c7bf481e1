"""What a new version changes: the comparison itself, and where staff and runner read it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.vocabulary.sides import DoseSide
from programs.actions import add_line, change_line, issue_program
from programs.models import Exercise, Program, ProgramVersion
from programs.progression.difference import Difference, difference
from programs.progression.dose import Dose, from_json
from programs.queries import lines_of as lines_of_draft
from tests.support.factories import World
from tests.support.programs import content_line
from tests.support.queries import at_most

PAGE = (
    15 + 1
)  # a page’s twelve, everything told, answered proposals, something new; the test's own open scope is set back once, which a server need not do
BUILDER = 15 + 1  # what the builder asks without the comparison: that one asks nothing more


def bridge(**more: Any) -> dict[str, Any]:
    return content_line("One-leg bridge", Dose(sets=3, reps=10, side=DoseSide.RIGHT), line="a", exercise="one") | more


def diver(**more: Any) -> dict[str, Any]:
    return content_line("Diver", Dose(sets=3, reps=8, side=DoseSide.RIGHT), line="b", exercise="diver") | more


def content(*lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    base = {"language": "en", "diagnosis": "pht", "stage": 1, "side": "right", "pain_ceiling": 5, "next_visit": ""}
    running = {"headline": "30 min brisk walk", "text": "Every second day."}
    return base | {"lines": list(lines), "running": running, "criteria": ["No limp."], "avoid": []} | more


def lines_of(found: Difference) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(change.kind, change.entry["name"], change.parts) for change in found.lines]


def settings_of(found: Difference) -> dict[str, tuple[Any, Any]]:
    return {setting.key: (setting.before, setting.after) for setting in found.settings}


def test_the_same_content_has_no_difference() -> None:
    assert difference(content(bridge(), diver()), content(bridge(), diver())).number == 0


def test_added_and_removed_exercises_are_told_by_their_entries() -> None:
    found = difference(content(bridge()), content(diver()))
    assert lines_of(found) == [("added", "Diver", ()), ("removed", "One-leg bridge", ())]
    assert found.lines[0].after is not None
    assert found.lines[0].before is None


def test_dose_and_side_are_told_apart() -> None:
    more = content_line("One-leg bridge", Dose(sets=4, reps=10, side=DoseSide.RIGHT), line="a", exercise="one")
    other = content_line("One-leg bridge", Dose(sets=3, reps=10, side=DoseSide.LEFT), line="a", exercise="one")
    assert lines_of(difference(content(bridge()), content(more))) == [("changed", "One-leg bridge", ("dose",))]
    assert lines_of(difference(content(bridge()), content(other))) == [("changed", "One-leg bridge", ("side",))]


def test_a_note_and_another_wording_are_told() -> None:
    found = difference(content(bridge()), content(bridge(note="Slowly.", cues=["Push the floor away."])))
    assert lines_of(found) == [("changed", "One-leg bridge", ("note", "words"))]


def test_words_that_older_versions_did_not_have_are_no_change() -> None:
    assert difference(content(bridge()), content(bridge(breathing="Breathe out.", video="https://v.test"))).number == 0


def test_another_order_is_told_once() -> None:
    found = difference(content(bridge(), diver()), content(diver(), bridge()))
    assert (found.lines, found.is_reordered, found.number) == ((), True, 1)
    assert not difference(content(bridge(), diver()), content(diver())).is_reordered


def test_an_exercise_taken_out_and_added_again_is_the_same_one() -> None:
    assert difference(content(bridge()), content(bridge(line="new"))).number == 0


def test_what_holds_for_the_whole_program_is_told() -> None:
    now = content(
        bridge(),
        stage=2,
        pain_ceiling=3,
        next_visit="Mon 7 Dec",
        running={},
        criteria=["No limp.", "Walks 30 minutes."],
        phases=[{"title": "Strength", "criteria": [], "is_current": True}],
    )
    assert settings_of(difference(content(bridge()), now)) == {
        "condition": (("pht", "right", 1), ("pht", "right", 2)),
        "phase": ("", "Strength"),
        "ceiling": (5, 3),
        "running": (("30 min brisk walk", "Every second day."), ("", "")),
        "criteria": (("No limp.",), ("No limp.", "Walks 30 minutes.")),
        "next_visit": ("", "Mon 7 Dec"),
    }


def test_another_language_is_told_once_and_not_for_every_exercise() -> None:
    found = difference(content(bridge()), content(bridge(name="Brücke"), language="de"))
    assert (lines_of(found), list(settings_of(found))) == ([], ["language"])


def test_content_of_before_phases_and_notes_is_still_compared() -> None:
    old = content(bridge())
    del old["lines"][0]["note"], old["criteria"], old["avoid"]
    assert lines_of(difference(old, content(bridge(note="Slowly.")))) == [("changed", "One-leg bridge", ("note",))]


@pytest.fixture
def version(clinic: World, program: Program) -> ProgramVersion:
    return issue_program(by=clinic.clinician, program=program, today=timezone.localdate())


def url(name: str, program: Program) -> str:
    return reverse(f"programs:{name}", args=[program.pk])


def more_sets(clinic: World, program: Program) -> None:
    line = lines_of_draft(program)[0]
    change_line(by=clinic.clinician, line=line, dose=from_json({**line.dose, "sets": 3}))


def test_the_builder_says_before_issuing_what_will_change(
    clinic: World, browser: Client, program: Program, version: ProgramVersion
) -> None:
    page = browser.get(url("builder", program)).text
    assert "What version 2 will change" in page
    assert "Nothing changes." in page
    more_sets(clinic, program)
    with at_most(BUILDER):
        page = browser.get(url("builder", program)).text
    assert "<del>5 × 45 s hold, rest 2 min, 2×/day</del> <ins>3 × 45 s hold, rest 2 min, 2×/day</ins>" in page


def test_before_the_first_version_there_is_nothing_to_compare(browser: Client, program: Program) -> None:
    assert "will change" not in browser.get(url("builder", program)).text


def test_the_programs_page_shows_what_the_newest_version_changed(
    clinic: World, browser: Client, program: Program, version: ProgramVersion, exercise: Callable[[str], Exercise]
) -> None:
    assert "New in version" not in browser.get(url("program", program)).text
    more_sets(clinic, program)
    lines_of_draft(program)[1].delete()
    add_line(by=clinic.clinician, program=program, exercise=exercise("chair_bridge"))
    program.refresh_from_db()
    program.pain_ceiling = 3
    program.save()
    issue_program(by=clinic.clinician, program=program, today=timezone.localdate(), after=1)
    with at_most(PAGE):
        page = browser.get(url("program", program)).text
    for words in (
        "New in version 2",
        "<ins>3 × 45 s hold",
        "Bridge on a chair",
        "<del>5 of 10</del> <ins>3 of 10</ins>",
    ):
        assert words in page, words
    assert ">added</span>" in page
    assert ">removed</span>" in page


def test_any_two_versions_are_compared(
    clinic: World, browser: Client, program: Program, version: ProgramVersion
) -> None:
    more_sets(clinic, program)
    for number in (2, 3):
        issue_program(by=clinic.clinician, program=program, today=timezone.localdate(), after=number - 1)
    page = browser.get(url("versions", program)).text
    assert "From version 2 to version 3" in page
    assert "Nothing changes." in page
    page = browser.get(url("versions", program) + "?from=1&to=3").text
    assert "From version 1 to version 3" in page
    assert "<ins>3 × 45 s hold" in page
    for nonsense in ("?from=x&to=9", "?from=" + "9" * 5000):
        assert browser.get(url("versions", program) + nonsense).status_code == 200


def test_before_anything_is_issued_the_versions_lead_to_the_program(browser: Client, program: Program) -> None:
    assert browser.get(url("versions", program))["Location"] == url("program", program)


def test_hostile_words_in_a_difference_stay_text(
    clinic: World, browser: Client, program: Program, version: ProgramVersion
) -> None:
    line = lines_of_draft(program)[0]
    note = "<script>alert(1)</script> & \u0631\u0643\u0628\u0629 \U0001f3c3"
    change_line(by=clinic.clinician, line=line, dose=from_json(line.dose), note=note)
    page = browser.get(url("builder", program)).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; \u0631\u0643\u0628\u0629" in page

"""What a new version changes: the comparison itself, and where staff and runner read it."""

from typing import Any

from programs.progression.difference import Difference, difference
from programs.progression.dose import Dose
from tests.support.programs import content_line

from clinic.vocabulary.sides import DoseSide  # isort: skip


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

"""The builder: adding, dosing, ordering, removing with undo, and what it says on the way."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import User
from programs.models import Exercise, Program, ProgramLine
from programs.queries import lines_of
from tests.support.factories import World
from tests.support.queries import at_most

HTMX = {"HX-Request": "true"}
PAGE = 12 + 1  # a page's twelve; the test's own open scope is set back once, which a server need not do
BUILDER = PAGE + 3  # besides: usual doses, the step to undo, what else fits the stage
ISSUED = PAGE + 3  # besides: everything told, answered proposals, something new


def url(name: str, program: Program, *more: object) -> str:
    return reverse(f"programs:{name}", args=[program.pk, *more])


def lines(program: Program) -> list[ProgramLine]:
    """The current phase's, in order."""
    return [line for line in lines_of(program) if line.phase == program.phase]


def names(program: Program) -> list[str]:
    return [line.exercise.key for line in lines(program)]


def prefix(line: ProgramLine) -> str:
    return f"l{line.pk.hex[:8]}"


def test_the_page_shows_the_program_as_the_runner_will_meet_it(browser: Client, program: Program) -> None:
    page = browser.get(url("builder", program)).content.decode()
    for line in lines(program):
        assert line.exercise.name in page
    assert "Hold for 45 seconds" in page
    assert "5 × 45 s hold" in page


def test_twenty_exercises_cost_as_many_queries_as_two(browser: Client, clinic: World, program: Program) -> None:
    browser.get(url("builder", program))
    with at_most(BUILDER):
        browser.get(url("builder", program))
    inside = names(program)
    for position, row in enumerate(Exercise.objects.exclude(key__in=inside)[: 20 - len(inside)], start=10):
        ProgramLine.objects.create(
            clinic=clinic.clinic, program=program, exercise=row, position=position, dose=row.content["dose"]
        )
    with at_most(BUILDER):
        page = browser.get(url("builder", program)).content.decode()
    assert "less gets done" in page


def test_an_exercise_is_added_with_its_usual_dose_on_the_painful_side(
    browser: Client, program: Program, exercise: Callable[[str], Exercise]
) -> None:
    answer = browser.post(url("line_add", program), {"exercise": exercise("prone_hip_extension").pk}, headers=HTMX)
    added = lines(program)[-1]
    assert (added.exercise.key, added.dose["side"]) == ("prone_hip_extension", "right")
    assert "program-changed" in answer["HX-Trigger"]
    assert answer.content.decode().lstrip().startswith('<div class="stack" id="plan"')


def test_the_same_exercise_is_not_added_twice(browser: Client, program: Program) -> None:
    answer = browser.post(url("line_add", program), {"exercise": lines(program)[0].exercise_id}, headers=HTMX)
    assert answer.status_code == 422
    assert "already in the program" in answer.content.decode()
    assert len(set(names(program))) == len(names(program))


def test_adding_works_without_script(browser: Client, program: Program, exercise: Callable[[str], Exercise]) -> None:
    answer = browser.post(url("line_add", program), {"exercise": exercise("clam").pk})
    assert answer.status_code == 302
    assert answer["Location"] == f"{url('builder', program)}#line-{lines(program)[-1].pk}"


@pytest.mark.parametrize(
    ("typed", "staff"),
    [
        ("3x10 h5 2/d MWF", "3 × 10, hold 5 s, right, 2×/day, Mon Wed Fri"),
        ("3x10 h5 2/d MWF each", "3 × 10, hold 5 s, each side, 2×/day, Mon Wed Fri"),
        ("5x45s r120 left", "5 × 45 s hold, rest 2 min, left, daily"),
    ],
)
def test_a_dose_typed_in_one_line_is_understood_and_keeps_its_side(
    browser: Client, program: Program, typed: str, staff: str
) -> None:
    line = lines(program)[0]
    answer = browser.post(url("line", program, line.pk), {"how": "line", f"{prefix(line)}-dose": typed}, headers=HTMX)
    assert answer.status_code == 200
    assert staff in answer.content.decode()


def test_a_dose_that_is_not_understood_is_said_where_it_was_typed(browser: Client, program: Program) -> None:
    line = lines(program)[0]
    before = line.dose
    answer = browser.post(
        url("line", program, line.pk), {"how": "line", f"{prefix(line)}-dose": "3x10 often"}, headers=HTMX
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“often” is not understood" in page
    assert 'value="3x10 often"' in page
    assert lines(program)[0].dose == before


def fields(line: ProgramLine, **values: object) -> dict[str, object]:
    usual = {"sets": 3, "reps": 8, "side": "alternate", "times_per_day": 1, "every_n_days": 1}
    return {f"{prefix(line)}-{name}": value for name, value in (usual | values).items()}


def test_a_dose_is_changed_field_by_field_with_a_note(browser: Client, program: Program) -> None:
    line = lines(program)[0]
    sent = fields(line, weekdays=["0", "2", "4"], rest_s=60, note="Slowly, please.")
    answer = browser.post(url("line", program, line.pk), sent, headers=HTMX)
    assert "3 × 8, rest 60 s, each side, Mon Wed Fri" in answer.content.decode()
    assert lines(program)[0].note == "Slowly, please."


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"reps": "", "hold_s": ""}, "Say how much"),
        ({"weekdays": ["1"], "every_n_days": 2}, "Choose either weekdays or every so many days"),
        ({"sets": 99}, "less than or equal to 20"),
        ({"side": "both"}, "not one of the available choices"),
        ({"tempo": "wild"}, "Write the tempo as slow"),
    ],
)
def test_a_wrong_field_is_said_in_words_and_nothing_is_saved(
    browser: Client, program: Program, wrong: dict[str, object], words: str
) -> None:
    line = lines(program)[0]
    answer = browser.post(url("line", program, line.pk), fields(line, **wrong), headers=HTMX)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert lines(program)[0].dose == line.dose


def test_an_exercise_for_both_legs_takes_no_side(browser: Client, program: Program) -> None:
    line = next(line for line in lines(program) if line.dose["side"] == "both")
    answer = browser.post(
        url("line", program, line.pk), {"how": "line", f"{prefix(line)}-dose": "3x10 left"}, headers=HTMX
    )
    assert "leave the side out" in answer.content.decode()


def test_exercises_move_up_and_down_and_stop_at_the_ends(browser: Client, program: Program) -> None:
    first, second = lines(program)[:2]
    browser.post(url("line_move", program, second.pk), {"to": "up"}, headers=HTMX)
    assert [line.pk for line in lines(program)][:2] == [second.pk, first.pk]
    answer = browser.post(url("line_move", program, second.pk), {"to": "up"}, headers=HTMX)
    assert answer.status_code == 200
    assert [line.pk for line in lines(program)][:2] == [second.pk, first.pk]


def test_an_unsuitable_exercise_is_added_only_with_a_reason_and_speaks_in_the_row(
    browser: Client, program: Program, exercise: Callable[[str], Exercise]
) -> None:
    sent = {"exercise": exercise("supine_strap_stretch").pk}
    refused = browser.post(url("line_add", program), sent, headers=HTMX)
    assert refused.status_code == 422
    assert "Locked for proximal tendinopathy" in refused.content.decode()
    assert "supine_strap_stretch" not in names(program)
    page = browser.post(url("line_add", program), sent | {"reason": "Quiet for a year."}, headers=HTMX).content.decode()
    assert "Locked for proximal tendinopathy" in page
    assert "Quiet for a year." in page
    line = lines(program)[-1]
    browser.post(url("line_reason", program, line.pk), {"reason": "Tendon quiet for a year."}, headers=HTMX)
    assert lines(program)[-1].override_reason == "Tendon quiet for a year."


def test_the_library_greys_what_is_unsuitable_and_asks_why(browser: Client, program: Program) -> None:
    page = browser.get(url("builder_library", program), {"q": "strap stretch"}, headers=HTMX).content.decode()
    assert "is-unsuitable" in page
    assert "Locked for proximal tendinopathy" in page
    assert "Add with this reason" in page


def test_what_was_understood_is_said_before_it_is_saved(browser: Client, program: Program) -> None:
    line = lines(program)[0]
    typed = {"how": "line", f"{prefix(line)}-dose": "3x8-12 green-band left eod"}
    said = browser.post(url("line_heard", program, line.pk), typed, headers=HTMX).content.decode()
    assert "3 × 8–12, green band, left, every 2 days" in said
    assert "Do 8 to 12 with your left leg." in said
    wrong = browser.post(
        url("line_heard", program, line.pk), {"how": "line", f"{prefix(line)}-dose": "3x"}, headers=HTMX
    )
    assert "is not understood" in wrong.content.decode()
    assert lines(program)[0].dose == line.dose


@pytest.mark.parametrize(
    ("load", "unit", "kept"),
    [("8", "kg", "8 kg"), ("", "green band", "green band"), ("cuff", "", "cuff"), ("", "kg", "")],
)
def test_load_is_a_weight_a_band_or_words(browser: Client, program: Program, load: str, unit: str, kept: str) -> None:
    line = lines(program)[0]
    browser.post(url("line", program, line.pk), fields(line, load=load, load_unit=unit), headers=HTMX)
    assert lines(program)[0].dose["load"] == kept


def test_a_weight_without_a_number_is_said_at_the_field(browser: Client, program: Program) -> None:
    line = lines(program)[0]
    answer = browser.post(url("line", program, line.pk), fields(line, load="heavy", load_unit="kg"), headers=HTMX)
    assert answer.status_code == 422
    assert "Write a number, for example 8" in answer.content.decode()
    assert 'value="heavy"' in answer.content.decode()


def test_the_library_is_searched_beside_the_program(browser: Client, program: Program) -> None:
    answer = browser.get(url("builder_library", program), {"q": "Slider nerve"}, headers=HTMX)
    page = answer.content.decode()
    assert page.lstrip().startswith('<div id="library-results">')
    assert "slider" in page.lower()
    assert "Bridge on a chair" not in page
    with_script_off = browser.get(url("builder", program), {"q": "nerve"})
    assert 'id="plan"' in with_script_off.content.decode()


def plan_of(program: Program, **values: object) -> dict[str, object]:
    usual = {"pain_ceiling": 3, "running": "1", "running_words": "", "starts_on": timezone.localdate().isoformat()}
    return usual | {"next_visit": "", "after": 0} | values


def test_the_whole_programs_plan_is_saved_without_issuing(browser: Client, program: Program) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    sent = plan_of(
        program, next_visit="Mon 7 Dec, 8:40 am", starts_on=tomorrow.isoformat(), running_words="Grass only."
    )
    assert browser.post(url("plan", program), sent).status_code == 302
    program.refresh_from_db()
    assert (program.state, program.pain_ceiling, program.starts_on) == ("draft", 3, tomorrow)
    assert program.running_advice["headline"] == "10 × (run 1 min, walk 2 min)"
    assert program.running_advice["text"] == "Grass only."


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"starts_on": "2020-01-01"}, "This day has passed"),
        ({"pain_ceiling": 9}, "not one of the available choices"),
        ({"running": "own"}, "Write what the runner may run"),
    ],
)
def test_a_plan_that_cannot_be_saved_says_why(
    browser: Client, program: Program, wrong: dict[str, object], words: str
) -> None:
    answer = browser.post(url("plan", program), plan_of(program, **wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_reader_looks_but_changes_nothing(clinic: World, program: Program, sign_in: Callable[[User], Client]) -> None:
    reader, line = sign_in(clinic.reader), lines(program)[0]
    page = reader.get(url("builder", program))
    assert page.status_code == 200
    assert "plan-form" not in page.content.decode()
    for name, more in (("line", [line.pk]), ("line_remove", [line.pk]), ("line_add", []), ("plan", []), ("issue", [])):
        assert reader.post(url(name, program, *more)).status_code == 403
    assert len(lines(program)) == len(names(program))


def test_the_title_and_the_address_name_nobody(browser: Client, program: Program) -> None:
    page = browser.get(url("builder", program)).content.decode()
    title = page.split("<title>")[1].split("</title>")[0]
    assert "Ferreira" not in title
    assert "tendinopathy" not in title.lower()

"""Typing a ticked sheet back: what may be written, what never is, and that everything can be corrected."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import AuditEntry
from clinic.tenancy import clinic_scope
from programs.models import ExerciseLog, Program, ProgramVersion, Standing
from programs.portal.actions import log_exercise
from programs.progress.actions import write_sheet
from programs.progress.grid import BLANK, DONE, SKIPPED, Held, changes_of, filled, open_sessions
from programs.progress.sheet import Sheet, sheet_of
from programs.progression.dose import Dose
from programs.progression.plan import PlannedSession
from tests.support.factories import World, make_clinic
from tests.support.programs import content_line, make_issued, make_version
from tests.support.queries import at_most

TODAY = date(2026, 11, 22)
BRIDGE = PlannedSession(TODAY, "bridge")


@pytest.fixture
def version(world: World) -> ProgramVersion:
    """Five exercises a day since ten days ago."""
    lines = [content_line(f"Exercise {n}", Dose(sets=3, reps=10)) for n in range(1, 6)]
    return make_issued(world, starts_on=TODAY - timedelta(days=9), lines=lines)[0]


def sheet(version: ProgramVersion) -> Sheet:
    program = Program.objects.get(pk=version.program_id)
    return sheet_of(program, version, list(program.versions.all()), TODAY)


def write(world: World, version: ProgramVersion, given: dict[PlannedSession, str], **pain: int):  # type: ignore[no-untyped-def]
    return write_sheet(
        by=world.clinician,
        program=version.program,
        version=version,
        given=given,
        pain={TODAY - timedelta(days=int(ago.removeprefix("d"))): value for ago, value in pain.items()},
        today=TODAY,
    )


def everything(version: ProgramVersion) -> dict[PlannedSession, str]:
    return dict.fromkeys(sheet(version).sessions, DONE)


# --- The pure part ---------------------------------------------------------------------------------------------------


def test_what_the_runner_told_is_no_box() -> None:
    held = {BRIDGE: Held(DONE, 2, is_paper=False)}
    assert open_sessions([BRIDGE], held, [TODAY]) == []
    assert open_sessions([BRIDGE], {BRIDGE: Held(DONE, 2, is_paper=True)}, [TODAY]) == [BRIDGE]
    assert open_sessions([BRIDGE], {}, []) == []


def test_filling_ticks_blank_boxes_up_to_a_day_and_changes_no_other() -> None:
    earlier, later = BRIDGE._replace(day=TODAY - timedelta(days=1)), BRIDGE._replace(day=TODAY + timedelta(days=1))
    found = filled({earlier: SKIPPED}, [earlier, BRIDGE, later], TODAY)
    assert found == {earlier: SKIPPED, BRIDGE: DONE, later: BLANK}


@pytest.mark.parametrize(
    ("before", "typed", "expected"),
    [
        (None, DONE, "added"),
        (None, BLANK, ""),
        (Held(DONE, None, True), DONE, ""),
        (Held(DONE, None, True), SKIPPED, "changed"),
        (Held(DONE, None, True), BLANK, "removed"),
    ],
    ids=["new", "blank", "the same", "another", "taken back"],
)
def test_changes_are_told_against_what_stands(before: Held | None, typed: str, expected: str) -> None:
    changes = changes_of({BRIDGE: typed}, {}, [BRIDGE], {BRIDGE: before} if before else {})
    assert [name for name in ("added", "changed", "removed") if getattr(changes, name)] == (
        [expected] if expected else []
    )


def test_a_pain_without_an_exercise_of_that_day_is_pointed_out() -> None:
    assert changes_of({}, {TODAY: 4}, [BRIDGE], {}).without_answer == (TODAY,)
    assert changes_of({BRIDGE: SKIPPED}, {TODAY: 4}, [BRIDGE], {}).without_answer == ()


# --- Writing ---------------------------------------------------------------------------------------------------------


def test_a_typed_sheet_is_marked_as_from_paper_with_who_typed_it(world: World, version: ProgramVersion) -> None:
    given = everything(version)
    assert len(given) == 50
    changes = write(world, version, given | {sheet(version).sessions[0]: SKIPPED}, d9=6)
    rows = ExerciseLog.objects.filter(version=version)
    assert (len(changes.added), rows.count(), rows.filter(status="skipped").count()) == (50, 50, 1)
    assert set(rows.values_list("source", "typed_by")) == {("paper", world.clinician.pk)}
    assert set(rows.filter(day=TODAY - timedelta(days=9)).values_list("pain", flat=True)) == {6}
    assert set(rows.exclude(day=TODAY - timedelta(days=9)).values_list("pain", flat=True)) == {None}
    assert Standing.objects.get(program=version.program_id).last_report_on == TODAY
    assert AuditEntry.objects.filter(table_name="programs_exerciselog").count() == 50


def test_days_to_come_and_days_of_a_newer_version_are_not_open(world: World, version: ProgramVersion) -> None:
    make_version(world, version.program, starts_on=TODAY - timedelta(days=1), number=2)
    found = sheet(version)
    assert max(found.open_days) == TODAY - timedelta(days=2)
    assert found.newer_from == TODAY - timedelta(days=1)
    tomorrow = PlannedSession(TODAY + timedelta(days=1), found.lines[0].line)
    assert not write(world, version, {tomorrow: DONE})


def test_what_the_runner_told_meanwhile_stays(world: World, version: ProgramVersion) -> None:
    given = everything(version)
    line = version.content["lines"][0]["line"]
    log_exercise(
        version=version, day=TODAY, line=line, occasion=1, status="skipped", pain=7, reason="pain", today=TODAY
    )
    write(world, version, given, d0=1)
    own = ExerciseLog.objects.get(version=version, day=TODAY, line=line)
    assert (own.status, own.pain, own.source, own.typed_by) == ("skipped", 7, "", None)


def test_the_runners_own_word_replaces_paper_and_is_no_longer_marked(world: World, version: ProgramVersion) -> None:
    write(world, version, everything(version), d0=1)
    line = version.content["lines"][0]["line"]
    log_exercise(version=version, day=TODAY, line=line, occasion=1, status="done", pain=5, reason="", today=TODAY)
    own = ExerciseLog.objects.get(version=version, day=TODAY, line=line)
    assert (own.pain, own.source, own.typed_by) == (5, "", None)


def test_a_sheet_can_be_corrected_and_taken_back(world: World, version: ProgramVersion) -> None:
    write(world, version, everything(version))
    first, second, *_rest = sheet(version).sessions
    changes = write(world, version, everything(version) | {first: BLANK, second: SKIPPED})
    assert (len(changes.added), len(changes.changed), len(changes.removed)) == (0, 1, 1)
    rows = ExerciseLog.objects.filter(version=version)
    assert rows.count() == 49
    assert rows.get(day=second.day, line=second.line).status == "skipped"
    assert not write(world, version, everything(version) | {first: BLANK, second: SKIPPED})


def test_an_ended_program_closes_with_its_last_day(world: World, version: ProgramVersion) -> None:
    ended = timezone.make_aware(timezone.datetime.combine(TODAY - timedelta(days=3), timezone.datetime.min.time()))
    Program.objects.filter(pk=version.program_id).update(state="ended", ended_at=ended)
    assert max(sheet(version).open_days) == TODAY - timedelta(days=3)


def test_writing_costs_the_same_for_one_box_and_for_fifty(world: World, version: ProgramVersion) -> None:
    with at_most(24):
        write(world, version, everything(version), d0=2)


# --- The page --------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(db: None) -> tuple[World, ProgramVersion, Client]:
    made = make_clinic()
    with clinic_scope(made.clinic.pk, actor="system:tests"):
        lines = [content_line("Hold", Dose(sets=5, hold_s=45, rest_s=120, times_per_day=2))]
        found = make_issued(made, starts_on=timezone.localdate() - timedelta(days=3), lines=lines)[0]
    client = Client()
    client.force_login(made.clinician)
    return made, found, client


def address(version: ProgramVersion) -> str:
    return reverse("programs:paper_sheet", args=[version.program_id])


def logged(world: World) -> list[tuple[str, int, int | None]]:
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        return list(ExerciseLog.objects.values_list("status", "occasion", "pain"))


def test_the_grid_has_a_row_for_each_time_of_a_day_and_opens_on_the_last_day(
    desk: tuple[World, ProgramVersion, Client],
) -> None:
    _world, version, client = desk
    text = client.get(address(version)).text
    assert text.count("<select") == 2 * 4
    assert "time 2 of 2" in text
    assert 'data-begin="box-0-3"' in text


def test_without_script_one_button_ticks_all_a_look_writes_nothing_and_saving_says_how_many(
    desk: tuple[World, ProgramVersion, Client],
) -> None:
    world, version, client = desk
    ticked = client.post(address(version), {"do": "fill", "box-0-0": "skipped"}).text
    assert ticked.count('<option value="done" selected>') == 7
    given = {f"box-{row}-{column}": "done" for row in range(2) for column in range(4)} | {"pain-3": "10"}
    looked = client.post(address(version), given | {"do": "check"})
    assert "Will be written, from paper: 8 done, pain on 1 day." in looked.text
    assert logged(world) == []
    saved = client.post(address(version), given | {"do": "save"}, follow=True)
    assert "8 answers added from paper: 8 done, pain on 1 day." in saved.text
    assert logged(world).count(("done", 1, 10)) == 1


@pytest.mark.parametrize("said", ["11", "1000", "-1", "a", "³"], ids=["eleven", "thousand", "minus", "letter", "power"])
def test_a_pain_that_is_none_is_said_and_nothing_is_written(
    desk: tuple[World, ProgramVersion, Client], said: str
) -> None:
    world, version, client = desk
    answer = client.post(address(version), {"do": "save", "box-0-0": "done", "pain-0": said})
    assert answer.status_code == 422
    assert f"“{said}” is no pain from 0 to 10" in answer.text
    assert logged(world) == []


def test_a_reader_may_not_type_and_sees_the_charts(desk: tuple[World, ProgramVersion, Client]) -> None:
    world, version, _client = desk
    reader = Client()
    reader.force_login(world.reader)
    assert reader.get(address(version)).status_code == 403
    page = reader.get(reverse("programs:progress", args=[version.program_id]))
    assert page.status_code == 200
    assert "Type back" not in page.text

"""From rows to a course: every day as it was told, missing values missing, nothing to come."""

from datetime import date, timedelta

from django.utils import timezone

from assessments.models import Activity, OutcomeScore
from programs.models import CheckResult, ExerciseLog, MorningCheck, Program, ProgramVersion, RunLog
from programs.progress.chart.facts import Course, Day
from programs.progress.gather import course_of
from programs.progress.measured import measures_of
from programs.progress.presenters import adherence_of, course_view, summary_of
from programs.progression.dose import Dose
from tests.assessments.conftest import open_draft
from tests.support.factories import World
from tests.support.programs import content_line, make_issued, make_version
from tests.support.queries import at_most

TODAY = date(2026, 11, 22)


def issued(world: World, began: int = 4, **more: object) -> ProgramVersion:
    lines = [content_line("Bridge", Dose(sets=3, reps=10))]
    return make_issued(world, starts_on=TODAY - timedelta(days=began), lines=lines, **more)[0]  # type: ignore[arg-type]


def report(version: ProgramVersion, ago: int, status: str = "done", **more: object) -> None:
    ExerciseLog.objects.create(
        clinic=version.clinic,
        version=version,
        day=TODAY - timedelta(days=ago),
        line=version.content["lines"][0]["line"],
        status=status,
        **more,
    )


def gathered(version: ProgramVersion) -> Course:
    found = course_of(Program.objects.get(pk=version.program_id), TODAY)
    assert found is not None
    return found


def days(version: ProgramVersion) -> list[Day]:
    return list(gathered(version).days)


def test_done_skipped_and_not_reported_are_three_things_and_today_is_not_over(world: World) -> None:
    version = issued(world)
    report(version, 4, pain=0)
    report(version, 3, "skipped")
    told = days(version)
    assert [(day.done, day.skipped, day.not_reported) for day in told] == [
        (1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 1), (0, 0, 0),
    ]  # fmt: skip
    assert [day.pain for day in told] == [0, None, None, None, None]


def test_a_day_to_come_never_counts(world: World) -> None:
    version = issued(world, began=1)
    report(version, -2)
    assert [day.day for day in days(version)] == [TODAY - timedelta(days=1), TODAY]


def test_runs_and_mornings_join_their_days_and_the_worst_pain_stands(world: World) -> None:
    version = issued(world, began=1)
    report(version, 1, pain=2)
    yesterday = {"clinic": world.clinic, "program": version.program, "day": TODAY - timedelta(days=1)}
    now = timezone.now()
    RunLog.objects.create(**yesterday, minutes=20, pain=4, level=1, told_at=now)
    RunLog.objects.create(**yesterday, number=2, told_at=now)
    RunLog.objects.create(**yesterday, number=3, minutes=90, pain=9, is_removed=True, told_at=now)
    MorningCheck.objects.create(**yesterday | {"day": TODAY}, change="worse", told_at=now)
    first, today = days(version)
    assert (first.runs, first.run_minutes, first.run_level, first.pain) == (2, 20, 1, 4)
    assert (today.change, today.morning) == ("worse", None)


def test_versions_hold_until_the_next_begins_with_what_each_set(world: World) -> None:
    version = issued(world, began=10)
    Program.objects.filter(pk=version.program_id).update(pain_ceiling=5, stage=2)
    program = Program.objects.get(pk=version.program_id)
    make_version(world, program, starts_on=TODAY - timedelta(days=3), number=2)
    first, second = gathered(version).stretches
    assert first.last == TODAY - timedelta(days=4)
    assert (first.ceiling, first.phase, first.level) == (3, "Stage 1", 0)
    assert (second.ceiling, second.phase) == (5, "Stage 2")


def test_a_course_costs_four_queries_however_long(world: World) -> None:
    version = issued(world, began=60)
    for number in range(2, 6):
        make_version(world, version.program, starts_on=TODAY - timedelta(days=60 - number * 10), number=number)
    for ago in range(20):
        report(version, ago)
    program = Program.objects.get(pk=version.program_id)
    with at_most(4):
        course_view(course_of(program, TODAY) or Course(TODAY, TODAY, TODAY))


def test_nothing_issued_has_no_course(world: World) -> None:
    version = issued(world)
    assert course_of(Program.objects.get(pk=version.program_id), TODAY, []) is None


def test_the_sentence_counts_honestly_and_says_what_came_from_paper(world: World) -> None:
    version = issued(world)
    report(version, 4, pain=5)
    report(version, 3, pain=2, source="paper", typed_by=world.clinician, is_ticked=True)
    course = gathered(version)
    assert adherence_of(course, 14) == "2 of 4 planned done, 2 not reported, last 14 days; 1 from paper"
    assert summary_of(course, 14) == (
        "2 of 4 planned done, 2 not reported, last 14 days; 1 from paper;"
        " worst pain of a day 2 to 5; above the ceiling on 1 day; step 0 of the run ladder."
    )
    newest, *_older = course_view(course, 14).rows
    assert newest.pain == "–"


def test_a_measure_taken_once_stands_against_the_other_side(world: World) -> None:
    draft = open_draft(world).ready()
    draft.answer(("slr_degrees", "right", "58"), ("slr_degrees", "left", "78"))
    signed = draft.sign()
    with at_most(5):
        (view,) = [one for one in measures_of(signed.episode) if one.measure.key == "slr_degrees"]
    assert view.summary == "Right: 58°, measured once; left 78°, a difference of 20°."
    assert [row.cells for row in view.rows] == [("58°", "78°")]
    assert [one.name for one in view.measure.series] == ["right", "left"]


def test_a_bad_morning_is_above_the_ceiling_too(world: World) -> None:
    version = issued(world)
    report(version, 4, pain=1)
    morning = {"clinic": world.clinic, "program": version.program, "change": "worse", "told_at": timezone.now()}
    MorningCheck.objects.create(**morning, day=TODAY - timedelta(days=3), pain=6)
    assert "worst pain of a day 1; next morning 6; above the ceiling on 1 day; 1 morning worse;" in summary_of(
        gathered(version), 14
    )


def test_what_the_runner_measures_at_home_joins_the_visits_and_says_so(world: World) -> None:
    draft = open_draft(world).ready()
    draft.answer(("bridge_single_s", "right", "18"), ("bridge_single_s", "left", "30"))
    signed = draft.sign()
    version = make_issued(world, starts_on=TODAY, episode=signed.episode)[0]
    for days, right in ((0, 99.0), (10, 27.0)):
        CheckResult.objects.create(
            clinic=world.clinic,
            program=version.program,
            key="bridge_one_leg",
            day=TODAY + timedelta(days=days),
            left=30,
            right=right,
            told_at=timezone.now(),
        )
    (view,) = [one for one in measures_of(signed.episode) if one.measure.key == "bridge_single_s"]
    assert view.summary == "Right: 18 s at first, now 27 s (+9 s); left 30 s, a difference of 3 s."
    assert [(row.cells, row.note) for row in view.rows] == [
        (("–", "–"), ""),  # a visit at which nobody measured it
        (("18 s", "30 s"), ""),
        (("27 s", "30 s"), "by the runner at home"),
    ]
    assert view.chart.baseline


def test_activities_are_led_by_their_average(world: World) -> None:
    draft = open_draft(world).ready()
    for number, (words, score) in enumerate((("Stairs", 4), ("Running 5 km", 7)), start=1):
        activity = Activity.objects.create(
            clinic=world.clinic, episode=draft.draft.episode, number=number, words=words, by=world.clinician
        )
        OutcomeScore.objects.create(
            clinic=world.clinic,
            assessment=draft.draft,
            measure="psfs",
            activity=activity,
            value=score,
            by=world.clinician,
        )
    signed = draft.sign()
    (view,) = [one for one in measures_of(signed.episode) if one.measure.key == "psfs"]
    assert view.heads == ("average", "Stairs", "Running 5 km")
    assert [row.cells for row in view.rows] == [("5.5", "4", "7")]


def test_an_unsigned_assessment_shows_no_measure(world: World) -> None:
    draft = open_draft(world).ready()
    draft.answer(("slr_degrees", "right", "58"))
    assert measures_of(draft.draft.episode) == []

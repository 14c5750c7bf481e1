"""Twelve-week stories written into the tables: what is gathered from them proposes exactly what the tables of words do."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from programs.decisions.gather import gathered
from programs.models import (
    CheckResult,
    ExerciseLog,
    MorningCheck,
    NewSymptom,
    Program,
    ProgramVersion,
    RunLog,
)
from programs.progression.adherence import Outcome
from programs.progression.decide import decide
from programs.progression.dose import Dose
from programs.progression.reports import Report
from tests.decisions.cases import Case
from tests.progression.stories import Story, day
from tests.progression.test_stories import STORIES
from tests.support.factories import World
from tests.support.programs import content_line

A_STORY_DAYS = 84


def weekdays_of(story: Story) -> dict[int, tuple[int, ...]] | None:
    """For each change of the program the weekdays it plans; None where the words plan other days every week, which no dose
    of a real program does.
    """
    planned = {session.day for session in story.course().planned}
    starts = [*sorted(story.stages), A_STORY_DAYS]
    found = {}
    for first, after in pairwise(starts):
        days = [day(number) for number in range(first, after)]
        weekdays = tuple(sorted({each.weekday() for each in days if each in planned}))
        if any((each in planned) is not (each.weekday() in weekdays) for each in days):
            return None
        found[first] = weekdays
    return found


REGULAR = {name: story for name, story in STORIES.items() if weekdays_of(story)}
CHECKPOINTS = sorted(REGULAR)


def as_rows(world: World, story: Story) -> Case:
    """Versions where the program changes, and a row for everything told, with when it was told and when it arrived."""
    first_stage = story.stages[0][0]
    case = Case.of(world, story.diagnosis, first_stage)
    for number, (first, weekdays) in enumerate((weekdays_of(story) or {}).items(), start=1):
        version(case, story, number, first, weekdays)
    newest = ProgramVersion.objects.get(program=case.program, number=1)
    course, common = story.course(), {"clinic": world.clinic}
    for told in course.sessions:
        is_done = told.outcome is Outcome.DONE
        values = {"line": told.line, "occasion": told.number, "pain": told.pain}
        reason = "pain" if told.for_pain else ""
        arrived(
            ExerciseLog,
            told,
            version=newest,
            status="done" if is_done else "skipped",
            reason=reason,
            **values,
            **common,
        )
    for morning in course.mornings:
        values = {"change": morning.change, "pain": morning.pain, "has_limp": morning.has_limp}
        arrived(MorningCheck, morning, program=case.program, leg=morning.leg or "", **values, **common)
    for run in course.runs:
        values = {"minutes": run.minutes, "surface": run.surface or "", "pain": run.pain, "level": run.level}
        arrived(RunLog, run, program=case.program, **values, **common)
    for check in course.checks:
        names = ("key", "left", "right", "value", "passed", "pain", "has_cramp", "hip_drops")
        arrived(CheckResult, check, program=case.program, **{name: getattr(check, name) for name in names}, **common)
    for new in course.news:
        arrived(
            NewSymptom,
            new,
            column="created_at",
            program=case.program,
            answers={new.key: new.answer},
            is_urgent=new.answer is True,
            **common,
        )
    return case


def arrived(model: Any, told: Report, *, column: str = "reported_at", **values: Any) -> None:
    row = model.objects.create(day=told.day, told_at=told.told_at, **values)
    model.objects.filter(pk=row.pk).update(**{column: told.arrived_at})


def version(case: Case, story: Story, number: int, first: int, weekdays: tuple[int, ...]) -> None:
    stage, level = story.stages[first]
    plan = story.plan(first)
    line = content_line("Bridge", Dose(sets=3, reps=10, weekdays=frozenset(weekdays))) | {"line": "line"}
    ProgramVersion.objects.create(
        clinic=case.world.clinic,
        program=case.program,
        number=number,
        issued_by=case.world.clinician,
        starts_on=day(first),
        ends_on=day(A_STORY_DAYS) + timedelta(days=30),
        content={
            "diagnosis": story.diagnosis,
            "stage": stage,
            "side": story.side.value,
            "self_test": story.self_test,
            "pain_ceiling": plan.ceiling,
            "lines": [line],
            "doses": {"line": line["dose"]},
            "running": {},
            "running_given": {"level": level} if level is not None else {},
        },
    )


def test_the_stories_told_here_are_of_every_diagnosis() -> None:
    assert {story.diagnosis for story in REGULAR.values()} == {"hamstring_strain", "pht", "sij", "nerve"}


@pytest.mark.parametrize("name", CHECKPOINTS)
def test_rows_and_tables_tell_the_same_story(clinic: World, name: str) -> None:
    """On every fourth day and on those that matter, with the same reasons, data points and marks of what came late."""
    story = REGULAR[name]
    case = as_rows(clinic, story)
    program = Program.objects.select_related("episode__patient__running").get(pk=case.program.pk)
    course = story.course()
    for number in sorted({*story.expected, *range(1, A_STORY_DAYS, 4)}):
        found = gathered(program, day(number))
        assert found
        assert found.decide() == decide(course, story.plan(number), day(number)), f"day {number}"
    for number, expected in story.expected.items():
        found = gathered(program, day(number))
        assert found
        assert found.decide().verdict is expected.verdict

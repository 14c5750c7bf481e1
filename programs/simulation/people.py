"""The invented clinic's people and programs: the product's own objects, never written anywhere."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from assessments.models import Assessment
from clinic.models import Clinic, Episode, Patient, User
from clinic.vocabulary.diagnoses import WorkingDiagnosis
from programs.models import Program, ProgramVersion, Standing
from programs.progression.criteria import Criterion, Kind, stage_of
from programs.progression.dose import Dose, to_json
from programs.progression.reports import CheckReport
from programs.progression.rules import ceiling_of
from programs.simulation.runners import Runner

VERSION_LASTS = timedelta(days=13)
DIAGNOSES = (WorkingDiagnosis.PHT, WorkingDiagnosis.HAMSTRING_STRAIN, WorkingDiagnosis.NERVE)
DOSES = (
    ("one_leg_bridge", Dose(sets=3, reps=10)),
    ("two_leg_bridge", Dose(sets=4, hold_s=30, rest_s=60, times_per_day=2, every_n_days=2)),
    ("good_morning", Dose(sets=3, reps=8, weekdays=frozenset({0, 2, 4}))),
)


def programs_of(clinic: Clinic, by: User, runners: Sequence[Runner], start: date) -> list[Program]:
    """One running program for each, in their order, with runner, episode, assessment and standing."""
    return [_program(clinic, by, runner, start) for runner in runners]


def _program(clinic: Clinic, by: User, runner: Runner, start: date) -> Program:
    diagnosis = DIAGNOSES[runner.number % len(DIAGNOSES)]
    patient = Patient(
        clinic=clinic,
        first_name="Runner",
        last_name=f"No. {runner.number}",
        sort_key=f"{runner.number:06d}",
        date_of_birth=date(1990, 1, 1),
        email=f"runner{runner.number}@runners.example",
        time_zone=runner.zone.key,
        reminder_hour=runner.hour,
        morning_reminders=runner.wants_mornings,
    )
    episode = Episode(clinic=clinic, patient=patient, painful_side="right", clinician=by)
    program = Program(
        clinic=clinic,
        episode=episode,
        assessment=Assessment(clinic=clinic, episode=episode, examined_on=start, clinician=by),
        clinician=by,
        state=Program.State.ISSUED,
        diagnosis=diagnosis.value,
        stage=diagnosis.stages[0],
        side="right",
        pain_ceiling=ceiling_of(diagnosis),
        starts_on=start,
    )
    program.standing = Standing(
        clinic=clinic,
        program=program,
        starts_on=start,
        review_on=start + VERSION_LASTS + timedelta(days=1),
        ceiling=program.pain_ceiling,
    )
    return program


def version_of(
    program: Program, by_id: UUID, *, number: int, starts_on: date, level: int, self_test: int | None, sets: int
) -> ProgramVersion:
    """Two weeks from this day, with what planning and deciding read of a version. Lines keep their keys."""
    lines = [
        {
            "line": f"{program.episode.patient.sort_key}-{place}",
            "exercise": exercise,
            "name": exercise,
            "dose": to_json(replace(dose, sets=max(1, dose.sets + sets))),
        }
        for place, (exercise, dose) in enumerate(DOSES)
    ]
    content: dict[str, Any] = {
        "schema": 1,
        "language": "en",
        "diagnosis": program.diagnosis,
        "stage": program.stage,
        "side": program.side,
        "pain_ceiling": program.pain_ceiling,
        "lines": lines,
        "doses": {line["line"]: line["dose"] for line in lines},
        "running_given": {"level": level},
        "self_test": self_test,
    }
    return ProgramVersion(
        clinic_id=program.clinic_id,
        program=program,
        number=number,
        issued_by_id=by_id,
        starts_on=starts_on,
        ends_on=starts_on + VERSION_LASTS,
        content=content,
    )


def passed_checks(program: Program, day: date, now: datetime) -> list[CheckReport]:
    """Everything the stage asks for, met: as a runner with a good week shows it at a visit."""
    stage = stage_of(WorkingDiagnosis(program.diagnosis), program.stage)
    wanted = {criterion.check: criterion for criterion in stage.criteria} if stage else {}
    answers = [(key, _met(criterion)) for key, criterion in wanted.items()]
    return [CheckReport(day=day, told_at=now, arrived_at=now, key=key, **met) for key, met in answers if met]


def _met(criterion: Criterion) -> dict[str, Any]:
    clean = {"has_cramp": False, "hip_drops": False, "pain": 0}
    if criterion.kind is Kind.PAIN_AT_MOST:
        return {"pain": 0}
    if criterion.kind is Kind.YES:
        return {"passed": True}
    if criterion.kind is Kind.SYMMETRY:
        return {"left": 100.0, "right": 98.0, **clean}
    if criterion.kind in (Kind.AT_LEAST, Kind.AT_MOST):
        measured = float(criterion.limit)
        return {"left": measured, "right": measured, "value": measured, **clean}
    return {}

"""The rows of the invented clinic, written as the product's own actions leave them, many at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from assessments.models import Assessment
from clinic.models import Clinic, Episode, Patient, RunningProfile, User
from clinic.vocabulary.diagnoses import WorkingDiagnosis
from programs.caseload.standing import refresh
from programs.models import CheckResult, ExerciseLog, MorningCheck, PatientLink, Program, ProgramVersion, RunLog
from programs.portal.links import unsaved_link
from programs.progression.criteria import Criterion, Kind, stage_of
from programs.progression.dose import Dose, to_json
from programs.progression.rules import ceiling_of
from programs.simulation.runners import Runner

VERSION_LASTS = timedelta(days=13)
DIAGNOSES = (WorkingDiagnosis.PHT, WorkingDiagnosis.HAMSTRING_STRAIN, WorkingDiagnosis.NERVE)
DOSES = (
    ("one_leg_bridge", Dose(sets=3, reps=10)),
    ("two_leg_bridge", Dose(sets=4, hold_s=30, rest_s=60, times_per_day=2, every_n_days=2)),
    ("good_morning", Dose(sets=3, reps=8, weekdays=frozenset({0, 2, 4}))),
)


def make_clinic(clinic: Clinic) -> tuple[Clinic, User]:
    """Inside its own scope: the clinic and its one clinician."""
    clinic.save(force_insert=True)
    return clinic, User.objects.create_user(email=f"simulated.{clinic.pk}@clinic.example", name="Simulated clinician")


def make_programs(clinic: Clinic, by: User, runners: Sequence[Runner], start: date) -> list[Program]:
    """One running program for each, in their order."""
    patients, profiles, episodes, assessments, programs, links = [], [], [], [], [], []
    for runner in runners:
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
        assessment = Assessment(clinic=clinic, episode=episode, examined_on=start, clinician=by)
        program = Program(
            clinic=clinic,
            episode=episode,
            assessment=assessment,
            clinician=by,
            state=Program.State.ISSUED,
            diagnosis=diagnosis.value,
            stage=diagnosis.stages[0],
            side="right",
            pain_ceiling=ceiling_of(diagnosis),
            starts_on=start,
        )
        patients.append(patient)
        profiles.append(RunningProfile(clinic=clinic, patient=patient, running_type="distance"))
        episodes.append(episode)
        assessments.append(assessment)
        programs.append(program)
        links.append(unsaved_link(program_id=program.pk, clinic_id=clinic.pk))
    Patient.objects.bulk_create(patients)
    RunningProfile.objects.bulk_create(profiles)
    Episode.objects.bulk_create(episodes)
    Assessment.objects.bulk_create(assessments)
    Program.objects.bulk_create(programs)
    PatientLink.objects.bulk_create(links)
    return programs


def content_of(program: Program, *, level: int, self_test: int | None, sets: int) -> dict[str, Any]:
    """What a version holds, as far as planning and deciding read it. The lines keep their keys from version to version."""
    lines = [
        {
            "line": f"{program.pk.hex[:8]}-{place}",
            "exercise": exercise,
            "name": exercise,
            "dose": to_json(replace(dose, sets=max(1, dose.sets + sets))),
        }
        for place, (exercise, dose) in enumerate(DOSES)
    ]
    return {
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


def issue(program: Program, by: User, *, number: int, starts_on: date, content: dict[str, Any]) -> UUID:
    """The next version, from this day on; its id."""
    version = ProgramVersion.objects.create(
        clinic_id=program.clinic_id,
        program=program,
        number=number,
        issued_by=by,
        starts_on=starts_on,
        ends_on=starts_on + VERSION_LASTS,
        content=content,
    )
    refresh(program.pk)
    return version.pk


def told(rows: Iterable[ExerciseLog | MorningCheck | RunLog | CheckResult], now: datetime) -> None:
    """Reports of one moment, written at once; the database's own times are those of the simulated clock."""
    by_model: dict[type[Any], list[Any]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    for model, same in by_model.items():
        model.objects.bulk_create(same)
        model.objects.filter(pk__in=[row.pk for row in same]).update(reported_at=now)


def passed_checks(program: Program, day: date, by: User, now: datetime) -> list[CheckResult]:
    """Everything the stage asks for, met: as a runner with a good week shows it at a visit."""
    stage = stage_of(WorkingDiagnosis(program.diagnosis), program.stage)
    wanted = {criterion.check: criterion for criterion in stage.criteria} if stage else {}
    common = {"clinic_id": program.clinic_id, "program": program, "day": day, "by": by, "told_at": now}
    rows = [(key, _met(criterion)) for key, criterion in wanted.items()]
    return [CheckResult(**common, key=key, **met) for key, met in rows if met]


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

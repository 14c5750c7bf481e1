"""Issued programs for tests, written straight into the tables (the actions have their own tests)."""

import uuid
from datetime import date, timedelta
from typing import Any

from assessments.models import Assessment, Conclusion
from clinic.models import Episode
from programs.caseload.standing import refresh
from programs.models import PatientLink, Program, ProgramVersion
from programs.portal.links import new_link
from programs.progression.dose import Dose, to_json
from programs.progression.dose_words import big_line, patient_sentence, staff_text
from tests.support.factories import World, make_episode

from clinic.vocabulary.sides import DoseSide  # isort: skip


def make_signed(
    world: World, episode: Episode, diagnosis: str = "pht", stage: int | None = 1, irritability: str = "low"
) -> Assessment:
    """A signed assessment with its conclusion, as signing leaves it."""
    from django.utils import timezone

    assessment = Assessment.objects.create(
        clinic=world.clinic, episode=episode, examined_on=date(2026, 11, 20), clinician=world.clinician
    )
    Conclusion.objects.create(
        clinic=world.clinic,
        assessment=assessment,
        diagnosis=diagnosis,
        side="right",
        stage=stage,
        irritability=irritability,
        by=world.clinician,
    )
    assessment.state, assessment.signed_at, assessment.signed_by = "signed", timezone.now(), world.clinician
    assessment.save()
    return assessment


def content_line(name: str, dose: Dose, **more: Any) -> dict[str, Any]:
    big = big_line(dose)
    return {
        "line": str(uuid.uuid4()),
        "exercise": "two_leg_bridge",
        "name": name,
        "kind": "exercise",
        "side": dose.side,
        "dose": to_json(dose),
        "staff_text": staff_text(dose),
        "sentence": patient_sentence(dose),
        "big": {"headline": big.headline, "unit": big.unit, "how_often": big.how_often},
        "purpose": "",
        "steps": ["Lie on your back.", "Lift your hips.", "Lower slowly."],
        "cues": ["Squeeze first, then lift.", "Keep both hips level."],
        "faults": ["Arching the back."],
        "easier": "",
        "harder": "",
        "note": "",
        "start": "",
        "limb": "leg",
        "rep_word": "",
        "equipment": [],
    } | more


def two_lines() -> list[dict[str, Any]]:
    """A bridge once a day on the right, and a hold twice a day."""
    return [
        content_line("One-leg bridge", Dose(sets=3, reps=10, side=DoseSide.RIGHT)),
        content_line("Two-leg bridge hold", Dose(sets=5, hold_s=45, rest_s=120, times_per_day=2)),
    ]


def make_issued(
    world: World,
    *,
    starts_on: date,
    episode: Episode | None = None,
    lines: list[dict[str, Any]] | None = None,
    ceiling: int = 3,
) -> tuple[ProgramVersion, PatientLink]:
    """Inside the clinic's scope: episode, signed assessment, program, version 1 of 14 days, and the patient's link."""
    episode = episode or make_episode(world)
    program = Program.objects.create(
        clinic=world.clinic,
        episode=episode,
        assessment=make_signed(world, episode),
        clinician=world.clinician,
        state=Program.State.ISSUED,
        diagnosis="pht",
        stage=1,
        side="right",
        pain_ceiling=ceiling,
        starts_on=starts_on,
    )
    return make_version(world, program, starts_on=starts_on, lines=lines), new_link(
        program_id=program.pk, clinic_id=world.clinic.pk
    )


def make_version(
    world: World, program: Program, *, starts_on: date, number: int = 1, lines: list[dict[str, Any]] | None = None
) -> ProgramVersion:
    lines = two_lines() if lines is None else lines
    version = ProgramVersion.objects.create(
        clinic=world.clinic,
        program=program,
        number=number,
        issued_by=world.clinician,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=13),
        content={
            "schema": 1,
            "language": "en",
            "diagnosis": program.diagnosis,
            "stage": program.stage,
            "side": program.side,
            "pain_ceiling": program.pain_ceiling,
            "lines": lines,
            "doses": {line["line"]: line["dose"] for line in lines},
            "running": {
                "title": "",
                "headline": "30 min brisk walk",
                "text": "Every second day.",
                "move_up": "",
                "level": 0,
            },
            "next_visit": "",
            "criteria": [],
            "avoid": [],
            "body_part": "Right thigh",
            "clinic": {},
            "library_version": "test",
        },
    )
    refresh(program.pk)
    return version

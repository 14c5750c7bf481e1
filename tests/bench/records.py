"""A clinic of any size with running programs and two weeks of reports, written in bulk."""

from datetime import date, timedelta

from django.utils import timezone

from assessments.models import Assessment, Conclusion
from clinic.models import Episode, Patient, RunningProfile
from clinic.models.patients import sort_key
from clinic.tenancy import clinic_scope
from programs.models import ExerciseLog, PatientLink, Program, ProgramVersion, Standing
from programs.portal.links import unsaved_link
from tests.support.factories import World, make_clinic
from tests.support.programs import two_lines

LAST_NAMES = ("Adeyemi", "Brandt", "Ferreira", "Lindqvist", "Oliveira", "Reid", "Tanaka", "Weber")


def big_clinic(runners: int) -> tuple[World, list[Patient], list[Program]]:
    """Every runner has a signed assessment, an issued program of two lines, and 14 days of reports with gaps."""
    world, today = make_clinic(f"Clinic of {runners}"), timezone.localdate()
    with clinic_scope(world.clinic.pk, actor="system:bench"):
        patients = _people(world, runners)
        programs = _programs(world, patients, today)
        _reports(world, programs, today)
    return world, patients, programs


def _people(world: World, runners: int) -> list[Patient]:
    patients = [
        Patient(
            clinic=world.clinic,
            first_name=f"Runner{number}",
            last_name=LAST_NAMES[number % len(LAST_NAMES)],
            sort_key=sort_key(LAST_NAMES[number % len(LAST_NAMES)], f"Runner{number}"),
            date_of_birth=date(1990, 1, 1) + timedelta(days=number),
            email=f"runner{number}@runner.test",
        )
        for number in range(runners)
    ]
    Patient.objects.bulk_create(patients, batch_size=500)
    RunningProfile.objects.bulk_create(
        [RunningProfile(clinic=world.clinic, patient=one, running_type="distance") for one in patients], batch_size=500
    )
    return patients


def _programs(world: World, patients: list[Patient], today: date) -> list[Program]:
    clinic, by = world.clinic, world.clinician
    episodes = [Episode(clinic=clinic, patient=one, painful_side="right", clinician=by) for one in patients]
    Episode.objects.bulk_create(episodes, batch_size=500)
    drafts = [Assessment(clinic=clinic, episode=one, examined_on=today, clinician=by) for one in episodes]
    Assessment.objects.bulk_create(drafts, batch_size=500)
    Conclusion.objects.bulk_create(
        [Conclusion(clinic=clinic, assessment=one, diagnosis="pht", side="right", stage=1, by=by) for one in drafts],
        batch_size=500,
    )
    Assessment.objects.filter(clinic=clinic).update(state="signed", signed_at=timezone.now(), signed_by=by)
    programs = [
        Program(
            clinic=clinic, episode=one.episode, assessment=one, clinician=by, state="issued", diagnosis="pht", stage=1,
            side="right", pain_ceiling=3, starts_on=today - timedelta(days=10),
        )
        for one in drafts
    ]  # fmt: skip
    Program.objects.bulk_create(programs, batch_size=500)
    links = [unsaved_link(program_id=one.pk, clinic_id=clinic.pk) for one in programs]
    PatientLink.objects.bulk_create(links, batch_size=500)
    return programs


def _content() -> dict[str, object]:
    lines = two_lines()
    return {
        "schema": 1,
        "language": "en",
        "diagnosis": "pht",
        "stage": 1,
        "side": "right",
        "pain_ceiling": 3,
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
    }


def _reports(world: World, programs: list[Program], today: date) -> None:
    clinic, start = world.clinic, today - timedelta(days=10)
    versions = [
        ProgramVersion(
            clinic=clinic, program=one, number=1, issued_by=world.clinician, starts_on=start,
            ends_on=start + timedelta(days=13), content=_content(),
        )
        for one in programs
    ]  # fmt: skip
    ProgramVersion.objects.bulk_create(versions, batch_size=200)
    logs, standings = [], []
    for number, version in enumerate(versions):
        silent_since = number % 9  # some report every day, some stopped a week ago
        for offset in range(10 - silent_since):
            for line in version.content["lines"]:
                for occasion in range(1, line["dose"].get("times_per_day", 1) + 1):
                    logs.append(
                        ExerciseLog(
                            clinic=clinic, version=version, day=start + timedelta(days=offset), line=line["line"],
                            occasion=occasion, status="done", pain=(number + offset) % 5,
                        )
                    )  # fmt: skip
        last = start + timedelta(days=9 - silent_since)
        standings.append(
            Standing(
                clinic=clinic, program=version.program, starts_on=start, review_on=start + timedelta(days=14), ceiling=3,
                last_report_on=last, last_pain=(number + 9 - silent_since) % 5, last_pain_on=last,
            )
        )  # fmt: skip
    ExerciseLog.objects.bulk_create(logs, batch_size=2000)
    Standing.objects.bulk_create(standings, batch_size=500)

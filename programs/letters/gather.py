"""From records to the values a letter is composed of: the only file here that knows both. Reads, and writes nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from assessments.chart import areas_of, chart_words
from assessments.course import course_of
from assessments.models import Answer, Assessment, Conclusion
from assessments.presenters.outcomes import outcomes_table
from assessments.queries import pain_areas_of
from assessments.reasoning.outcomes import NPRS
from clinic.models import Clinic, Patient
from clinic.vocabulary.diagnoses import WorkingDiagnosis
from programs.caseload.program_progress import program_progress
from programs.letters import queries
from programs.letters.basis import (
    WORDS,
    Amendment,
    Basis,
    Concluded,
    Outcome,
    Person,
    Prescribed,
    Progress,
    Written,
)
from programs.letters.compose import compose, sections_of
from programs.letters.document import Head, LetterDocument, Paper
from programs.mapping import protocol_of
from programs.models import Letter, Program, ProgramVersion
from programs.presenters.words import condition_of
from programs.progress.chart.facts import course_to_json, window
from programs.progress.gather import course_of as course_of_program
from programs.progress.presenters import summary_of

PAPERS: dict[str, Paper] = {"A4": "A4", "Letter": "Letter"}


@dataclass(frozen=True)
class Draft:
    """A letter as it would be issued now, and the keys of the sections it has anything for, left out or not."""

    document: LetterDocument
    offered: tuple[str, ...]


def draft_of(letter: Letter, *, writer: str, on: date) -> Draft:
    """What the letter says on this day, in the clinic's language. Needs what access.get_letter loads. Up to eleven
    queries, three more with the chart."""
    with translation.override(letter.clinic.language):
        basis = basis_of(letter.assessment, on=on, with_chart=letter.has_chart)
        written = written_of(letter, writer=writer)
        offered = tuple(section.key for section in sections_of(basis, written))
        return Draft(compose(basis, written, on=on), offered)


def written_of(letter: Letter, *, writer: str) -> Written:
    return Written(
        kind=letter.kind,
        kind_words=str(letter.get_kind_display()),
        left_out=frozenset(letter.left_out),
        writer=writer,
        **{name: getattr(letter, name) for name in WORDS},
    )


def basis_of(assessment: Assessment, *, on: date, with_chart: bool = False) -> Basis:
    """Everything about one signed assessment. Call it with the letter's language active, inside the clinic's scope."""
    episode, clinic = assessment.episode, assessment.clinic
    patient: Patient = episode.patient
    zone = ZoneInfo(clinic.time_zone)
    answers = queries.answers_of(assessment.pk)
    signed = queries.signed_of(episode.pk)
    chain = queries.versions_of(assessment, signed)
    issued = queries.program_of(episode.pk)
    number = next((place for place, one in enumerate(chain, start=1) if one.pk == assessment.pk), 1)
    return Basis(
        head=_head(clinic),
        paper=PAPERS[clinic.paper],
        language=clinic.language,
        patient=patient.full_name,
        born=patient.date_of_birth,
        age=patient.age_on(assessment.examined_on),
        running=_running(patient),
        painful_side=episode.painful_side,
        began_on=episode.began_on,
        own_words=episode.note,
        examined_on=assessment.examined_on,
        visit=assessment.visit,
        version=number,
        amendments=tuple(
            Amendment(place, _day(one.signed_at, zone), one.amendment_reason)
            for place, one in enumerate(chain[:number], start=1)
            if place > 1
        ),
        knowledge_version=assessment.knowledge_version,
        answers={(one.key, one.side): one.value for one in answers if one.carried_from_id is None},
        shown=assessment.shown or {},
        conclusion=_concluded(getattr(assessment, "conclusion", None)),
        chart=tuple(chart_words(areas_of(pain_areas_of(assessment)))),
        outcomes=_outcomes(assessment, answers),
        program=_prescribed(*issued, zone, on) if issued else None,
        progress=_progress(*issued, on) if issued and with_chart else None,
        signed_by=Person(assessment.signed_by.name, _day(assessment.signed_at, zone)) if assessment.signed_by else None,
        cosigned_by=tuple(
            Person(one.asked_of.name, _day(one.answered_at, zone)) for one in queries.cosignatures_of(assessment.pk)
        ),
        emergency_number=clinic.emergency_number,
        urgent_number=clinic.urgent_number,
        emergency_place=clinic.emergency_place,
    )


def _day(moment: Any, zone: ZoneInfo) -> date:
    return timezone.localtime(moment, zone).date()


def _head(clinic: Clinic) -> Head:
    address = tuple(line.strip() for line in clinic.address.splitlines() if line.strip())
    return Head(clinic.name, address, clinic.phone, clinic.email)


def _running(patient: Patient) -> tuple[str, ...]:
    """Kind of running, distance a week and goal, as far as the record knows them."""
    running = getattr(patient, "running", None)
    if running is None:
        return ()
    facts = [_("%(kind)s runner") % {"kind": running.get_running_type_display().lower()}]
    if running.weekly_km:
        facts.append(_("%(km)s km a week") % {"km": formats.localize(running.weekly_km.normalize())})
    if running.goal:
        facts.append(_("goal: %(goal)s") % {"goal": running.goal})
    return tuple(facts)


def _concluded(conclusion: Conclusion | None) -> Concluded | None:
    if conclusion is None:
        return None
    stages = WorkingDiagnosis(conclusion.diagnosis).stages
    return Concluded(
        diagnosis=conclusion.diagnosis,
        diagnosis_words=str(conclusion.get_diagnosis_display()),
        side=str(conclusion.get_side_display()).lower(),
        stage=conclusion.stage,
        last_stage=stages[-1] if stages else None,
        irritability=str(conclusion.get_irritability_display()) if conclusion.irritability else "",
        severity=str(conclusion.get_severity_display()) if conclusion.severity else "",
        wording=conclusion.wording,
        unexamined_reason=conclusion.unexamined_reason,
        unscreened_reason=conclusion.unscreened_reason,
    )


def _outcomes(assessment: Assessment, answers: list[Answer]) -> tuple[Outcome, ...]:
    """Measures over the visits, the first score against this visit's. The pain scales of a first visit stand in its history."""
    course = course_of(assessment, answers)
    rows = [row for row in outcomes_table(course).rows if course.is_follow_up or row.row_of != NPRS]
    return tuple(
        Outcome(
            label=row.title,
            first=next((cell for cell in row.cells[:-1] if cell), ""),
            now=row.cells[-1],
            change=": ".join(part for part in (row.change, row.verdict) if part),
        )
        for row in rows
    )


def _prescribed(program: Program, versions: list[ProgramVersion], zone: ZoneInfo, on: date) -> Prescribed:
    """The newest version of the program issued last, with the runner's reports of the two weeks up to `on`."""
    version = versions[-1]
    content = version.content
    issued = Program(diagnosis=content["diagnosis"], stage=content["stage"], side=content["side"])
    progress = program_progress(program, on, versions)
    protocol = protocol_of(issued)
    return Prescribed(
        condition=condition_of(issued),
        version=version.number,
        issued_on=_day(version.issued_at, zone),
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        phase=str(protocol.title) if protocol else "",
        aim=str(protocol.aim) if protocol else "",
        ceiling=content["pain_ceiling"],
        exercises=tuple(f"{line['name']}: {line['staff_text']}" for line in content["lines"]),
        running=_run(version),
        has_ended=program.state == Program.State.ENDED,
        adherence=progress.words if progress else "",
        pain=progress.line.summary if progress and progress.line else _("No pain was reported"),
    )


def _progress(program: Program, versions: list[ProgramVersion], on: date) -> Progress | None:
    """The whole course up to `on`. Three queries."""
    course = course_of_program(program, on, versions)
    if course is None:
        return None
    shown = window(course, None)
    return Progress(text=summary_of(shown, None), course=course_to_json(shown))


def _run(version: ProgramVersion) -> str:
    running = version.content["running"] or {}
    parts = (running.get("headline", ""), running.get("text", ""))
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)

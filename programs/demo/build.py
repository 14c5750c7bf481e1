"""The demo clinic, made once through the product's own actions: nothing in it could not have been typed by hand."""

import secrets
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from assessments.actions import record_findings, save_conclusion, sign, start_assessment
from assessments.answers import Given, sides_of
from assessments.models import Assessment
from assessments.reasoning import FINDINGS, MANDATORY
from clinic.actions import open_episode, register_patient
from clinic.models import Clinic, Episode, Membership, Patient, Role, User
from clinic.tenancy import clinic_scope
from clinic.values import PatientDetails
from programs.actions.handover import tick_handover
from programs.actions.issue import end_program, issue_program
from programs.actions.propose import propose_program
from programs.demo.runners import RUNNERS, Runner
from programs.models import Program, ProgramVersion
from programs.portal.actions import answer_morning, log_check, log_exercise, log_run, tell_something_new
from programs.portal.plan import planned_on

ACTOR = "system:demo"
HANDED_OVER = ("shown", "demonstrated", "paper")  # by the end of the visit; who begins today is still in the room
CLINIC_NAME = "Larkfield Running Physio"
PEOPLE = (
    ("Ines Halvard", "ines@larkfield.example", Role.CLINICIAN),
    ("Ada Lindberg", "ada@larkfield.example", Role.ADMINISTRATOR),
    ("Rolf Penn", "rolf@larkfield.example", Role.READER),
)


def exists() -> bool:
    return User.objects.filter(email=PEOPLE[0][1]).exists()


def build(today: date) -> dict[str, tuple[str, str, str]]:
    """The clinic with its people and runners. Returns role → name, e-mail, password; the passwords are random."""
    clinic = Clinic(
        name=CLINIC_NAME,
        phone="020 7946 0147",
        email="hello@larkfield.example",
        address="4 Larkfield Mews, London",
    )
    logins: dict[str, tuple[str, str, str]] = {}
    with clinic_scope(clinic.pk, actor=ACTOR):
        clinic.save(force_insert=True)
        members: dict[str, Membership] = {}
        for name, email, role in PEOPLE:
            password = secrets.token_urlsafe(9)
            user = User.objects.create_user(email=email, name=name, password=password)
            members[role] = Membership.objects.create(clinic=clinic, user=user, role=role)
            logins[str(role.label)] = (name, email, password)
        for number, runner in enumerate(RUNNERS):
            make_runner(members[Role.CLINICIAN], runner, number=number, today=today)
    return logins


def make_runner(by: Membership, runner: Runner, *, number: int, today: date) -> Patient:
    """One runner of the list in `by`'s clinic, inside its scope; `number` makes the address unique."""
    clinic = by.clinic
    patient = register_patient(
        by=by,
        clinic=clinic,
        details=PatientDetails(
            first_name=runner.first_name,
            last_name=runner.last_name,
            date_of_birth=date.fromisoformat(runner.born),
            sex=runner.sex,
            email=f"runner{number + 1}@runners.example",
            phone=f"07700 90010{number}",
            running_type=runner.running_type,
            weekly_km=Decimal(runner.weekly_km),
            run_days="135",
            goal=runner.goal,
        ),
    )
    episode = open_episode(
        by=by,
        patient=patient,
        painful_side=runner.side,
        began_on=today - timedelta(weeks=runner.weeks),
        note=runner.note,
    )
    assessment = _assess(by.user, episode, runner, today - timedelta(days=runner.began_days_ago or 0))
    if runner.diagnosis:
        _prescribe(by.user, assessment, runner, today)
    return patient


def _given(runner: Runner) -> list[Given]:
    """The screening answered "no" where the case says nothing else, then the case's own findings."""
    answers = {key: "absent" for key in MANDATORY if FINDINGS[key].choices == () and runner.screened}
    answers |= {key: value for key, value in runner.findings.items() if isinstance(value, str)}
    sided = {key: value for key, value in runner.findings.items() if isinstance(value, dict)}
    given = [
        Given(key=key, side=side, answer=value)
        for key, value in answers.items()
        if key not in sided
        for side in sides_of(FINDINGS[key])
    ]
    return given + [
        Given(key=key, side=side, answer=one) for key, value in sided.items() for side, one in value.items()
    ]


def _assess(by: User, episode: Episode, runner: Runner, on: date) -> Assessment:
    assessment = start_assessment(by=by, episode=episode, on=on)
    outcome = record_findings(by=by, assessment=assessment, given=_given(runner))
    if outcome.refused:
        raise ValueError(f"{runner.first_name}: {[str(refusal) for refusal in outcome.refused.values()]}")
    return assessment


def _prescribe(by: User, assessment: Assessment, runner: Runner, today: date) -> None:
    save_conclusion(
        by=by,
        assessment=assessment,
        diagnosis=runner.diagnosis,
        side=runner.side,
        stage=runner.stage,
        irritability=runner.irritability,
        severity="moderate",
        wording=runner.wording,
        unexamined_reason="Time; to be completed at the next visit.",
    )
    program = propose_program(by=by, assessment=sign(by=by, assessment=assessment))
    if runner.began_days_ago is None:
        return
    first_day = today - timedelta(days=runner.began_days_ago)
    Program.objects.filter(pk=program.pk).update(starts_on=first_day)
    program.refresh_from_db()
    version = issue_program(by=by, program=program, today=first_day)
    if runner.began_days_ago:
        for step in HANDED_OVER:
            tick_handover(by=by, version=version, step=step)
    _report(version, runner, today)
    if runner.ended:
        end_program(by=by, program=program)


def _report(version: ProgramVersion, runner: Runner, today: date) -> None:
    """What the runner told the page, on each day as it came."""
    for offset in sorted({*runner.reports.pain, *runner.reports.skipped}):
        day = version.starts_on + timedelta(days=offset)
        for planned in planned_on(version.content, version.starts_on, day):
            skipped = offset in runner.reports.skipped
            log_exercise(
                version=version,
                day=day,
                line=planned.session.line,
                occasion=planned.session.number,
                status="skipped" if skipped else "done",
                pain=None if skipped else runner.reports.pain[offset],
                reason="time" if skipped else "",
                today=max(day, today),
            )
    for offset, (change, pain) in runner.reports.mornings.items():
        day = version.starts_on + timedelta(days=offset)
        answer_morning(program=version.program, day=day, change=change, pain=pain, today=max(day, today))
    _report_more(version.program, runner, today, version.starts_on)


def _report_more(program: Program, runner: Runner, today: date, first_day: date) -> None:
    """Runs, checks at home, and something new."""
    for offset, run in runner.reports.runs.items():
        log_run(program=program, run_id=uuid4(), day=first_day + timedelta(days=offset), run=run, today=today)
    for key, measured in runner.reports.checks.items():
        log_check(program=program, key=key, day=today - timedelta(days=1), measured=measured, today=today)
    if runner.reports.new:
        tell_something_new(program=program, day=today, answers=runner.reports.new, note=runner.reports.words)

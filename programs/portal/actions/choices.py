"""What the runner decides about the page itself: language, size, reminders, calendar, and stopping it all."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from clinic.models import Patient
from programs.actions.issue import close_links
from programs.caseload.standing import refresh
from programs.models import CalendarFeed, Program, PushSubscription
from programs.reminders.actions import choose_reminders
from programs.reminders.feed import renew_calendar, revoke_calendar


@dataclass(frozen=True)
class Choices:
    """What the settings page asks for, all at once. `reminder_hour` is an hour of the runner's own day."""

    language: str
    large_text: bool
    reminders: bool
    reminder_hour: int
    morning_reminders: bool


@transaction.atomic
def change_choices(*, patient: Patient, choices: Choices) -> None:
    """Kept at once; the audit holds what was chosen before. Taking reminders up again also ends a pause."""
    choose_reminders(patient=patient, wanted=choices.reminders)
    fields = {name: value for name, value in asdict(choices).items() if name != "reminders"}
    if any(getattr(patient, name) != value for name, value in fields.items()):
        Patient.objects.filter(pk=patient.pk).update(**fields)


def renew_own_calendar(*, program: Program) -> CalendarFeed:
    """A first address of the calendar or a new one; the one before stops working at once."""
    return renew_calendar(by=None, program=program)


def stop_own_calendar(*, program: Program) -> None:
    """Twice changes nothing."""
    revoke_calendar(by=None, program=program)


@transaction.atomic
def stop_everything(*, program: Program) -> None:
    """No reminder, no calendar and no link any more; what was reported stays, and the clinic sees that the runner stopped.

    Only the clinic can open it again, with a new link. The paper is made anew without the code. Twice changes nothing.
    """
    patient = program.episode.patient
    Patient.objects.filter(pk=patient.pk).update(reminders=False, morning_reminders=False)
    PushSubscription.objects.filter(link__program=program, ended_at=None).update(
        ended_at=timezone.now(), ended_why="By the runner"
    )
    revoke_calendar(by=None, program=program)
    if close_links(program, by_runner=True):
        refresh(program.pk)

"""Reminders on the program's page: whether they come, and what became of the last ones."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clinic.models import Clinic
from programs.models import Program, Reminder
from programs.reminders.queries import newest_reminders
from programs.reminders.resending import failed_at

SHOWN = 5
REFUSED_FROM = 500  # SMTP: the server will never take it; below that it asks to try later
STATES = {
    Reminder.State.QUEUED: gettext_lazy("Waiting to be sent"),
    Reminder.State.WORKING: gettext_lazy("Being sent"),
    Reminder.State.DONE: gettext_lazy("Sent"),
    Reminder.State.FAILED: gettext_lazy("Failed"),
    Reminder.State.CANCELLED: gettext_lazy("Not needed"),
}


@dataclass(frozen=True)
class ReminderTold:
    """One evening: its state in words, when it left, and the reason where it did not. `seen` marks this very failure."""

    id: UUID
    day: date
    words: str
    sent_at: datetime | None
    reason: str
    is_failed: bool
    is_uncertain: bool
    asked_by: str
    seen: str
    may_resend: bool


@dataclass(frozen=True)
class ReminderList:
    """`may_start_again`: they stopped by themselves, and a click starts them. `is_refused`: the address needs correcting."""

    words: str
    reminders: list[ReminderTold]
    may_start_again: bool = False
    is_refused: bool = False


def reminder_list(program: Program, clinic: Clinic) -> ReminderList:
    """The last five evenings, newest first. One query, and one more when the program's standing is not loaded."""
    newest = newest_reminders(program.pk, SHOWN)
    told = [_told(reminder, is_newest=place == 0) for place, reminder in enumerate(newest)]
    is_refused, wanted = bool(program.episode.patient.email_refused), program.episode.patient.reminders
    stopped = program.state == Program.State.ISSUED and wanted and (is_refused or _is_paused(program, clinic))
    return ReminderList(_whether(program, clinic), told, may_start_again=stopped, is_refused=is_refused and stopped)


def _told(reminder: Reminder, *, is_newest: bool) -> ReminderTold:
    is_failed = reminder.state == Reminder.State.FAILED
    is_uncertain = is_failed and reminder.sending_at is not None
    return ReminderTold(
        id=reminder.pk,
        day=reminder.local_day,
        words=_state(reminder, is_uncertain=is_uncertain),
        sent_at=reminder.finished_at if reminder.state == Reminder.State.DONE else None,
        reason=reminder.error,
        is_failed=is_failed,
        is_uncertain=is_uncertain,
        asked_by=reminder.asked_by.name if reminder.asked_by else "",
        seen=failed_at(reminder),
        may_resend=is_failed and is_newest,
    )


def _state(reminder: Reminder, *, is_uncertain: bool) -> str:
    """Failed in three ways that staff answer differently: it may have arrived, it was refused, or nobody took it."""
    if is_uncertain:
        return _("Uncertain")
    if reminder.state == Reminder.State.FAILED and (reminder.smtp_code or 0) >= REFUSED_FROM:
        return _("Refused by the mail server")
    return str(STATES[Reminder.State(reminder.state)])


def _is_paused(program: Program, clinic: Clinic) -> bool:
    standing = getattr(program, "standing", None)
    return 0 < clinic.pause_after_ignored <= (standing.reminders_ignored if standing else 0)


def _whether(program: Program, clinic: Clinic) -> str:
    patient = program.episode.patient
    if program.state == Program.State.ENDED:
        return _("The program has ended: none are sent.")
    if not patient.email:
        return _("None: the runner has no e-mail address.")
    if not patient.reminders:
        return _("Off: the runner or somebody for the runner stopped them.")
    if patient.email_refused:
        return _("Stopped: mail to this address was refused. Correct the address, or try it once more.")
    if _is_paused(program, clinic):
        ignored = program.standing.reminders_ignored
        words = ngettext(
            "Paused after %(n)d unanswered; a report starts them again.",
            "Paused after %(n)d unanswered; a report starts them again.",
            ignored,
        )
        return words % {"n": ignored}
    return _("On: one e-mail after %(hour)s when something is still open, at most %(most)d a week.") % {
        "hour": f"{patient.reminder_hour:02d}:00",
        "most": clinic.reminders_per_week,
    }

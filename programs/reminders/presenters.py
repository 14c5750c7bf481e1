"""Reminders on the program's page: whether they come, and what became of the last ones."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.models import Clinic
from programs.models import Program, Reminder
from programs.push.keys import public_key
from programs.push.phones import live_phones
from programs.reminders.queries import newest_reminders
from programs.reminders.resending import failed_at
from programs.reminders.states import is_uncertain, state_of

SHOWN = 5


@dataclass(frozen=True)
class ReminderTold:
    """One reminder: its state in words, when it left and how, and the reason where it did not. `seen` marks this failure."""

    id: UUID
    day: date
    kind: str
    channel: str
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
    """The last five, newest first. One query, one more where push is offered, and one when the standing is not loaded."""
    newest = newest_reminders(program.pk, SHOWN)
    first = {reminder.kind: reminder.pk for reminder in reversed(newest)}
    told = [_told(reminder, is_newest=first[reminder.kind] == reminder.pk) for reminder in newest]
    by_phone = bool(public_key()) and bool(live_phones(program.pk))
    patient = program.episode.patient
    is_refused, wanted = bool(patient.email_refused) and not by_phone, patient.reminders
    stopped = program.state == Program.State.ISSUED and wanted and (is_refused or _is_paused(program, clinic))
    words = _whether(program, clinic, by_phone=by_phone)
    return ReminderList(words, told, may_start_again=stopped, is_refused=is_refused and stopped)


def _told(reminder: Reminder, *, is_newest: bool) -> ReminderTold:
    is_failed = reminder.state == Reminder.State.FAILED
    return ReminderTold(
        id=reminder.pk,
        day=reminder.local_day,
        kind=str(reminder.get_kind_display()),
        channel=_("on the phone") if reminder.channel == Reminder.Channel.PUSH else _("by e-mail"),
        words=state_of(reminder),
        sent_at=reminder.finished_at if reminder.state == Reminder.State.DONE else None,
        reason=reminder.error,
        is_failed=is_failed,
        is_uncertain=is_uncertain(reminder),
        asked_by=reminder.asked_by.name if reminder.asked_by else "",
        seen=failed_at(reminder),
        may_resend=is_failed and is_newest,
    )


def _is_paused(program: Program, clinic: Clinic) -> bool:
    standing = getattr(program, "standing", None)
    return 0 < clinic.pause_after_ignored <= (standing.reminders_ignored if standing else 0)


def _whether(program: Program, clinic: Clinic, *, by_phone: bool) -> str:
    patient = program.episode.patient
    if program.state == Program.State.ENDED:
        return _("The program has ended: none are sent.")
    if not patient.email and not by_phone:
        return _("None: the runner has no e-mail address.")
    if not patient.reminders:
        return _("Off: the runner or somebody for the runner stopped them.")
    if patient.email_refused and not by_phone:
        return _("Stopped: mail to this address was refused. Correct the address, or try it once more.")
    if _is_paused(program, clinic):
        ignored = program.standing.reminders_ignored
        words = ngettext(
            "Paused after %(n)d unanswered; a report starts them again.",
            "Paused after %(n)d unanswered; a report starts them again.",
            ignored,
        )
        return words % {"n": ignored}
    if by_phone:
        words = _("On: one line on the phone after %(hour)s when something is still open, at most %(most)d a week.")
    else:
        words = _("On: one e-mail after %(hour)s when something is still open, at most %(most)d a week.")
    told = words % {"hour": f"{patient.reminder_hour:02d}:00", "most": clinic.reminders_per_week}
    return f"{told} {_('Also the next morning, as the runner chose.')}" if patient.morning_reminders else told

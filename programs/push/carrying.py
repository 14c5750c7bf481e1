"""A reminder by push: one row, every phone of the runner, counted as sent as soon as one phone's service took it."""

from collections.abc import Callable, Sequence
from functools import partial

from django.templatetags.static import static
from django.utils.translation import gettext as _

from programs.mailing.answers import Delivery, Outcome
from programs.mailing.carrying import Ready
from programs.models import PushSubscription, Reminder
from programs.push.service import Answer, Call, Message, Said, call

ICON = "img/app-192.png"


def by_push(phones: Sequence[PushSubscription], message: Message) -> Ready:
    """Leaves through the push services of these phones, all lines opened before anything is promised."""

    def reach() -> Callable[[], Delivery] | None:
        calls = [one for one in map(call, phones) if one]
        return partial(_handed_over, calls, message) if calls else None

    unreached = _("The phone's push service could not be reached. It is tried again by itself.")
    return Ready(reach=reach, unreached=unreached, marks={"channel": Reminder.Channel.PUSH, "message_id": ""})


def message_about(words: str, *, seconds: int, name: str, language: str) -> Message:
    """What the phone shows: `words` and nothing about the runner; the phone knows by itself which page to open."""
    told = {"title": "Strideback", "body": words, "tag": "reminder", "icon": static(ICON), "lang": language}
    return Message(told=told, seconds=seconds, topic=name)


def _handed_over(calls: list[Call], message: Message) -> Delivery:
    answers = {one.phone.pk: one.hand_over(message) for one in calls}
    outcome, reason, code = _together(list(answers.values()))
    gone = tuple(phone for phone, answer in answers.items() if answer.said is Said.GONE)
    return Delivery(outcome, reason, code, gone)


def _together(answers: Sequence[Answer]) -> tuple[Outcome, str, int | None]:
    """The best of them counts. What may have arrived is not sent again; what was clearly not taken may go another way."""
    meanings = (
        (Said.TAKEN, Outcome.SENT, ""),
        (
            Said.UNKNOWN,
            Outcome.UNKNOWN,
            _("The line broke while it was leaving. It may have arrived; it is not sent twice."),
        ),
        (Said.LATER, Outcome.TRY_AGAIN, _("The phone's push service asks to try later (code %(code)d).")),
        (Said.REFUSED, Outcome.TRY_AGAIN, _("The phone's push service refuses our message (code %(code)d).")),
        (Said.GONE, Outcome.TRY_AGAIN, _("The phone takes no reminders any more (code %(code)d).")),
    )
    for said, outcome, words in meanings:
        for answer in answers:
            if answer.said is said:
                return outcome, words % {"code": answer.code or 0} if words else "", answer.code
    raise ValueError("Nobody was called.")

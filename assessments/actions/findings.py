"""Answers, one by one or a section at a time. An answer nobody changed is not written again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions.drafts import locked_draft
from assessments.actions.streams import taken_before
from assessments.answers import Given, Place, clean, finding_of, value_said
from assessments.errors import AnsweredMeanwhile, AnswerRefused
from assessments.models import Answer, Assessment
from assessments.sending import Sent
from clinic.models import User


@dataclass
class Outcome:
    """What became of the answers: places written with their new value ("" when cleared), and refusals in words.

    `again`: this message had been answered before; nothing was written now, and the rest says how things stand.
    """

    saved: dict[Place, str] = field(default_factory=dict)
    refused: dict[Place, AnswerRefused] = field(default_factory=dict)
    overtaken: dict[Place, AnsweredMeanwhile] = field(default_factory=dict)
    stored: dict[Place, str] = field(default_factory=dict)
    again: bool = False


@transaction.atomic
def record_findings(
    *,
    by: User,
    assessment: Assessment,
    given: Iterable[Given],
    sent: Sent | None = None,
    mine: Mapping[Place, tuple[str, ...]] | None = None,
) -> Outcome:
    """Store every answer that may be stored and say for each other one why not. At most five queries, however many.

    An answer that somebody else changed since it was shown (`seen`) is left as it is: the sender is told, and decides.
    `mine` is what the sender had said about a place itself since `seen`, still on its way then: that is no surprise to it.
    With `sent` a message counts once (one query more, see taken_before); sent again, nothing is written.
    """
    draft = locked_draft(assessment)
    outcome = Outcome(again=sent is not None and taken_before(assessment=draft, sent=sent))
    stored = Answer.objects.filter(clinic_id=draft.clinic_id, assessment=draft).select_related("by")
    rows = {(row.key, row.side): row for row in stored}
    write: list[Answer] = []
    clear: list[Answer] = []
    for item in {item.place: item for item in given}.values():  # the last one said about a place holds
        row = rows.get(item.place)
        before = today(row)
        try:
            value = clean(finding_of(item.key, item.side), item.answer, sure=item.sure)
        except AnswerRefused as error:
            if item.seen is None or item.answer.strip() != item.seen:
                outcome.refused[item.place] = error
            continue
        own = (mine or {}).get(item.place, ())
        if value == before or (value == item.seen and not own):
            continue
        if outcome.again or _is_news(before, item, own):
            outcome.overtaken[item.place] = AnsweredMeanwhile(_overtaken_words(row, value))
            continue
        outcome.saved[item.place] = value
        if value == "" and row:
            clear.append(row)
        else:
            write.append(_row(draft, item.place, value, by))
    _store(write, clear)
    outcome.stored = {place: today(row) for place, row in rows.items()} | outcome.saved
    outcome.stored = {place: value for place, value in outcome.stored.items() if value}
    return outcome


def _is_news(before: str, item: Given, own: tuple[str, ...]) -> bool:
    """Whether what is stored is neither what the sender's screen showed nor what the sender said itself since then."""
    return item.seen is not None and before != item.seen and before not in {_as_stored(item, raw) for raw in own}


def _as_stored(item: Given, raw: str) -> str:
    try:
        return clean(finding_of(item.key, item.side), raw, sure=True)
    except AnswerRefused:
        return item.seen or ""


def today(row: Answer | None) -> str:
    """What was answered at this visit; "" for a value carried over from an earlier one that nobody confirmed yet."""
    return row.value if row and row.carried_from_id is None else ""


def _overtaken_words(row: Answer | None, value: str) -> str:
    if row is None:
        return _("This answer was cleared meanwhile; “%(mine)s” was not saved. Answer again if you disagree.") % {
            "mine": value_said(value)
        }
    return _("%(who)s recorded “%(theirs)s” meanwhile; “%(mine)s” was not saved. Answer again if you disagree.") % {
        "who": row.by.name,
        "theirs": value_said(row.value),
        "mine": value_said(value),
    }


def _row(draft: Assessment, place: Place, value: str, by: User) -> Answer:
    key, side = place
    return Answer(
        clinic_id=draft.clinic_id,
        assessment=draft,
        key=key,
        side=side,
        value=value,
        by=by,
        answered_at=timezone.now(),
    )


def _store(write: list[Answer], clear: list[Answer]) -> None:
    if write:
        Answer.objects.bulk_create(
            write,
            update_conflicts=True,
            unique_fields=["assessment", "key", "side"],
            update_fields=["value", "by", "answered_at", "carried_from"],
        )
    if clear:
        Answer.objects.filter(
            clinic_id=clear[0].clinic_id, assessment=clear[0].assessment_id, pk__in=[row.pk for row in clear]
        ).delete()


@transaction.atomic
def record_finding(
    *, by: User, assessment: Assessment, key: str, side: str = "", answer: str, seen: str | None = None
) -> Outcome:
    """One answer: present, absent, not_assessed, a choice or a number as text; "" clears it.

    Raises AnswerRefused, AnsweredMeanwhile or AlreadySigned; then nothing was written.
    """
    item = Given(key, side, answer, seen)
    outcome = record_findings(by=by, assessment=assessment, given=[item])
    for error in (*outcome.refused.values(), *outcome.overtaken.values()):
        raise error
    return outcome

"""Writing, issuing and discarding letters. The database refuses any change of an issued one."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from assessments.models import Assessment
from clinic.models import User
from programs.jobs import ring, start_over
from programs.letters import suggest
from programs.letters.basis import WORDS
from programs.letters.gather import basis_of, draft_of
from programs.letters.queries import signed_of, versions_of
from programs.letters.tasks import render
from programs.models import Letter, LetterPaper


class LetterIssuedError(ValidationError):
    """The letter was issued meanwhile and can no longer change."""


@dataclass(frozen=True)
class LetterChangedError(Exception):
    """Another person, or another open page, wrote the letter since this page last knew it. Nothing was saved."""

    by: str
    at: Any
    revision: int


@transaction.atomic
def start_letter(*, by: User, assessment: Assessment, kind: str, today: date) -> Letter:
    """The open letter of this kind on this signed assessment, or a new one with suggested first words. One transaction."""
    found = Letter.objects.filter(assessment=assessment, kind=kind, issued_at=None).first()
    if found:
        return found
    with translation.override(assessment.clinic.language):
        basis = basis_of(assessment, on=today)
        words = {
            "opening": suggest.opening(basis, kind),
            "question": suggest.question(basis, kind),
            "closing": suggest.closing(basis),
        }
    letter, _made = Letter.objects.get_or_create(
        clinic_id=assessment.clinic_id,
        assessment=assessment,
        kind=kind,
        issued_at=None,
        defaults={"episode_id": assessment.episode_id, "writer": by, **words},
    )
    return letter


@transaction.atomic
def write_letter(
    *,
    by: User,
    letter: Letter,
    words: dict[str, str],
    left_out: list[str],
    seen: int,
    page: UUID | None,
    has_chart: bool = False,
) -> Letter:
    """Keep what was typed. `seen` is the revision the page knew, `page` its random name: its own writing never gets in its way.

    Raises LetterChangedError when somebody else wrote meanwhile, LetterIssuedError when the letter is issued.
    """
    locked = _open(letter)
    same_words = all(getattr(locked, name) == words[name] for name in WORDS)
    if same_words and sorted(locked.left_out) == sorted(left_out) and locked.has_chart == has_chart:
        return locked
    if locked.revision > seen and (page is None or locked.page != page):
        raise LetterChangedError(locked.writer.name, locked.changed_at, locked.revision)
    for name in WORDS:
        setattr(locked, name, words[name])
    locked.left_out, locked.has_chart = left_out, has_chart
    locked.writer, locked.page, locked.revision = by, page, locked.revision + 1
    locked.save(update_fields=[*WORDS, "left_out", "has_chart", "writer", "page", "revision", "changed_at"])
    return locked


def _open(letter: Letter) -> Letter:
    """The row under lock, as long as it may change."""
    locked = Letter.objects.select_for_update(of=("self",)).select_related("writer").get(pk=letter.pk)
    if locked.is_issued:
        raise LetterIssuedError(
            _("This letter was issued meanwhile and can no longer change. Write it again to change it.")
        )
    return locked


@transaction.atomic
def issue_letter(*, by: User, letter: Letter, today: date) -> Letter:
    """Freeze the letter with all that it says today, signed by whoever issues it, and order its paper.

    The very same letter is issued once: when one with this content exists, this draft goes and that one is answered.
    Raises ValidationError, in words, for a letter to nobody or on an assessment that was amended meanwhile.
    """
    locked = _open(letter)
    if not (locked.recipient_name.strip() or locked.recipient_organisation.strip()):
        raise ValidationError(_("Say whom the letter goes to: a name, or a practice or hospital."), code="recipient")
    if newest_version(letter.assessment).pk != letter.assessment_id:
        raise ValidationError(
            _("The assessment was amended after this letter was begun. Take over the newer version first.")
        )
    for name in (*WORDS, "left_out", "has_chart", "kind"):
        setattr(letter, name, getattr(locked, name))
    content = draft_of(letter, writer=by.name, on=today).document.to_json()
    key = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    same = Letter.objects.filter(assessment=letter.assessment_id, content_key=key).first()
    if same:
        locked.delete()
        return same
    locked.content, locked.content_key, locked.writer, locked.issued_at = content, key, by, timezone.now()
    locked.save(update_fields=["content", "content_key", "writer", "issued_at", "changed_at"])
    paper = LetterPaper.objects.create(clinic_id=locked.clinic_id, letter=locked)
    ring(render, paper.clinic_id, paper.pk)
    return locked


def newest_version(assessment: Assessment) -> Assessment:
    """The signed version of this assessment that holds now. One query."""
    return versions_of(assessment, signed_of(assessment.episode_id))[-1]


@transaction.atomic
def write_again(*, by: User, letter: Letter) -> Letter:
    """On the newest version of the assessment: an open letter moves there; an issued one stays, and its words begin a new one.

    The new letter goes to nobody yet. When an open letter of the kind stands there already, that one is answered.
    """
    newest = newest_version(letter.assessment)
    there = Letter.objects.filter(assessment=newest, kind=letter.kind, issued_at=None).first()
    if there:
        return there
    if not letter.is_issued:
        locked = _open(letter)
        locked.assessment, locked.revision, locked.page = newest, locked.revision + 1, None
        locked.save(update_fields=["assessment", "revision", "page", "changed_at"])
        return locked
    words = {name: getattr(letter, name) for name in ("opening", "question", "closing", "left_out", "has_chart")}
    return Letter.objects.create(
        clinic_id=letter.clinic_id,
        episode_id=letter.episode_id,
        assessment=newest,
        kind=letter.kind,
        writer=by,
        **words,
    )


@transaction.atomic
def discard_letter(*, by: User, letter: Letter) -> None:  # noqa: ARG001 - the scope names the actor
    """A draft goes for good; the audit of writes remembers it. An issued letter stays."""
    _open(letter).delete()


@transaction.atomic
def retry_paper(*, by: User, paper: LetterPaper) -> bool:  # noqa: ARG001 - the scope names the actor
    """Try a failed paper again, with all its attempts. False when it had not failed."""
    again = start_over(paper, only_if=[LetterPaper.State.FAILED])
    if again:
        ring(render, paper.clinic_id, paper.pk)
    return again

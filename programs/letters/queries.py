"""Reads of letters and of what they stand on. All run inside the clinic's scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from assessments.models import Answer, Assessment, CoSignature
from programs.models import Letter, Program, ProgramVersion

MOST_RECIPIENTS = 40


def signed_of(episode_id: UUID) -> list[Assessment]:
    """Every signed assessment of an episode with its amendments, oldest first, without what the screens showed. One query."""
    signed = Assessment.objects.filter(episode=episode_id, state=Assessment.State.SIGNED)
    return list(signed.defer("shown").order_by("signed_at"))


def versions_of(assessment: Assessment, signed: Sequence[Assessment]) -> list[Assessment]:
    """The chain this assessment belongs to, first version first. Asks nothing: hand in what `signed_of` answered."""
    by_id = {one.pk: one for one in signed}
    newer = {one.amends_id: one for one in signed if one.amends_id}
    first = assessment
    while first.amends_id in by_id:
        first = by_id[first.amends_id]
    chain = [first]
    while chain[-1].pk in newer:
        chain.append(newer[chain[-1].pk])
    return chain


def answers_of(assessment_id: UUID) -> list[Answer]:
    """Every answer, also what was carried over and never confirmed. One query."""
    return list(Answer.objects.filter(assessment=assessment_id))


def cosignatures_of(assessment_id: UUID) -> list[CoSignature]:
    """Given ones, in the order they were given. One query."""
    given = CoSignature.objects.filter(assessment=assessment_id, state=CoSignature.State.SIGNED)
    return list(given.select_related("asked_of").order_by("answered_at"))


def program_of(episode_id: UUID) -> tuple[Program, list[ProgramVersion]] | None:
    """The program issued last in this episode with all its versions, oldest first. One query."""
    versions = list(
        ProgramVersion.objects.filter(program__episode=episode_id).select_related("program").order_by("issued_at")
    )
    if not versions:
        return None
    program = versions[-1].program
    return program, [version for version in versions if version.program_id == program.pk]


@dataclass(frozen=True)
class Recipient:
    """Somebody this clinic wrote to before."""

    name: str
    organisation: str
    address: str


def recipients_of(clinic_id: UUID) -> list[Recipient]:
    """Whom the clinic's issued letters went to, the latest first, each once. One query."""
    rows = (
        Letter.objects.filter(clinic=clinic_id, issued_at__isnull=False)
        .exclude(recipient_name="")
        .values_list("recipient_name", "recipient_organisation", "recipient_address")
        .annotate(last=Max("issued_at"))
        .order_by("-last")[:MOST_RECIPIENTS]
    )
    return [Recipient(*row[:3]) for row in rows]


@dataclass(frozen=True)
class Told:
    """One signed assessment of a patient with one letter on it, or with none (`letter_id` is None)."""

    assessment_id: UUID
    episode_id: UUID
    closed_on: date | None
    is_amended: bool
    letter_id: UUID | None
    kind: str
    created_at: datetime
    issued_at: datetime | None
    recipient: str
    writer: str


def told_of_patient(clinic_id: UUID, patient_id: UUID) -> list[Told]:
    """Signed assessments, newest first, with their letters, as the record words them. One query."""
    rows = (
        Assessment.objects.filter(clinic=clinic_id, episode__patient=patient_id, state=Assessment.State.SIGNED)
        .order_by("-visit", "-signed_at", "-letters__created_at")
        .values_list("pk", "episode_id", "episode__closed_on", "letters__pk", "letters__kind", "letters__created_at",
                     "letters__issued_at", "letters__recipient_name", "letters__writer__name", "amends_id")
    )  # fmt: skip
    amended = {row[-1] for row in rows}
    return [Told(*row[:3], row[0] in amended, *row[3:-1]) for row in rows]

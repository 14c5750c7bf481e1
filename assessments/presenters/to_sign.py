"""What waits for one person's signature: drafts with what is missing, and what colleagues ask to be co-signed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from assessments.errors import Problem
from assessments.mapping import read
from assessments.models import Answer, Assessment, RedFlagDecision
from assessments.readiness import obstacles
from clinic.models import User


@dataclass(frozen=True)
class DraftLine:
    """One unsigned assessment: how much is in it, and everything that stands between it and a signature."""

    assessment: Assessment
    is_mine: bool
    answers: int
    problems: tuple[Problem, ...]

    @property
    def is_ready(self) -> bool:
        return not self.problems


def draft_lines(drafts: Iterable[Assessment], user: User) -> list[DraftLine]:
    """Drafts with conclusion, episode, patient and running profile loaded. Two queries, and a reasoning for each."""
    drafts = list(drafts)
    answers, decisions = _by_draft(drafts)
    lines = []
    for draft in drafts:
        rows = answers[draft.pk]
        reading = read(draft, rows, decisions[draft.pk])
        lines.append(
            DraftLine(
                assessment=draft,
                is_mine=draft.clinician_id == user.pk,
                answers=sum(row.value != "not_assessed" and row.carried_from_id is None for row in rows),
                problems=tuple(obstacles(reading, getattr(draft, "conclusion", None))),
            )
        )
    return lines


def _by_draft(drafts: list[Assessment]) -> tuple[dict[UUID, list[Answer]], dict[UUID, list[RedFlagDecision]]]:
    answers: dict[UUID, list[Answer]] = defaultdict(list)
    decisions: dict[UUID, list[RedFlagDecision]] = defaultdict(list)
    if drafts:
        own = {"clinic_id": drafts[0].clinic_id, "assessment__in": [draft.pk for draft in drafts]}
        for row in Answer.objects.filter(**own):
            answers[row.assessment_id].append(row)
        for decision in RedFlagDecision.objects.filter(**own).select_related("by").order_by("-created_at"):
            decisions[decision.assessment_id].append(decision)
    return answers, decisions

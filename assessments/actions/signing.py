"""Signing: the last look at everything, then the record is frozen, by the database too."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions.drafts import locked_draft
from assessments.errors import NotReady, Problem
from assessments.mapping import Reading
from assessments.models import Assessment, Conclusion
from assessments.queries import reading_of
from assessments.reasoning import CriterionStatus
from assessments.wording import panel_of
from assessments.wording.evidence import HYPOTHESES
from assessments.wording.labels import labels_of
from clinic.models import User
from clinic.vocabulary.diagnoses import Hypothesis, WorkingDiagnosis


@transaction.atomic
def sign(*, by: User, assessment: Assessment) -> Assessment:
    """Freeze the assessment with what the screen showed, the knowledge version and the clinician's own wording.

    Everything is checked again under the lock. NotReady names all that is missing at once; AlreadySigned when a
    colleague was first.
    """
    draft = locked_draft(assessment)
    draft.episode = assessment.episode
    reading = reading_of(draft)
    conclusion = Conclusion.objects.filter(clinic_id=draft.clinic_id, assessment=draft).first()
    problems = obstacles(reading, conclusion)
    if problems or conclusion is None:
        raise NotReady(problems)
    draft.shown = shown(reading, conclusion)
    draft.knowledge_version = reading.reasoning.knowledge_version
    draft.state = Assessment.State.SIGNED
    draft.signed_at = timezone.now()
    draft.signed_by = by
    draft.save(update_fields=["shown", "knowledge_version", "state", "signed_at", "signed_by"])
    return draft


def shown(reading: Reading, conclusion: Conclusion) -> dict[str, Any]:
    """What is kept for good: the case as it was reasoned over, the reasoning, and the words of the screen."""
    case = reading.case
    return {
        "patient": {
            "age": case.age,
            "sex": case.sex.value if case.sex else None,
            "running_type": case.running_type.value if case.running_type else None,
        },
        "painful_side": case.painful_side.value,
        "released_flags": [flag.id for flag in reading.flags if flag.is_released],
        "reasoning": reading.reasoning.to_json(),
        "panel": panel_of(reading).to_json(),
        "wording": conclusion.wording,
        "knowledge_version": reading.reasoning.knowledge_version,
    }


def obstacles(reading: Reading, conclusion: Conclusion | None) -> list[Problem]:
    """Everything that keeps this conclusion from being signed, in the order it should be dealt with."""
    problems = [
        Problem(
            "red_flag",
            _("Red flag open: %(title)s. Act on it or release it with a reason.") % {"title": flag.raised.flag.title},
            f"flag-{flag.id}",
        )
        for flag in reading.open_flags
    ]
    if conclusion is None:
        return [*problems, Problem("conclusion", _("Choose a working diagnosis and save the conclusion."))]
    diagnosis = WorkingDiagnosis(conclusion.diagnosis)
    if reading.acted_flags and diagnosis is not WorkingDiagnosis.REFER:
        problems.append(
            Problem(
                "acted",
                _("A red flag was acted on and not released: conclude “Refer on”, or release the flag with a reason."),
                "id_diagnosis",
            )
        )
    if diagnosis.stages and conclusion.stage is None:
        problems.append(Problem("stage", _("Choose the stage: the program depends on it."), "id_stage"))
    if diagnosis.stages and not conclusion.irritability:
        problems.append(
            Problem("irritability", _("Choose the irritability: the program depends on it."), "id_irritability")
        )
    if reading.reasoning.unanswered_screening and not conclusion.unscreened_reason.strip():
        problems.append(
            Problem(
                "unscreened",
                _("Screening questions are open (%(count)s). Answer them, or say why they were not asked.")
                % {"count": len(reading.reasoning.unanswered_screening)},
                "id_unscreened_reason",
            )
        )
    unexamined = unexamined_beside(diagnosis, reading)
    if unexamined and not conclusion.unexamined_reason.strip():
        problems.append(Problem("unexamined", _unexamined_words(unexamined), "id_unexamined_reason"))
    return problems


def unexamined_beside(diagnosis: WorkingDiagnosis, reading: Reading) -> dict[Hypothesis, tuple[str, ...]]:
    """The other hypotheses nobody can tell about yet, each with the labels of its key tests that were not done."""
    if diagnosis.hypothesis is None:
        return {}
    return {
        view.hypothesis: labels_of(view.criterion.missing)
        for view in reading.reasoning.hypotheses
        if view.hypothesis is not diagnosis.hypothesis and view.criterion.status is CriterionStatus.CANNOT_TELL
    }


def _unexamined_words(unexamined: dict[Hypothesis, tuple[str, ...]]) -> str:
    parts = "; ".join(
        f"{HYPOTHESES[hypothesis]} ({', '.join(tests[:4])}{'…' if len(tests) > 4 else ''})"
        for hypothesis, tests in unexamined.items()
    )
    return _("Not examined: %(parts)s. Examine them, or say why you conclude without.") % {"parts": parts}

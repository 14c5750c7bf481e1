"""What stands between a draft and its signature: one list, asked by the page and again by the signature itself."""

from django.utils.translation import gettext as _

from assessments.answers import Place
from assessments.errors import Problem
from assessments.mapping import Reading
from assessments.models import Conclusion
from assessments.reasoning import FINDINGS, CriterionStatus
from assessments.wording.evidence import HYPOTHESES
from assessments.wording.labels import labels_of
from clinic.vocabulary.diagnoses import Hypothesis, WorkingDiagnosis


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
    carried = carried_open(reading)
    if carried:
        problems.append(
            Problem(
                "carried",
                _(
                    "Answers carried over from an earlier visit are not confirmed (%(count)s). Confirm or leave them out."
                )
                % {"count": len(carried)},
                "carried",
            )
        )
    if conclusion is None or not conclusion.diagnosis:
        chosen = Problem("conclusion", _("Choose a working diagnosis."), "id_diagnosis")
        return [*problems, chosen, *_unscreened(reading, conclusion)]
    if not conclusion.side:
        problems.append(Problem("side", _("Choose the side the conclusion is about."), "id_side"))
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
    problems += _unscreened(reading, conclusion)
    unexamined = unexamined_beside(diagnosis, reading)
    if unexamined and not conclusion.unexamined_reason.strip():
        problems.append(Problem("unexamined", _unexamined_words(unexamined), "id_unexamined_reason"))
    return problems


def _unscreened(reading: Reading, conclusion: Conclusion | None) -> list[Problem]:
    open_questions = len(reading.reasoning.unanswered_screening)
    if not open_questions or (conclusion is not None and conclusion.unscreened_reason.strip()):
        return []
    words = _("Screening questions are open (%(count)s). Answer them, or say why they were not asked.")
    return [Problem("unscreened", words % {"count": open_questions}, "id_unscreened_reason")]


def carried_open(reading: Reading) -> tuple[Place, ...]:
    """The places of answers that an earlier visit gave and nobody has confirmed today, in the order of the intake."""
    order = {key: number for number, key in enumerate(FINDINGS)}
    open_places = [place for place, row in reading.answers.items() if row.carried_from_id is not None]
    return tuple(sorted(open_places, key=lambda place: (order.get(place[0], 0), place[1])))


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

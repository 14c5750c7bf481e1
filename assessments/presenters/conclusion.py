"""The conclusion page: what the findings suggest, and what was never looked at. Suggestions are offered, never chosen."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.mapping import Reading
from assessments.models import Conclusion
from assessments.readiness import unexamined_beside
from assessments.wording.evidence import HYPOTHESES
from assessments.wording.hypotheses import Need
from assessments.wording.labels import evidence_line, label_of, labels_of
from clinic.vocabulary.diagnoses import Hypothesis, WorkingDiagnosis


@dataclass(frozen=True)
class Suggestion:
    """One proposal with its reasons. `use` is what its button sends; empty when nothing can be proposed."""

    title: str
    value: str
    use: str
    reasons: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class ForHypothesis:
    """Stage and severity, should this be the conclusion."""

    name: str
    is_open: bool
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True)
class Unexamined:
    """A hypothesis nobody can tell about, with its key tests that were not done."""

    name: str
    tests: tuple[Need, ...]


@dataclass(frozen=True)
class ConclusionPage:
    """Everything beside and around the form."""

    irritability: Suggestion
    hypotheses: tuple[ForHypothesis, ...]
    unexamined: tuple[Unexamined, ...]
    is_blocked: bool
    only_referral: bool


def conclusion_page(reading: Reading, chosen: str) -> ConclusionPage:
    """`chosen` is the diagnosis in the form so far, or ""."""
    return ConclusionPage(
        irritability=_irritability(reading),
        hypotheses=tuple(_for(view.hypothesis, reading, chosen) for view in reading.reasoning.hypotheses),
        unexamined=_unexamined(reading, chosen),
        is_blocked=bool(reading.open_flags),
        only_referral=bool(reading.acted_flags),
    )


def _irritability(reading: Reading) -> Suggestion:
    proposed = reading.reasoning.proposals.irritability
    value = proposed.value.value if proposed.value else ""
    return _suggestion(_("Irritability"), f"irritability={value}", _level(value), proposed.reasons, reading)


def _level(value: str) -> str:
    return str(Conclusion.Level(value).label) if value else ""


def _severity(value: str) -> str:
    return str(Conclusion.Severity(value).label) if value else ""


def _suggestion(title: str, use: str, words: str, reasons: tuple[str, ...], reading: Reading) -> Suggestion:
    """Without a value the reasons are what is still missing."""
    if not words:
        return Suggestion(title, "", "", (), labels_of(reasons))
    return Suggestion(title, words, use, tuple(evidence_line(key, reading) for key in reasons), ())


def _for(hypothesis: Hypothesis, reading: Reading, chosen: str) -> ForHypothesis:
    proposals = reading.reasoning.proposals
    stage, severity = proposals.stage[hypothesis], proposals.severity[hypothesis]
    grade = severity.value.value if severity.value else ""
    first = reading.reasoning.hypotheses[0].hypothesis
    return ForHypothesis(
        name=str(HYPOTHESES[hypothesis]),
        is_open=hypothesis.value == chosen if chosen else reading.reasoning.ranking_shown and hypothesis is first,
        suggestions=(
            Suggestion(
                _("Stage"),
                str(stage.value),
                f"stage={stage.value}",
                tuple(evidence_line(key, reading) for key in stage.reasons),
                tuple(evidence_line(key, reading) for key in stage.holding_back),
            ),
            _suggestion(_("Severity"), f"severity={grade}", _severity(grade), severity.reasons, reading),
        ),
    )


def _unexamined(reading: Reading, chosen: str) -> tuple[Unexamined, ...]:
    """Beside the chosen diagnosis; before one is chosen, everything nobody can tell about."""
    diagnosis = WorkingDiagnosis(chosen) if chosen in set(WorkingDiagnosis) else None
    beside = unexamined_beside(diagnosis, reading) if diagnosis else {}
    if diagnosis is None:
        beside = {
            item.hypothesis: () for item in reading.reasoning.hypotheses if item.criterion.status.value == "cannot_tell"
        }
    missing = {item.hypothesis: item.criterion.missing for item in reading.reasoning.hypotheses}
    return tuple(
        Unexamined(str(HYPOTHESES[item]), tuple(Need(key, label_of(key)) for key in missing[item])) for item in beside
    )

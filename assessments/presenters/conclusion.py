"""The conclusion page: what the findings suggest, and what was never looked at. Suggestions are offered, never chosen."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.answers import Place
from assessments.mapping import Reading
from assessments.models import Conclusion
from assessments.presenters.summary import confirmed
from assessments.readiness import carried_open, unexamined_beside
from assessments.reasoning import FINDINGS
from assessments.wording.evidence import HYPOTHESES
from assessments.wording.hypotheses import Need
from assessments.wording.labels import AGE, SIDES, answered, evidence_line, label_of
from clinic.vocabulary.diagnoses import Hypothesis, WorkingDiagnosis


@dataclass(frozen=True)
class Suggestion:
    """One proposal. `reasons` and `against` name findings with their values, `needs` are those nobody recorded.

    `use` is what its button sends; empty when nothing can be proposed. `note` says what a value without reasons rests on.
    """

    title: str
    value: str
    use: str
    reasons: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    note: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """What keeps the proposal from going further, in words: found against it, or not recorded."""
        return (*self.against, *(need.label for need in self.needs))


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
    """Everything beside and around the form. `carried` are answers of an earlier visit nobody has confirmed today."""

    irritability: Suggestion
    hypotheses: tuple[ForHypothesis, ...]
    unexamined: tuple[Unexamined, ...]
    carried: tuple[Need, ...]
    is_blocked: bool
    only_referral: bool


def conclusion_page(reading: Reading, chosen: str) -> ConclusionPage:
    """`chosen` is the diagnosis in the form so far, or ""."""
    today = confirmed(reading)
    return ConclusionPage(
        irritability=_irritability(today),
        hypotheses=tuple(_for(view.hypothesis, today, chosen) for view in reading.reasoning.hypotheses),
        unexamined=_unexamined(reading, chosen),
        carried=tuple(_carried(place) for place in carried_open(reading)),
        is_blocked=bool(reading.open_flags),
        only_referral=bool(reading.acted_flags),
    )


def _carried(place: Place) -> Need:
    key, side = place
    return Need(key, f"{label_of(key)}, {SIDES[side]}" if side else label_of(key))


def _irritability(reading: Reading) -> Suggestion:
    proposed = reading.reasoning.proposals.irritability
    value = proposed.value.value if proposed.value else ""
    words = str(Conclusion.Level(value).label) if value else ""
    return _suggestion(_("Irritability"), f"irritability={value}", words, proposed.reasons, reading)


def _suggestion(title: str, use: str, words: str, reasons: tuple[str, ...], reading: Reading) -> Suggestion:
    """Without a value the reasons are what is still missing."""
    if not words:
        return Suggestion(title, "", "", needs=_needs(reasons))
    return Suggestion(title, words, use, reasons=tuple(evidence_line(key, reading) for key in reasons))


def _needs(keys: Iterable[str]) -> tuple[Need, ...]:
    return tuple(Need(key, label_of(key)) for key in keys if key in FINDINGS)


def _for(hypothesis: Hypothesis, reading: Reading, chosen: str) -> ForHypothesis:
    severity = reading.reasoning.proposals.severity[hypothesis]
    grade = severity.value.value if severity.value else ""
    words = str(Conclusion.Severity(grade).label) if grade else ""
    first = reading.reasoning.hypotheses[0].hypothesis
    return ForHypothesis(
        name=str(HYPOTHESES[hypothesis]),
        is_open=hypothesis.value == chosen if chosen else reading.reasoning.ranking_shown and hypothesis is first,
        suggestions=(
            _stage(hypothesis, reading),
            _suggestion(_("Severity"), f"severity={grade}", words, severity.reasons, reading),
        ),
    )


def _stage(hypothesis: Hypothesis, reading: Reading) -> Suggestion:
    """The stage reached, by what, and what keeps the next one away: found against it, or not recorded."""
    stage = reading.reasoning.proposals.stage[hypothesis]
    known = {key for key in stage.holding_back if key == AGE or answered(key, reading.answers)}
    return Suggestion(
        _("Stage"),
        str(stage.value),
        f"stage={stage.value}",
        reasons=tuple(evidence_line(key, reading) for key in stage.reasons),
        against=tuple(evidence_line(key, reading) for key in stage.holding_back if key in known),
        needs=_needs(key for key in stage.holding_back if key not in known),
        note="" if stage.reasons else _("The first stage, until the criteria of the next one are found fulfilled."),
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
    return tuple(Unexamined(str(HYPOTHESES[item]), _needs(missing[item])) for item in beside)

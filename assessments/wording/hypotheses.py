"""One card per hypothesis: criteria state with what is still needed, support in a word, and the three lists."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.reasoning import Band, CriterionResult, CriterionStatus, HypothesisView, Limit, PainfulView
from assessments.wording.evidence import HYPOTHESES
from assessments.wording.labels import label_of, labels_of, said_of
from clinic.vocabulary.answers import Answer
from clinic.vocabulary.diagnoses import Hypothesis

BANDS = {
    Band.UNLIKELY: lazy("Unlikely"),
    Band.POSSIBLE: lazy("Possible"),
    Band.LIKELY: lazy("Likely"),
    Band.VERY_LIKELY: lazy("Very likely"),
}
AT_MOST = {Band.POSSIBLE: lazy("Possible at most"), Band.LIKELY: lazy("Likely at most")}
STATES = {
    CriterionStatus.MET: lazy("Criteria met"),
    CriterionStatus.PARTLY: lazy("Partly met"),
    CriterionStatus.NOT_MET: lazy("Not met"),
    CriterionStatus.CANNOT_TELL: lazy("Cannot tell"),
}
LIMITS = {
    Limit.ISCHIUM_NOT_EXAMINED: lazy("Held at possible until the sitting bone or a stretch test is examined."),
    Limit.FEW_PROVOCATION_TESTS: lazy("Held at possible until four provocation tests are done."),
    Limit.NO_DIFFERENTIATION: lazy("Not set aside before a nerve test with differentiation is done."),
}
DECIDING_PART = "differentiation"
ROUTE_PARTS = ("fallback", "neural_symptom")
MOST_NEEDED = 3


@dataclass(frozen=True)
class Need:
    """A finding still needed, to jump to."""

    key: str
    label: str


@dataclass(frozen=True)
class Card:
    """One hypothesis in words. `level` is 1 to 4 segments of the meter, 0 while no order is shown."""

    key: str
    name: str
    level: int
    word: str
    state: str
    state_words: str
    criteria: str
    rule: str
    needed: tuple[Need, ...]
    limit: str
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    not_assessed: tuple[str, ...]
    is_leading: bool


def band_words(view: HypothesisView) -> str:
    """ "Likely", or "Possible at most" where a rule holds the support down."""
    if view.band is None:
        return ""
    held_down = view.limit in (Limit.ISCHIUM_NOT_EXAMINED, Limit.FEW_PROVOCATION_TESTS) or (
        view.limit is Limit.CRITERION and view.criterion.status is not CriterionStatus.MET
    )
    return str(AT_MOST[view.band] if held_down and view.band in AT_MOST else BANDS[view.band])


def criteria_words(result: CriterionResult) -> str:
    """What the state rests on: the count where tests are counted, else the parts that decided."""
    hypothesis = result.criterion.hypothesis
    if hypothesis is Hypothesis.SIJ:
        return ", ".join([result.counted, *_lumbar(result)])
    if hypothesis is Hypothesis.HAMSTRING_STRAIN:
        return f"{result.counted}: {'; '.join(result.met_parts)}" if result.met_parts else result.counted
    if result.counted:
        return result.counted
    aside = {state.part.label for state in result.parts if state.part.id in ROUTE_PARTS}
    if result.status is CriterionStatus.NOT_MET:
        negative = tuple(
            state.part.label
            for state in result.parts
            if state.state is Answer.ABSENT or (state.part.id == DECIDING_PART and state.done and not state.present)
        )
        return _("looked for and not found: %(parts)s") % {"parts": _joined(negative, aside)}
    if result.status is CriterionStatus.CANNOT_TELL:
        return _("not examined: %(parts)s") % {"parts": _joined(result.open_parts, aside)}
    return _joined(result.met_parts, aside)


def _joined(labels: tuple[str, ...], aside: set[str]) -> str:
    return "; ".join(label for label in labels if label not in aside)


def _lumbar(result: CriterionResult) -> list[str]:
    """What repeated lumbar movements add to the count of provocation tests."""
    lumbar = next(state.part.label for state in result.parts if state.part.id == "no_centralisation")
    if lumbar in result.failed_parts:
        return [_("repeated lumbar movements centralise the pain")]
    return [lumbar] if lumbar in result.met_parts and result.status is CriterionStatus.MET else []


def card_of(view: HypothesisView, findings: PainfulView, *, is_leading: bool) -> Card:
    result = view.criterion
    return Card(
        key=view.hypothesis.value,
        name=str(HYPOTHESES[view.hypothesis]),
        level=0 if view.band is None else view.band.level + 1,
        word=band_words(view),
        state=result.status.value,
        state_words=str(STATES[result.status]),
        criteria=criteria_words(result),
        rule=result.criterion.rule,
        needed=tuple(Need(key, label_of(key)) for key in result.missing[:MOST_NEEDED]),
        limit=str(LIMITS[view.limit]) if view.limit in LIMITS else "",
        speaks_for=tuple(said_of(key, findings) for key in view.speaks_for),
        speaks_against=tuple(said_of(key, findings) for key in view.speaks_against),
        not_assessed=labels_of(view.not_assessed),
        is_leading=is_leading,
    )

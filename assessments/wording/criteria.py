"""The criteria of one hypothesis as a checklist: each part met, not met or not examined, and what would decide it."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.reasoning import CriterionResult, CriterionStatus, PainfulView, PartState
from assessments.wording.labels import label_of, said_of
from clinic.vocabulary.answers import Answer
from clinic.vocabulary.diagnoses import Hypothesis

STATES = {
    CriterionStatus.MET: lazy("Criteria met"),
    CriterionStatus.PARTLY: lazy("Partly met"),
    CriterionStatus.NOT_MET: lazy("Not met"),
    CriterionStatus.CANNOT_TELL: lazy("Cannot tell"),
}
PART_STATES = {
    Answer.PRESENT: ("met", lazy("Met")),
    Answer.ABSENT: ("not_met", lazy("Not met")),
    Answer.NOT_ASSESSED: ("open", lazy("Not examined")),
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
class PartLine:
    """One part of a criterion. `state` is met, not_met or open; `by` are the findings that fulfil it; `needed` would
    decide it, `more` counts those that are not listed."""

    label: str
    state: str
    state_words: str
    by: tuple[str, ...] = ()
    ask: str = ""
    needed: tuple[Need, ...] = ()
    more: int = 0


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


def parts_of(result: CriterionResult, findings: PainfulView) -> tuple[PartLine, ...]:
    """Every part that counts here. One that only stands in for a test not done is shown once something is known of it;
    a test with differentiation that was negative decides, though another one could still be done."""
    missing = set(result.missing)
    done = any(state.done for state in result.parts if state.part.id == DECIDING_PART)
    return tuple(
        replace(_line(state, missing, findings), state="not_met")
        if state.part.id == DECIDING_PART and state.done and not state.state.is_known
        else _line(state, missing, findings)
        for state in result.parts
        if not state.part.stand_in or (state.state.is_known and not done)
    )


def _line(state: PartState, missing: set[str], findings: PainfulView) -> PartLine:
    code, words = PART_STATES[state.state]
    needed = [key for key in state.missing if key in missing] if state.state is Answer.NOT_ASSESSED else []
    several = len(state.part.keys) > 1
    return PartLine(
        label=_("%(label)s (stands in for the test)") % {"label": state.part.label}
        if state.part.stand_in
        else state.part.label,
        state=code,
        state_words=_progress(state) or str(words),
        by=tuple(said_of(key, findings) for key in state.supporting) if several else (),
        ask=_ask(state, len(needed)) if needed else "",
        needed=tuple(Need(key, label_of(key)) for key in needed[:MOST_NEEDED]),
        more=max(0, len(needed) - MOST_NEEDED),
    )


def _progress(state: PartState) -> str:
    """How far a part has come that is counted, or begun and not decided; "" where its state says everything."""
    part, total = state.part, len(state.part.keys)
    if part.positive_at_least:
        if state.done < part.done_at_least:
            if not state.done:
                return ""
            return _("%(done)s of %(needed)s done, %(positive)s positive") % {
                "done": state.done,
                "needed": part.done_at_least,
                "positive": state.present,
            }
        return _("%(positive)s of %(done)s positive") % {"positive": state.present, "done": state.done}
    if state.state is not Answer.NOT_ASSESSED or not state.done or total == 1:
        return ""
    if part.needs_all:
        return _("%(done)s of %(total)s examined") % {"done": state.done, "total": total}
    return _("%(done)s of %(total)s examined, none positive") % {"done": state.done, "total": total}


def _ask(state: PartState, open_keys: int) -> str:
    """What has to be done with the findings named after it."""
    part = state.part
    if part.positive_at_least and state.done < part.done_at_least:
        return _("Still needed, %(count)s more of:") % {"count": part.done_at_least - state.done}
    if part.needs_all or open_keys == 1:
        return _("Still needed:")
    return _("Still needed, one of:")

"""Irritability, severity and stage as the recorded findings suggest them. Proposed only: the clinician decides.

Every rule here is proposed, resting on the grade table and stage criteria of the rehabilitation texts. What was not
recorded never makes a proposal milder: a stage is proposed only as far as its entry criteria were found fulfilled.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from clinic.vocabulary.answers import Answer
from clinic.vocabulary.diagnoses import Hypothesis, Irritability, Severity
from clinic.vocabulary.sides import Side

from .finding_set import PainfulView

QUICK_MINUTES = 10
LONG_MINUTES = 30
"""Pain that takes more than 30 minutes to settle is irritable; the quick limit is proposed."""
MILD_PAIN, MODERATE_PAIN = 3, 5
"""The limits of the pain-monitoring rule: up to 3 acceptable, up to 5 hold, above step back."""
MILD_LOSS, MODERATE_LOSS = 10, 25
"""Degrees of range lost against the other side in grades I and II."""
WEAK, VERY_WEAK = 90, 50
"""Percent of the other side's strength: below 90 weak, below 50 markedly weak (the latter proposed)."""
BRIDGE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class ProposedIrritability:
    """None when nothing was recorded that tells. `reasons` are finding keys, also the ones still missing."""

    value: Irritability | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposedSeverity:
    """None when nothing was recorded that tells. For a strain mild, moderate and severe are grades I, II and III."""

    value: Severity | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposedStage:
    """The highest stage whose entry criteria were found. `reasons` fulfilled them; `holding_back` stop the next one,
    because they speak against it or were not recorded."""

    value: int
    reasons: tuple[str, ...]
    holding_back: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """Irritability for the person; severity and stage for each hypothesis, should it be the conclusion."""

    irritability: ProposedIrritability
    severity: Mapping[Hypothesis, ProposedSeverity]
    stage: Mapping[Hypothesis, ProposedStage]


def propose_irritability(view: PainfulView) -> ProposedIrritability:
    """From the minutes provoked pain takes to settle and the pain at rest; without the minutes only high is proposed."""
    settle, rest = view.highest("settle_minutes"), view.highest("nprs_now")
    if rest is not None and rest > MODERATE_PAIN:
        return ProposedIrritability(Irritability.HIGH, ("nprs_now",))
    if settle is None:
        return ProposedIrritability(None, ("settle_minutes",))
    if settle > LONG_MINUTES:
        return ProposedIrritability(Irritability.HIGH, ("settle_minutes",))
    if settle > QUICK_MINUTES or (rest is not None and rest > MILD_PAIN):
        return ProposedIrritability(Irritability.MODERATE, ("settle_minutes",))
    return ProposedIrritability(Irritability.LOW, ("settle_minutes",))


def range_loss(view: PainfulView) -> tuple[float, str] | None:
    """Degrees lost against the other side and the finding that shows most of it; None unless both sides were measured.

    The straight-leg raise loses what it falls short of the sound leg; active knee extension what it misses beyond it.
    Never below 0. Needs one sound side.
    """
    if len(view.painful.sides) != 1:
        return None
    painful: Side = view.painful.sides[0]
    losses: list[tuple[float, str]] = []
    for key, sign in (("slr_degrees", 1), ("ake_degrees", -1)):
        recorded = view.findings.recorded(key)
        hurt, sound = recorded.get(painful), recorded.get(painful.opposite)
        if isinstance(hurt, (int, float)) and isinstance(sound, (int, float)):
            losses.append((max(0.0, sign * (sound - hurt)), key))
    return max(losses, default=None)


def _strain_severity(view: PainfulView) -> ProposedSeverity:
    loss, ratio = range_loss(view), view.lowest("kf_strength_ratio")
    severe = [key for key in ("palpable_defect", "bowstring_absent") if view.answer(key) is Answer.PRESENT]
    bruise = [key for key in ("bruising_extensive", "ecchymosis") if view.answer(key) is Answer.PRESENT]
    if bruise and view.answer("pop") is Answer.PRESENT:
        severe += ["pop", *bruise]
    moderate = [key for key in ("gait_antalgic", "kf_strength_deficit") if view.answer(key) is Answer.PRESENT]
    mild = [key for key in ("gait_antalgic", "kf_strength_deficit") if view.answer(key) is Answer.ABSENT]
    if loss is not None:
        degrees, key = loss
        (severe if degrees > MODERATE_LOSS else moderate if degrees >= MILD_LOSS else mild).append(key)
    if ratio is not None:
        (severe if ratio < VERY_WEAK else moderate if ratio < WEAK else mild).append("kf_strength_ratio")
    for value, reasons in ((Severity.SEVERE, severe), (Severity.MODERATE, moderate), (Severity.MILD, mild)):
        if reasons:
            return ProposedSeverity(value, tuple(reasons))
    return ProposedSeverity(None, ("slr_degrees", "ake_degrees", "kf_strength_ratio", "gait_antalgic"))


def _pain_severity(view: PainfulView) -> ProposedSeverity:
    scores = {key: score for key in ("nprs_worst", "nprs_run", "nprs_now") if (score := view.highest(key)) is not None}
    if not scores:
        return ProposedSeverity(None, ("nprs_worst", "nprs_run"))
    worst = max(scores, key=lambda key: scores[key])
    if scores[worst] > MODERATE_PAIN:
        return ProposedSeverity(Severity.SEVERE, (worst,))
    return ProposedSeverity(Severity.MODERATE if scores[worst] > MILD_PAIN else Severity.MILD, (worst,))


def _absent(view: PainfulView, key: str) -> bool:
    return view.answer(key) is Answer.ABSENT


def _at_most(view: PainfulView, key: str, limit: float) -> bool:
    value = view.highest(key)
    return value is not None and value <= limit


def _at_least(view: PainfulView, key: str, limit: float) -> bool:
    value = view.lowest(key)
    return value is not None and value >= limit


def _range_regained(view: PainfulView) -> bool:
    loss = range_loss(view)
    return loss is not None and loss[0] < MILD_LOSS


Gate = Mapping[str, bool]
"""The entry criteria of one stage: finding key, and whether it was found fulfilled."""


def _climb(*gates: Gate) -> ProposedStage:
    """Stage 1, and one more for every gate passed whole."""
    stage, reasons = 1, list[str]()
    for gate in gates:
        failed = tuple(key for key, passed in gate.items() if not passed)
        if failed:
            return ProposedStage(stage, tuple(dict.fromkeys(reasons)), failed)
        stage += 1
        reasons += gate
    return ProposedStage(stage, tuple(dict.fromkeys(reasons)), ())


def _stage_of_strain(view: PainfulView) -> ProposedStage:
    bridge = _at_least(view, "bridge_single_s", BRIDGE_SECONDS)
    return _climb(
        {"gait_antalgic": _absent(view, "gait_antalgic"), "nprs_now": _at_most(view, "nprs_now", MILD_PAIN)},
        {"resisted_kf_pain": _absent(view, "resisted_kf_pain"), "bridge_single_s": bridge},
        {
            "palp_hamstring": _absent(view, "palp_hamstring"),
            "slr_degrees": _range_regained(view),
            "kf_strength_ratio": _at_least(view, "kf_strength_ratio", WEAK),
        },
    )


def _stage_of_tendon(view: PainfulView) -> ProposedStage:
    calm = propose_irritability(view).value in (Irritability.LOW, Irritability.MODERATE)
    return _climb(
        {"settle_minutes": calm, "nprs_worst": _at_most(view, "nprs_worst", MILD_PAIN)},
        {"lshs": _absent(view, "lshs"), "nprs_run": _at_most(view, "nprs_run", MILD_PAIN)},
        {
            "kf_strength_ratio": _at_least(view, "kf_strength_ratio", WEAK),
            "bridge_single_s": _at_least(view, "bridge_single_s", BRIDGE_SECONDS),
        },
    )


def _stage_of_joint(view: PainfulView) -> ProposedStage:
    return _climb(
        {"nprs_now": _at_most(view, "nprs_now", MILD_PAIN), "nprs_worst": _at_most(view, "nprs_worst", MODERATE_PAIN)},
        {
            "bridge_single_s": _at_least(view, "bridge_single_s", BRIDGE_SECONDS),
            "bridge_hip_drop": _absent(view, "bridge_hip_drop"),
        },
    )


def _stage_of_nerve(view: PainfulView) -> ProposedStage:
    value = propose_irritability(view).value
    return _climb(
        {"settle_minutes": value in (Irritability.LOW, Irritability.MODERATE)},
        {
            "settle_minutes": value is Irritability.LOW,
            "neuro_quality": _absent(view, "neuro_quality"),
            "nprs_worst": _at_most(view, "nprs_worst", MODERATE_PAIN),
        },
    )


def propose(view: PainfulView) -> Proposals:
    """All proposals for the findings on the painful side."""
    pain = _pain_severity(view)
    return Proposals(
        irritability=propose_irritability(view),
        severity={
            Hypothesis.HAMSTRING_STRAIN: _strain_severity(view),
            Hypothesis.PHT: pain,
            Hypothesis.SIJ: pain,
            Hypothesis.NERVE: pain,
        },
        stage={
            Hypothesis.HAMSTRING_STRAIN: _stage_of_strain(view),
            Hypothesis.PHT: _stage_of_tendon(view),
            Hypothesis.SIJ: _stage_of_joint(view),
            Hypothesis.NERVE: _stage_of_nerve(view),
        },
    )

"""What an exercise is: everything a patient needs to do it and a clinician needs to choose it."""

from dataclasses import dataclass
from enum import StrEnum

from clinic.vocabulary.diagnoses import Hypothesis, Irritability
from clinic.vocabulary.provenance import Reviewed
from clinic.vocabulary.sides import DoseSide, PainfulSide
from programs.progression.dose import Dose
from programs.progression.dose_words import Limb


class Kind(StrEnum):
    """What sort of entry it is: trained, drilled before a run, checked against a criterion, or running
    itself.
    """

    EXERCISE = "exercise"
    DRILL = "drill"
    SELF_TEST = "self_test"
    RUN = "run"


class SideRule(StrEnum):
    """Which side an exercise is for by default. Each: one side after the other; both: together, or no side."""

    INJURED = "injured"
    OPPOSITE = "opposite"
    BOTH = "both"
    EACH = "each"

    def resolve(self, painful: PainfulSide) -> DoseSide:
        """The side to print. With pain on both sides, injured and opposite become each side in turn."""
        if self is SideRule.BOTH:
            return DoseSide.BOTH
        if self is SideRule.EACH or painful is PainfulSide.BOTH:
            return DoseSide.ALTERNATE
        side = painful.sides[0]
        return DoseSide.of(side if self is SideRule.INJURED else side.opposite)


class LoadType(StrEnum):
    """How the working tissue is loaded."""

    ISOMETRIC = "isometric"
    ISOTONIC = "isotonic"
    ECCENTRIC = "eccentric"
    LENGTHENING = "lengthening"
    STRETCH = "stretch"
    MOBILITY = "mobility"
    CONTROL = "control"
    NEURAL = "neural"
    ENERGY_STORAGE = "energy_storage"
    RUN = "run"


class HipBend(StrEnum):
    """How far the working hip is bent where the hamstring is longest: to 30 degrees, to 70, or beyond."""

    STRAIGHT = "straight"
    HALF = "half"
    BENT = "bent"


class KneeBend(StrEnum):
    """How far the working knee is bent at that moment: under 20 degrees, to 60, or beyond."""

    STRAIGHT = "straight"
    HALF = "half"
    BENT = "bent"


class HamstringLength(StrEnum):
    """How long the hamstring is where it is longest in the movement, as it follows from hip and knee.

    Short: the hip is not deeply bent and the knee is. Long: the knee is straight and the hip is bent, as in a hinge or
    a straight-leg raise. Middle is everything between, the length of standing included.
    """

    SHORT = "short"
    MIDDLE = "middle"
    LONG = "long"

    @classmethod
    def of(cls, hip: HipBend, knee: KneeBend) -> "HamstringLength":
        if knee is KneeBend.STRAIGHT and hip is not HipBend.STRAIGHT:
            return cls.LONG
        return cls.SHORT if knee is KneeBend.BENT and hip is not HipBend.BENT else cls.MIDDLE


class NeuralBias(StrEnum):
    """What it does to the sciatic nerve: nothing to speak of, slides it, pulls it on purpose, or pulls it in passing.

    Loaded (in passing): a bent hip with a straight knee stretches the nerve together with the hamstring.
    """

    NONE = "none"
    SLIDER = "slider"
    TENSIONER = "tensioner"
    LOADED = "loaded"


class SijLoad(StrEnum):
    """What it asks of the sacroiliac joints: both alike, one side more than the other, or to turn against each other."""

    LOW = "low"
    ASYMMETRICAL = "asymmetrical"
    SHEAR = "shear"


class Target(StrEnum):
    """What the exercise is for."""

    HAMSTRING = "hamstring"
    GLUTEAL = "gluteal"
    HIP_FLEXOR = "hip_flexor"
    QUADRICEPS = "quadriceps"
    TRUNK = "trunk"
    BACK = "back"
    NERVE = "nerve"
    WHOLE_BODY = "whole_body"


class Position(StrEnum):
    """The body position it is done in; lying means on the back."""

    LYING = "lying"
    PRONE = "prone"
    SIDE_LYING = "side_lying"
    SITTING = "sitting"
    KNEELING = "kneeling"
    HANDS_AND_KNEES = "hands_and_knees"
    LUNGE = "lunge"
    STANDING = "standing"
    WALKING = "walking"
    RUNNING = "running"


class Equipment(StrEnum):
    """What must be at hand. A mat or floor is not listed."""

    BAND = "band"
    BENCH = "bench"
    CHAIR = "chair"
    DOORWAY = "doorway"
    PAD = "pad"
    PARTNER = "partner"
    RAIL = "rail"
    ROLLER = "roller"
    SLIDERS = "sliders"
    STEP = "step"
    STRAP = "strap"
    SUSPENSION_STRAP = "suspension_strap"
    WEIGHT = "weight"


class Content(StrEnum):
    """What an exercise asks of the body, as far as it can be wrong for somebody. The contraindications name
    these.
    """

    BRIDGE = "bridge"
    SINGLE_LEG_BRIDGE = "single_leg_bridge"
    SINGLE_LEG_LOAD = "single_leg_load"
    LONG_LENGTH_CURL = "long_length_curl"
    HEAVY_LONG_LENGTH = "heavy_long_length"
    LENGTHENING = "lengthening"
    LONG_LENGTH_HINGE = "long_length_hinge"
    DEEP_HIP_FLEXION = "deep_hip_flexion"
    DEEP_LUNGE = "deep_lunge"
    NORDIC = "nordic"
    ONE_SIDED = "one_sided"
    ROTATION = "rotation"
    END_RANGE_HAMSTRING_STRETCH = "end_range_hamstring_stretch"
    LONG_HIP_FLEXOR_STRETCH = "long_hip_flexor_stretch"
    SLIDER = "slider"
    TENSIONER = "tensioner"
    SLUMP_STRETCH = "slump_stretch"
    DIRECTIONAL = "directional"
    FAST_DRILL = "fast_drill"
    ENERGY_STORAGE = "energy_storage"
    RUNNING = "running"
    FAST_RUNNING = "fast_running"


@dataclass(frozen=True)
class Unsuitable:
    """Whom something does not suit, and why. Empty stages or irritability mean any.

    `findings`: only for patients who show one of them. `unless_findings`: not for patients who show one of
    them.
    """

    diagnoses: tuple[Hypothesis, ...]
    reason: str
    stages: tuple[int, ...] = ()
    irritability: tuple[Irritability, ...] = ()
    findings: tuple[str, ...] = ()
    unless_findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exercise:
    """One entry of the library. Texts for the patient are in `language`, reading grade 8 or below.

    `breathing` is a sentence where breath matters (bridges, planks, heavy work), else empty. `hip_bend`, `knee_bend`,
    `length`, `neural` and `sij_load` are for choosing: they agree with what `content` and `unsuitable` forbid.
    `progressions` and `regressions` are one graph without circles, the same read from either end: whatever this leads
    to has it among its regressions, and `passes` says when to go on. A self-test leads to exercises (`progressions`)
    without being an easier one of them. `dose.side` is already resolved as far as it can be without a patient: both, or each side in turn.
    `disputed` is for staff: where the sources disagree, both views. `result` is what a self-test leads to.
    `finding` is the key of the intake finding a self-test measures.
    """

    key: str
    name: str
    kind: Kind
    targets: tuple[Target, ...]
    purpose: str
    start: str
    steps: tuple[str, ...]
    cues: tuple[str, ...]
    faults: tuple[str, ...]
    breathing: str
    equipment: tuple[Equipment, ...]
    dose: Dose
    rep_word: str
    limb: Limb
    side_rule: SideRule
    load_type: LoadType
    hip_bend: HipBend
    knee_bend: KneeBend
    length: HamstringLength
    neural: NeuralBias
    sij_load: SijLoad
    position: Position
    easier: str
    harder: str
    passes: str
    result: str
    finding: str
    disputed: str
    progressions: tuple[str, ...]
    regressions: tuple[str, ...]
    content: tuple[Content, ...]
    unsuitable: tuple[Unsuitable, ...]
    sources: tuple[str, ...]
    reviewed: Reviewed
    language: str

    @property
    def patient_texts(self) -> tuple[str, ...]:
        """Everything of this entry that a patient may read, empty texts left out."""
        single = (self.name, self.purpose, self.start, self.breathing)
        more = (self.easier, self.harder, self.passes, self.result)
        return tuple(text for text in (*single, *more, *self.steps, *self.cues, *self.faults, self.rep_word) if text)

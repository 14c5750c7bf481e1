"""What pain at the back of the thigh may be, and how a conclusion describes it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Hypothesis(StrEnum):
    """The explanations the intake weighs against each other. They can be true together."""

    HAMSTRING_STRAIN = "hamstring_strain"
    PHT = "pht"
    SIJ = "sij"
    NERVE = "nerve"


class WorkingDiagnosis(StrEnum):
    """What a clinician may conclude: one hypothesis, several, none of them, or a referral."""

    HAMSTRING_STRAIN = "hamstring_strain"
    PHT = "pht"
    SIJ = "sij"
    NERVE = "nerve"
    MIXED = "mixed"
    OUTSIDE = "outside"
    REFER = "refer"

    @property
    def hypothesis(self) -> Hypothesis | None:
        """The hypothesis this diagnosis confirms, or None for mixed, outside and refer."""
        return next((h for h in Hypothesis if h.value == self.value), None)

    @property
    def stages(self) -> tuple[int, ...]:
        """The stages of this diagnosis, first to last; empty where rehabilitation has no stages."""
        return STAGES[self]


class Irritability(StrEnum):
    """How easily pain is provoked and how long it lasts."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Severity(StrEnum):
    """How bad it is. For a strain these are grades I, II and III."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


STAGES: Mapping[WorkingDiagnosis, tuple[int, ...]] = MappingProxyType(
    {
        WorkingDiagnosis.HAMSTRING_STRAIN: (1, 2, 3, 4),
        WorkingDiagnosis.PHT: (1, 2, 3, 4),
        WorkingDiagnosis.SIJ: (1, 2, 3),
        WorkingDiagnosis.NERVE: (1, 2, 3),
        WorkingDiagnosis.MIXED: (),
        WorkingDiagnosis.OUTSIDE: (),
        WorkingDiagnosis.REFER: (),
    }
)
"""Stages of rehabilitation per diagnosis: strain and tendinopathy have four, joint and nerve three."""

"""Where a program stands when a decision is asked for: stage, limits, rung, and what was changed or seen when."""

from dataclasses import dataclass
from datetime import date, datetime

from clinic.vocabulary.diagnoses import WorkingDiagnosis
from clinic.vocabulary.sides import PainfulSide
from programs.progression.rules import ceiling_of


@dataclass(frozen=True)
class Plan:
    """The program as it holds today.

    `ceiling`: pain 0 to 10, as issued (`Plan.of` takes the rule's). `stage_since`: first day of this stage.
    `changed_on`: first day of the last change of any kind. `run_level` 0 to 7, None where runs follow no ladder, and
    `run_since` its first day. `self_test`: how many of the four self-tests the program builds on. `usual_morning_pain`
    0 to 10. `drops`: days on which a step back was accepted. `reviewed_on`: flares and drops up to this day were looked at.
    `new_seen_at`: red flags that had arrived by then were dealt with. `review_on`: the day a review is due.
    """

    diagnosis: WorkingDiagnosis
    stage: int | None
    side: PainfulSide
    ceiling: int
    stage_since: date
    changed_on: date | None = None
    run_level: int | None = None
    run_since: date | None = None
    self_test: int | None = None
    usual_morning_pain: int | None = None
    drops: tuple[date, ...] = ()
    reviewed_on: date | None = None
    new_seen_at: datetime | None = None
    is_sprinter: bool = False
    review_on: date | None = None

    @classmethod
    def of(cls, diagnosis: WorkingDiagnosis, stage: int | None, side: PainfulSide, since: date) -> "Plan":
        """A program with the ceiling of its diagnosis, begun on this day."""
        return cls(diagnosis, stage, side, ceiling_of(diagnosis), since)

    @property
    def since(self) -> date:
        """The first day after the last change: what was told before speaks about another program."""
        return max(day for day in (self.stage_since, self.changed_on, self.run_since) if day is not None)

    @property
    def next_stage(self) -> int | None:
        """The stage after this one; None at the end, and where there are no stages."""
        later = [stage for stage in self.diagnosis.stages if self.stage is not None and stage > self.stage]
        return min(later, default=None)

    @property
    def is_nerve(self) -> bool:
        return self.diagnosis is WorkingDiagnosis.NERVE

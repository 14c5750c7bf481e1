"""The whole reasoning over one case: red flags first, then criteria, then support, each explained."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from clinic.vocabulary.diagnoses import Hypothesis

from .case import Case
from .contributors import FoundContributor, found_contributors
from .criteria import CriterionResult, judge_criteria
from .differential import Band, Limit, Picture, Standing, picture, standings
from .explanation import explain
from .finding_set import PainfulView
from .knowledge_base import CURRENT, Knowledge
from .next_findings import MOST, NextFinding, Why, next_findings
from .next_findings_1 import first_next_findings
from .proposals import Proposals, propose
from .red_flags import Action, RaisedFlag, action_for, raised_flags, unanswered_screening
from .support import HYPOTHESES, support


class Hidden(StrEnum):
    """Why no ranking is shown."""

    RED_FLAG = "red_flag"
    SCREENING_OPEN = "screening_open"


@dataclass(frozen=True, slots=True)
class HypothesisView:
    """One hypothesis as laid out for the clinician. Rank, band and limit are None while the ranking is hidden.

    `limit` is the rule that binds the band now, `held` says that the band would be another without it.
    """

    hypothesis: Hypothesis
    rank: int | None
    criterion: CriterionResult
    band: Band | None
    limit: Limit | None
    held: bool
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    not_assessed: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The hypothesis as plain values."""
        return {
            "key": self.hypothesis.value,
            "rank": self.rank,
            "criteria": self.criterion.status.value,
            "support": None if self.band is None else self.band.value,
            "for": list(self.speaks_for),
            "against": list(self.speaks_against),
            "not_assessed": list(self.not_assessed),
        }


@dataclass(frozen=True, slots=True)
class Reasoning:
    """What the findings may mean. Evidence laid out, never a verdict: the clinician concludes.

    While the ranking is hidden the hypotheses stand in their fixed order without rank or band, and the picture says
    not enough; criteria and the lists for and against stay, because they are what was found, not an order.
    """

    knowledge_version: str
    action: Action
    red_flags: tuple[RaisedFlag, ...]
    unanswered_screening: tuple[str, ...]
    hidden_because: tuple[Hidden, ...]
    picture: Picture
    hypotheses: tuple[HypothesisView, ...]
    next_findings: tuple[NextFinding, ...]
    completeness: float
    groups_answered: int
    contributors: tuple[FoundContributor, ...]
    proposals: Proposals
    flags_without_age: tuple[str, ...]
    """Red flags with a rule about age that could not be applied because no age was given."""

    @property
    def ranking_shown(self) -> bool:
        """False while a red flag stops the intake or screening asked of everyone is open."""
        return not self.hidden_because

    def to_json(self) -> dict[str, Any]:
        """The reasoning in the form the `reason` command prints."""
        return {
            "knowledge_version": self.knowledge_version,
            "action": self.action.value,
            "red_flags": [{"id": flag.id, "tier": flag.tier.value, "why": list(flag.why)} for flag in self.red_flags],
            "ranking_shown": self.ranking_shown,
            "picture": self.picture.value,
            "hypotheses": [view.to_json() for view in self.hypotheses],
            "next_findings": [item.key for item in self.next_findings],
            "completeness": self.completeness,
        }


def reason(case: Case, *, released: Collection[str] = (), knowledge: Knowledge = CURRENT) -> Reasoning:
    """The reasoning over one case. Pure: the same case and knowledge give the same answer on any day.

    `knowledge` must be the one the case was read with; today's unless an old assessment is replayed.
    `released`: ids of flags a named clinician released with a reason. They stay listed and no longer hide the ranking.
    """
    flags = raised_flags(case.findings, case.age, knowledge.red_flags)
    unanswered = unanswered_screening(case.findings, case.painful_side, knowledge.screening)
    hidden = []
    if any(flag.tier.stops and flag.id not in released for flag in flags):
        hidden.append(Hidden.RED_FLAG)
    if unanswered:
        hidden.append(Hidden.SCREENING_OPEN)

    view = PainfulView(case.findings, case.painful_side, knowledge.findings)
    criteria = judge_criteria(view, knowledge.criteria)
    supported = support(view, knowledge.weights)
    order = standings(view, criteria, supported)
    explanations = explain(view, criteria, supported)

    def laid_out(hypothesis: Hypothesis, standing: Standing | None) -> HypothesisView:
        explanation = explanations[hypothesis]
        return HypothesisView(
            hypothesis=hypothesis,
            rank=standing.rank if standing else None,
            criterion=criteria[hypothesis],
            band=standing.band if standing else None,
            limit=standing.limit if standing else None,
            held=standing is not None and standing.held,
            speaks_for=tuple(explanation.speaks_for),
            speaks_against=tuple(explanation.speaks_against),
            not_assessed=tuple(explanation.not_assessed),
        )

    if hidden:
        hypotheses = tuple(laid_out(hypothesis, None) for hypothesis in HYPOTHESES)
        following = tuple(NextFinding(key, Why.SCREENING) for key in unanswered[:MOST])
    else:
        hypotheses = tuple(laid_out(standing.hypothesis, standing) for standing in order)
        choose = next_findings if knowledge.weights.settings.edition > 1 else first_next_findings
        following = choose(view, criteria, order, supported)
    return Reasoning(
        knowledge_version=knowledge.version,
        action=action_for(flags),
        red_flags=flags,
        unanswered_screening=unanswered,
        hidden_because=tuple(hidden),
        picture=Picture.NOT_ENOUGH if hidden else picture(order, criteria, supported),
        hypotheses=hypotheses,
        next_findings=following,
        completeness=supported.completeness,
        groups_answered=supported.groups_answered,
        contributors=found_contributors(case.findings, case.painful_side, case.running_type, knowledge.contributors),
        proposals=propose(view),
        flags_without_age=knowledge.flags_asking_age if case.age is None else (),
    )


def next_findings_beside(
    case: Case, declined: Collection[str], knowledge: Knowledge = CURRENT
) -> tuple[NextFinding, ...]:
    """What to assess next when some findings were said not to be assessed: those come after everything else."""
    view = PainfulView(case.findings, case.painful_side, knowledge.findings)
    criteria = judge_criteria(view, knowledge.criteria)
    supported = support(view, knowledge.weights)
    return next_findings(view, criteria, standings(view, criteria, supported), supported, declined)

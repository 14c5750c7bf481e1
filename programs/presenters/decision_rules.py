"""The numbers a proposal rests on, with where each comes from and how well it is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.library.catalogue import SOURCES
from programs.presenters.decision_checks import asked_words
from programs.presenters.words import STANDINGS
from programs.progression.criteria import Criterion, stage_of
from programs.progression.decision_words import check_words
from programs.progression.rules import RULES
from programs.progression.stand import Plan

NAMES = {
    "good_days": gettext_lazy("Good days before a step forward"),
    "window_days": gettext_lazy("Looked back for adherence and flares"),
    "done_percent": gettext_lazy("Done at least, before a step forward"),
    "silent_days": gettext_lazy("Counts as silent"),
    "flares_apart_days": gettext_lazy("Two flares, when this far apart"),
    "worse_mornings": gettext_lazy("Worse mornings before a review"),
    "drops": gettext_lazy("Steps back before a review"),
    "drops_within_days": gettext_lazy("A step back is remembered for"),
    "check_valid_days": gettext_lazy("A measured check speaks for"),
    "new_stage_days": gettext_lazy("A flare is put down to a new stage within"),
}


@dataclass(frozen=True)
class RuleView:
    """One number in words; `sources` are citations."""

    name: str
    value: str
    standing: str
    sources: Sequence[str]
    note: str


def rule_views(plan: Plan) -> list[RuleView]:
    """The pain ceiling and weeks of this diagnosis, the numbers that hold for all, and the criteria of the stage."""
    of_diagnosis = {
        f"ceiling_{plan.diagnosis.value}": _("Pain ceiling of this diagnosis"),
        f"weeks_{plan.diagnosis.value}": _("A stage lasts at most"),
    }
    names = of_diagnosis | {key: str(name) for key, name in NAMES.items()}
    found = [
        RuleView(
            name=name,
            value=f"{RULES[key].value} {_(RULES[key].unit)}",
            standing=str(STANDINGS[RULES[key].standing]),
            sources=citations(RULES[key].sources),
            note=_(RULES[key].note),
        )
        for key, name in names.items()
        if key in RULES
    ]
    stage = stage_of(plan.diagnosis, plan.stage)
    return [*found, *(_criterion(each) for each in (stage.criteria if stage else ()))]


def _criterion(criterion: Criterion) -> RuleView:
    return RuleView(
        name=check_words(criterion.check, _).capitalize(),
        value=asked_words(criterion),
        standing=str(STANDINGS[criterion.standing]),
        sources=citations(criterion.sources),
        note="",
    )


def citations(codes: Sequence[str]) -> list[str]:
    return [SOURCES[code].citation for code in codes]

"""What the chart suggests asking, in words: the areas behind it, the finding, and what recording it would change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.chart import SIDES, place_words
from assessments.reasoning import FINDINGS
from assessments.reasoning.body_chart import Area, Place, Stance, Suggestion, suggestions
from clinic.vocabulary.sides import PainfulSide

EFFECTS = {
    "bilateral_leg_symptoms": lazy(
        "A screening question. Recorded as present it stops the examination: possible cauda equina syndrome. Ask it in"
        " these words first; two separate running pains are not meant."
    ),
    "groin_pain": lazy(
        "A screening question. Recorded as present it raises a red flag: possible stress fracture of the femur or pubic"
        " bone. The order is hidden and exercises are locked until you have decided about it."
    ),
    "pain_below_knee": lazy("Would speak for the sciatic nerve. It does not exclude the sacroiliac joint."),
    "pain_buttock_dominant": lazy("Would speak for the sacroiliac joint."),
    "midline_lbp": lazy("Would speak against the sacroiliac joint."),
    "neuro_quality": lazy("Would speak for the sciatic nerve."),
    "sij_fortin": lazy(
        "A mark here is not the sign. Ask for the worst point with one finger, twice: it counts when the runner points"
        " within a centimetre of the same spot below the bump of the pelvis."
    ),
}
SCREENING = frozenset({"bilateral_leg_symptoms", "groin_pain"})


@dataclass(frozen=True)
class SuggestionView:
    """One suggestion. `seen` is the answer shown, so that a colleague's answer is not overwritten unseen."""

    finding: str
    side: str
    label: str
    why: str
    effect: str
    seen: str
    stance: str
    to_test: bool
    is_screening: bool

    @property
    def id(self) -> str:
        return "-".join(filter(None, (self.finding, self.side)))

    @property
    def is_open(self) -> bool:
        return self.stance == Stance.OPEN

    @property
    def disagrees(self) -> bool:
        return self.stance in (Stance.CHART_ALONE, Stance.ANSWER_ALONE)


def suggestion_views(
    areas: Iterable[Area], painful: PainfulSide, answers: Mapping[Place, str]
) -> tuple[SuggestionView, ...]:
    """Those worth showing: open ones and disagreements. Where chart and answer agree there is nothing to say."""
    found = (item for item in suggestions(areas, painful, answers) if item.stance is not Stance.AGREED)
    return tuple(_view(item, answers.get(item.place, "")) for item in found)


def _view(item: Suggestion, seen: str) -> SuggestionView:
    label = FINDINGS[item.finding].label
    return SuggestionView(
        finding=item.finding,
        side=item.side,
        label=f"{label}, {SIDES[item.side]}" if item.side else label,
        why=_why(item),
        effect="" if item.stance is Stance.ANSWER_ALONE else str(EFFECTS[item.finding]),
        seen=seen,
        stance=item.stance.value,
        to_test=item.to_test,
        is_screening=item.finding in SCREENING,
    )


def _why(item: Suggestion) -> str:
    if item.stance is Stance.ANSWER_ALONE:
        return _("Answered present, but the chart does not show it (any more).")
    named = [place_words(area.place) for area in item.areas]
    names = {
        "areas": capfirst(get_text_list([named[0], *(name[0].lower() + name[1:] for name in named[1:])], _("and")))
    }
    if item.stance is Stance.CHART_ALONE:
        return _("Answered absent, but the chart shows: %(areas)s.") % names
    return _("Marked: %(areas)s.") % names

"""What may have led to the pain, in words: where it was found, which exercises it leads to, and every view on it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.mapping import Reading
from assessments.reasoning import FINDINGS, FoundContributor
from assessments.wording.evidence import Cited, cited
from assessments.wording.labels import evidence_line

LEADS_TO = {
    "bridge_progression": lazy("bridges, begun lower"),
    "glute_activation": lazy("waking the buttock muscles before loading them"),
    "glute_strength": lazy("buttock strength"),
    "hamstring_mobility": lazy("hamstring mobility"),
    "hip_abductor_strength": lazy("strength of the outer hip"),
    "hip_flexor_mobility": lazy("hip flexor mobility"),
    "load_advice": lazy("advice on training load"),
    "pelvis_control": lazy("control of the pelvis, towards neutral"),
    "posterior_chain_strength": lazy("strength of the whole back of the leg"),
    "posture_practice": lazy("practising the stance over the midfoot"),
    "rotation_control": lazy("control of rotation"),
    "running_technique": lazy("running drills"),
    "step_down_control": lazy("control in stepping down"),
    "stride_cue": lazy("a cue for the stride"),
    "trunk_stability": lazy("trunk stability"),
}
"""The kinds of program content the knowledge names, as a clinician calls them."""
NEUTRAL = frozenset({"pelvic_tilt"})
"""Recorded as seen: the sources contradict each other, and neither way counts as a fault."""

EXPECTED = {
    None: "",
    True: lazy("On the side one view expects (expert opinion)."),
    False: lazy("Not on the side one view expects (expert opinion)."),
}


@dataclass(frozen=True)
class ContributorCard:
    """What may have led to the pain. `leads_to` and `neutral` are empty in an assessment signed before they were kept."""

    title: str
    found: str
    expected: str
    views: tuple[tuple[str, Cited], ...]
    leads_to: tuple[str, ...] = ()
    neutral: str = ""


def contributor_card(found: FoundContributor, reading: Reading) -> ContributorCard:
    contributor = found.contributor
    return ContributorCard(
        title=contributor.title,
        found="; ".join(evidence_line(key, reading) for key in found.keys if key in FINDINGS),
        expected=str(EXPECTED[found.as_expected]),
        views=tuple((view.says, cited(view.source)) for view in contributor.views),
        leads_to=tuple(str(LEADS_TO[key]) for key in contributor.content if key in LEADS_TO),
        neutral=_("Recorded as seen, neither good nor bad: the sources contradict each other.")
        if contributor.key in NEUTRAL
        else "",
    )

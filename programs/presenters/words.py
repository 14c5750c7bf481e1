"""Words for keys of the library: kinds, targets, sides, equipment, standings."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Conclusion
from clinic.vocabulary.provenance import Standing
from clinic.vocabulary.sides import DoseSide
from programs.models import Program

KINDS = {
    "exercise": gettext_lazy("Exercise"),
    "drill": gettext_lazy("Drill"),
    "self_test": gettext_lazy("Self-test"),
    "run": gettext_lazy("Running"),
}
KIND_FILTERS = {
    "exercise": gettext_lazy("Exercises"),
    "drill": gettext_lazy("Drills"),
    "self_test": gettext_lazy("Self-tests"),
    "run": gettext_lazy("Running"),
}
TARGETS = {
    "hamstring": gettext_lazy("hamstring"),
    "gluteal": gettext_lazy("buttock"),
    "hip_flexor": gettext_lazy("hip flexor"),
    "quadriceps": gettext_lazy("front of the thigh"),
    "trunk": gettext_lazy("trunk"),
    "back": gettext_lazy("back"),
    "nerve": gettext_lazy("nerve"),
    "whole_body": gettext_lazy("whole body"),
}
POSITIONS = {
    "lying": gettext_lazy("on the back"),
    "prone": gettext_lazy("on the front"),
    "side_lying": gettext_lazy("on the side"),
    "sitting": gettext_lazy("sitting"),
    "kneeling": gettext_lazy("kneeling"),
    "hands_and_knees": gettext_lazy("on hands and knees"),
    "lunge": gettext_lazy("in a lunge"),
    "standing": gettext_lazy("standing"),
    "walking": gettext_lazy("walking"),
    "running": gettext_lazy("running"),
}
EQUIPMENT = {
    "band": gettext_lazy("band"),
    "bench": gettext_lazy("bench"),
    "chair": gettext_lazy("chair"),
    "doorway": gettext_lazy("doorway"),
    "pad": gettext_lazy("pad"),
    "partner": gettext_lazy("partner"),
    "rail": gettext_lazy("rail"),
    "roller": gettext_lazy("roller"),
    "sliders": gettext_lazy("sliders"),
    "step": gettext_lazy("step"),
    "strap": gettext_lazy("strap"),
    "suspension_strap": gettext_lazy("suspension strap"),
    "weight": gettext_lazy("weight"),
}
LOAD_TYPES = {
    "isometric": gettext_lazy("held still"),
    "isotonic": gettext_lazy("up and down"),
    "eccentric": gettext_lazy("braking on the way down"),
    "lengthening": gettext_lazy("loaded while it lengthens"),
    "stretch": gettext_lazy("stretch"),
    "mobility": gettext_lazy("mobility"),
    "control": gettext_lazy("control"),
    "neural": gettext_lazy("nerve"),
    "energy_storage": gettext_lazy("fast, spring-like"),
    "run": gettext_lazy("running"),
}
BENDS = {
    "straight": gettext_lazy("straight or nearly"),
    "half": gettext_lazy("half bent"),
    "bent": gettext_lazy("far bent"),
}
LENGTHS = {"short": gettext_lazy("short"), "middle": gettext_lazy("middle"), "long": gettext_lazy("long")}
NEURAL = {
    "none": gettext_lazy("leaves it alone"),
    "slider": gettext_lazy("slides it"),
    "tensioner": gettext_lazy("pulls it on purpose"),
    "loaded": gettext_lazy("pulls it in passing"),
}
SIJ_LOADS = {
    "low": gettext_lazy("both sides alike"),
    "asymmetrical": gettext_lazy("one side more than the other"),
    "shear": gettext_lazy("turns them against each other"),
}
STANDINGS = {
    Standing.VERIFIED: gettext_lazy("Read in the source"),
    Standing.VERIFIED_SECONDARY: gettext_lazy("Read where it is quoted"),
    Standing.DERIVED: gettext_lazy("Worked out from verified numbers"),
    Standing.RECALLED: gettext_lazy("From memory, to be checked"),
    Standing.EXPERT_OPINION: gettext_lazy("Expert opinion"),
    Standing.PROPOSED: gettext_lazy("Our proposal"),
}
SIDE_RULES = {
    "injured": gettext_lazy("the painful side"),
    "opposite": gettext_lazy("the side opposite the pain"),
    "both": gettext_lazy("both sides together"),
    "each": gettext_lazy("each side in turn"),
}
PAINFUL_SIDES = {"left": gettext_lazy("left"), "right": gettext_lazy("right"), "both": gettext_lazy("both sides")}


def side_tag(side: str) -> str:
    """The inked tag beside a name; empty for both together, which goes unsaid."""
    return {
        DoseSide.LEFT: _("Left"),
        DoseSide.RIGHT: _("Right"),
        DoseSide.ALTERNATE: _("Each side"),
        DoseSide.BOTH: "",
    }[DoseSide(side)]


def condition_of(program: Program) -> str:
    """Diagnosis, side and stage in one line, for staff."""
    words = f"{Conclusion.Diagnosis(program.diagnosis).label}, {PAINFUL_SIDES[program.side]}"
    return words + " · " + _("stage %(stage)s") % {"stage": program.stage} if program.stage else words

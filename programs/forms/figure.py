"""A drawing's numbers as a form: angles and places, frame by frame."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from programs.figures import FigureError
from programs.figures.adjusting import Dial, adjusted, dials, drawable

FRAMES = {"start": _("Start"), "middle": _("Middle"), "end": _("End")}
PARTS = {
    "body": _("Body"),
    "anchor": _("What holds the body in place"),
    "near_leg": _("Near leg (right)"),
    "far_leg": _("Far leg (left)"),
    "near_arm": _("Near arm (right)"),
    "far_arm": _("Far arm (left)"),
    "left_leg": _("Leg at the left of the picture"),
    "right_leg": _("Leg at the right of the picture"),
    "left_arm": _("Arm at the left of the picture"),
    "right_arm": _("Arm at the right of the picture"),
}
QUALITIES = {
    "tilt": _("Pelvis (− back, + forward)"),
    "spine": _("Back bends forward"),
    "neck": _("Neck bends forward"),
    "head": _("Head nods"),
    "twist": _("Trunk turns"),
    "turn": _("Trunk points to"),
    "drop": _("Pelvis drops"),
    "lean": _("Trunk leans"),
    "hip": _("Hip bends"),
    "knee": _("Knee bends"),
    "ankle": _("Foot pulls up"),
    "foot": _("Foot stands at"),
    "on": _("Height of the ground"),
    "angle": _("Sole tips up"),
    "toe": _("Toes bend up"),
    "shoulder": _("Shoulder lifts"),
    "elbow": _("Elbow bends"),
    "hand_x": _("Hand across"),
    "hand_y": _("Hand up"),
    "x": _("Across"),
    "y": _("Up"),
    "out": _("Away from the middle"),
    "bend": _("Bends back"),
    "thigh": _("Thigh, seen length"),
    "shank": _("Shank, seen length"),
    "upper": _("Upper arm, seen length"),
    "fore": _("Forearm, seen length"),
}


@dataclass(frozen=True)
class Group:
    """The fields of one limb in one frame."""

    title: Any
    fields: list[BoundField]


@dataclass(frozen=True)
class FrameFields:
    title: Any
    groups: list[Group]


WHERE = re.compile(r"figure '[^']*', (?:frame (?P<frame>\d)|on the way): ")


def in_words(error: FigureError, frames: list[str]) -> str:
    """What is out of reach and in which frame, without the names a file of figures needs."""
    found = WHERE.match(str(error))
    if found is None:
        return str(error)
    place = FRAMES[frames[int(found["frame"]) - 1]] if found["frame"] else _("Between start and end")
    return f"{place}: {str(error)[found.end() :]}"


class FigureForm(forms.Form):
    """Turns the dials of one figure. `figure_data` is the drawing as asked for, once the form is valid.

    A pose that cannot be held is an error of the form, in words that say what is out of reach and by how much.
    """

    def __init__(self, *args: Any, key: str, figure: Mapping[str, Any], **kwargs: Any) -> None:
        self.key, self.figure = key, figure
        self.dials: list[Dial] = dials(figure)
        self.figure_data: dict[str, Any] = dict(figure)
        super().__init__(*args, **kwargs)
        for dial in self.dials:
            self.fields[dial.name] = forms.FloatField(
                label=QUALITIES[dial.quality],
                initial=f"{dial.value:g}",
                min_value=dial.least,
                max_value=dial.most,
                widget=forms.NumberInput(
                    attrs={"step": f"{dial.step:g}", "class": "input-short", "autocomplete": "off"}
                ),
            )

    def clean(self) -> dict[str, Any] | None:
        values = super().clean() or {}
        if self.errors:
            return values
        self.figure_data = adjusted(self.figure, {name: float(value) for name, value in values.items()})
        try:
            drawable(self.key, self.figure_data)
        except FigureError as error:
            self.add_error(None, in_words(error, [frame for frame in FRAMES if frame in self.figure]))
        return values

    def frames(self) -> Iterator[FrameFields]:
        """The fields as they are laid out: by frame, then by limb."""
        for frame, title in FRAMES.items():
            here = [dial for dial in self.dials if dial.frame == frame]
            parts = dict.fromkeys(dial.part for dial in here)
            if here:
                yield FrameFields(
                    title, [Group(PARTS[part], [self[d.name] for d in here if d.part == part]) for part in parts]
                )

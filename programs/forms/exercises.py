"""A clinic's own exercise as a form: texts one per line, the dose in shorthand, every refusal in words beside its field."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from clinic.vocabulary.sides import DoseSide
from programs.forms.dose import LONGEST_SHORTHAND
from programs.library.exercise import SideRule
from programs.presenters.words import EQUIPMENT, KINDS, LOAD_TYPES, POSITIONS, SIDE_RULES, TARGETS
from programs.progression.dose import DoseError, from_json, to_json
from programs.progression.dose_shorthand import parse_shorthand, to_shorthand

LONGEST_NAME: Final = 120
LONGEST_TEXT: Final = 400
LONGEST_VIDEO: Final = 300
EITHER_WAY: Final = {"dir": "auto"}


class Text(forms.CharField):
    """Never cut by the browser while typing: what is too long is refused in words, and stays as it was typed."""

    default_error_messages = {"required": _("Fill this in.")}

    def __init__(self, *, most: int = LONGEST_TEXT, lines: int = 0, **kwargs: Any) -> None:
        self.most = most
        attrs = EITHER_WAY | ({"rows": lines} if lines else {})
        super().__init__(widget=(forms.Textarea if lines else forms.TextInput)(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        text = " ".join(str(super().clean(value)).split())
        self.check_length(text)
        return text

    def check_length(self, text: str) -> None:
        if len(text) > self.most:
            words = gettext("At most %(most)s characters; these are %(count)s. Shorten it.")
            raise forms.ValidationError(words % {"most": self.most, "count": len(text)})


class Lines(Text):
    """One text a line; empty lines do not count."""

    def __init__(self, *, least: int = 0, most_lines: int = 8, **kwargs: Any) -> None:
        self.least, self.most_lines = least, most_lines
        super().__init__(lines=4, required=least > 0, **kwargs)

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        typed = forms.CharField.clean(self, value)
        lines = [" ".join(line.split()) for line in typed.splitlines() if line.strip()]
        if len(lines) < self.least:
            words = ngettext("Write at least %(least)s line.", "Write at least %(least)s lines.", self.least)
            raise forms.ValidationError(words % {"least": self.least})
        if len(lines) > self.most_lines:
            words = gettext("At most %(most)s lines; these are %(count)s. People remember few.")
            raise forms.ValidationError(words % {"most": self.most_lines, "count": len(lines)})
        for line in lines:
            self.check_length(line)
        return lines


def _choice(label: Any, words: Mapping[str, Any], **kwargs: Any) -> forms.ChoiceField:
    choices = [("", _("Choose")), *words.items()]
    return forms.ChoiceField(label=label, choices=choices, error_messages={"required": _("Choose one.")}, **kwargs)


def _several(label: Any, words: Mapping[str, Any], **kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=words.items(), widget=forms.CheckboxSelectMultiple, **kwargs)


class ExerciseForm(forms.Form):
    """All a clinic says about an exercise. `content` is that in the library's form, once it is valid."""

    name = Text(label=_("What is it called?"), most=LONGEST_NAME)
    kind = _choice(_("What is it?"), KINDS)
    targets = _several(
        _("What is it for?"), TARGETS, error_messages={"required": _("Tick at least one: it is searched by this.")}
    )
    purpose = Text(label=_("Why should the runner do it?"), lines=2, help_text=_("One or two short sentences."))
    start = Text(label=_("How do you begin?"), lines=2)
    steps = Lines(label=_("Step by step"), least=1, help_text=_("One step a line."))
    cues = Lines(label=_("Cues"), most_lines=5, help_text=_("One a line, two or three are enough."))
    faults = Lines(label=_("Common faults"), most_lines=5, help_text=_("One a line."))
    breathing = Text(label=_("Breathing"), required=False)
    dose = Text(
        label=_("Usual dose"), most=LONGEST_SHORTHAND, help_text=_("In one line, for example 3x10 h5 r60 2/d MWF")
    )
    side_rule = _choice(_("Which side is it done on?"), SIDE_RULES)
    position = _choice(_("In which position?"), POSITIONS)
    load_type = _choice(_("How does it load?"), LOAD_TYPES)
    equipment = _several(_("What must be at hand?"), EQUIPMENT, required=False)
    rep_word = Text(
        label=_("What is counted"), most=30, required=False, help_text=_("Empty for repetitions, or for example steps.")
    )
    easier = Text(label=_("How is it made easier?"), lines=2, required=False)
    harder = Text(label=_("How is it made harder?"), lines=2, required=False)
    passes = Text(label=_("When is it mastered?"), lines=2, required=False)
    video_url = Text(
        label=_("Link to a video"),
        most=LONGEST_VIDEO,
        required=False,
        help_text=_("An address that begins with https://. The runner sees a plain link; nothing is embedded."),
    )

    def __init__(self, *args: Any, is_adaptation: bool = False, **kwargs: Any) -> None:
        """`is_adaptation`: what sort of entry ours is stays as it is."""
        super().__init__(*args, **kwargs)
        if is_adaptation:
            del self.fields["kind"]

    @staticmethod
    def initial_of(content: Mapping[str, Any], video_url: str = "") -> dict[str, Any]:
        """What the fields show for this content."""
        values = {name: content.get(name, "") for name in FIELDS}
        values |= {name: "\n".join(content.get(name, ())) for name in LISTS}
        dose = replace(from_json(content["dose"]), side=DoseSide.BOTH)
        return values | {"dose": to_shorthand(dose), "video_url": video_url}

    def clean_video_url(self) -> str:
        address = str(self.cleaned_data["video_url"])
        if not address:
            return ""
        parts = urlsplit(address)
        plain = parts.scheme == "https" and parts.hostname and "." in parts.hostname and not parts.username
        if not plain or any(sign in address for sign in " \"'<>\\"):
            raise forms.ValidationError(_("Write the whole address, beginning with https://."))
        return address

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        rule = cleaned.get("side_rule")
        if cleaned.get("dose") and rule:
            try:
                cleaned["dose"] = self._dose(cleaned["dose"], SideRule(rule))
            except DoseError as error:
                self.add_error("dose", [problem.text(gettext) for problem in error.problems])
        return cleaned

    def _dose(self, typed: str, rule: SideRule) -> dict[str, Any]:
        dose = parse_shorthand(typed)
        if dose.side is not DoseSide.BOTH:
            self.add_error("dose", _("Leave the side out: the question about the side says it."))
        return to_json(replace(dose, side=DoseSide.BOTH if rule is SideRule.BOTH else DoseSide.ALTERNATE))

    @property
    def content(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "video_url"}


FIELDS = [name for name in ExerciseForm.base_fields if name != "video_url"]
LISTS = ("steps", "cues", "faults")


class PictureForm(forms.Form):
    """A picture to upload and what it shows in words. What is in the file is judged when it is redrawn."""

    picture = forms.FileField(
        label=_("Which picture?"),
        help_text=_("JPEG, PNG or WebP up to 10 MB. It is redrawn: place and camera are left out."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": _("Choose a picture."),
            "empty": _("This file is empty. Choose the picture again."),
        },
    )
    words = Text(
        label=_("What does it show?"),
        most=300,
        lines=2,
        help_text=_("For people who cannot see it: the position, and what moves."),
        error_messages={"required": _("Say what the picture shows.")},
    )

"""What a protocol is called and who sees it; which lines of one are added to a draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_LINES = 200


class ProtocolForm(forms.Form):
    """Name and sharing, as they are changed later."""

    name = forms.CharField(
        label=_("What is the protocol called?"),
        max_length=120,
        help_text=_("As colleagues will look for it: never the runner’s name."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    is_shared = forms.BooleanField(
        label=_("Share in the clinic"),
        required=False,
        help_text=_("Everybody here sees and applies it. Only you or an administrator change it."),
    )


class SaveForm(ProtocolForm):
    """A program becomes a protocol; its notes stay behind unless they are asked for."""

    with_notes = forms.BooleanField(
        label=_("Keep the notes to the runner too"),
        required=False,
        help_text=_("Read them first: a note may say who the runner is."),
    )


class ApplyForm(forms.Form):
    """Numbers of the ticked lines; `into` is a phase's number, or empty for phase by phase."""

    line = forms.TypedMultipleChoiceField(
        coerce=int,
        choices=[(n, n) for n in range(1, MOST_LINES + 1)],
        error_messages={"required": _("Tick at least one exercise to add.")},
    )

    def problem(self) -> str:
        """The first thing to mend."""
        return str(next(iter(self.errors.values()))[0]) if self.errors else ""


def phase_asked(text: Any, known: int) -> int | None:
    """A phase of the draft by its number, or None for whatever else was asked."""
    return next((number for number in range(1, known + 1) if str(number) == text), None)

"""What a writer gives to a letter: whom it goes to, the own paragraphs, and which sections stay in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.letters.basis import WORDS
from programs.letters.compose import ADDED, OWN, TITLES
from programs.models import Letter

KEEP = "keep_"
TICKED = [(key, title) for key, title in TITLES.items() if key not in (*OWN, *ADDED)]


class KindForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What kind of letter?"),
        choices=Letter.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of letter.")},
    )


class LetterForm(forms.Form):
    """`seen` and `page` say which state of the letter the page knew; without them nothing of another's is overwritten."""

    recipient_name = forms.CharField(
        label=_("Name"), max_length=300, required=False, widget=forms.TextInput(attrs={"list": "recipients"})
    )
    recipient_organisation = forms.CharField(label=_("Practice or hospital"), max_length=300, required=False)
    recipient_address = forms.CharField(
        label=_("Address"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    reference = forms.CharField(label=_("Their reference"), max_length=80, required=False)
    opening = forms.CharField(
        label=_("Opening"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    question = forms.CharField(
        label=_("What is asked"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    closing = forms.CharField(
        label=_("Closing"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    has_chart = forms.BooleanField(
        label=_("Add the progress chart"),
        required=False,
        help_text=_("Pain, sessions and runs of the whole program, up to the day the letter is issued."),
    )
    seen = forms.IntegerField(required=False, min_value=0)
    page = forms.UUIDField(required=False)
    offered = forms.MultipleChoiceField(choices=TICKED, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, title in TICKED:
            self.fields[KEEP + key] = forms.BooleanField(label=title, required=False)

    def ticks(self, offered: Iterable[str]) -> list[forms.BoundField]:
        """One box for each section this letter has anything for."""
        return [self[KEEP + key] for key in offered if KEEP + key in self.fields]

    def left_out(self, before: Iterable[str]) -> list[str]:
        """The sections offered and not ticked; of those not offered, what was left out before stays so."""
        offered, was = set(self.cleaned_data["offered"]), set(before)
        return [key for key, _title in TICKED if (not self.cleaned_data[KEEP + key] if key in offered else key in was)]


def as_initial(letter: Letter) -> dict[str, Any]:
    kept = {KEEP + key: key not in letter.left_out for key, _title in TICKED}
    own = {name: getattr(letter, name) for name in (*WORDS, "has_chart")}
    return own | kept | {"seen": letter.revision}

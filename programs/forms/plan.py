"""The rest of the program: what is added, the pain ceiling, running, the next visit, and issuing."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from programs.handouts.document import HIGHEST_CEILING
from programs.progression.runladder import RUN_LADDER

MOST_PHASES, MOST_CRITERIA = 8, 6
FURTHEST_START = timedelta(days=60)
OWN_WORDS, NOTHING = "own", "none"


class AddForm(forms.Form):
    """An exercise from the library, by its id; into which phase, and why it is right although it is unsuitable today."""

    exercise = forms.UUIDField()
    phase = forms.IntegerField(min_value=1, max_value=MOST_PHASES, required=False)
    reason = forms.CharField(max_length=300, required=False)


class PhaseForm(forms.Form):
    """Title and criteria of one phase, as the runner reads them."""

    title = forms.CharField(label=_("Title"), max_length=80)
    criteria = forms.CharField(
        label=_("Move on when"),
        required=False,
        max_length=900,
        help_text=_("One criterion a line. The runner reads them."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @staticmethod
    def initial_of(phase: Mapping[str, Any]) -> dict[str, Any]:
        return {"title": phase["title"], "criteria": "\n".join(phase["criteria"])}

    def clean_criteria(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["criteria"].splitlines()]
        criteria = [line for line in lines if line]
        if len(criteria) > MOST_CRITERIA:
            raise forms.ValidationError(_("At most %(most)s criteria."), params={"most": MOST_CRITERIA})
        return criteria


def running_choices() -> list[tuple[str, str]]:
    rungs = [(str(rung.level), f"{rung.level} · {gettext(rung.headline)}") for rung in RUN_LADDER]
    return [*rungs, (OWN_WORDS, gettext("In my own words")), (NOTHING, gettext("Say nothing about running"))]


class PlanForm(forms.Form):
    """What holds for the whole program. Running is a rung of the walk-run ladder, own words, or nothing."""

    pain_ceiling = forms.TypedChoiceField(
        label=_("How much pain is fine?"),
        coerce=int,
        choices=[(n, str(n)) for n in range(HIGHEST_CEILING + 1)],
        help_text=_("Highest pain of 10 that is still fine while exercising."),
    )
    running = forms.ChoiceField(label=_("What may be run?"), choices=running_choices)
    running_words = forms.CharField(
        label=_("Your words about running"),
        max_length=300,
        required=False,
        help_text=_("Printed under the heading. Needed when you choose your own words."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    starts_on = forms.DateField(
        label=_("First day"),
        help_text=_("Today, unless you choose a later day."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    next_visit = forms.CharField(
        label=_("Next visit"), max_length=120, required=False, help_text=_("As the runner reads it: Mon 7 Dec, 8:40 am")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_starts_on(self) -> date:
        starts_on: date = self.cleaned_data["starts_on"]
        if starts_on < self.today:
            raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
        if starts_on > self.today + FURTHEST_START:
            days = FURTHEST_START.days
            words = ngettext("Start within %(days)s day.", "Start within %(days)s days.", days)
            raise forms.ValidationError(words, params={"days": days})
        return starts_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("running") == OWN_WORDS and not cleaned.get("running_words", "").strip():
            self.add_error("running_words", _("Write what the runner may run, or choose a step of the ladder."))
        return cleaned


class IssueForm(forms.Form):
    """Issuing names the version it follows, so that a form sent twice issues once."""

    after = forms.IntegerField(min_value=0)

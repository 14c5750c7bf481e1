"""One tap of the handover."""

from django import forms

from programs.models import Handover

STEPS = ("shown", "demonstrated", *Handover.Way.values)


class TickForm(forms.Form):
    version = forms.IntegerField(min_value=1)
    step = forms.ChoiceField(choices=[(step, step) for step in STEPS])
    undo = forms.BooleanField(required=False)

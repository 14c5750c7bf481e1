"""What every form of the staff pages shares: questions as labels, plain widgets, and a few kinds of answers."""

import zoneinfo
from decimal import Decimal
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1900, 2199


class Questions(forms.Form):
    """Labels are questions and end as they are written; what is missing is said as something to do. Browsers do not fill in the clinician's own data."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        for field in self.fields.values():
            choose = isinstance(field, forms.ChoiceField)
            field.error_messages["required"] = _("Choose one of these.") if choose else _("Fill this in.")
            if not isinstance(field.widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
                field.widget.attrs.setdefault("autocomplete", "off")


class DayField(forms.DateField):
    """A calendar day, picked or typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)
        self.error_messages["invalid"] = _("Give a day that exists, such as 23/09/1992.")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise forms.ValidationError(_("Check the year: four digits, such as 1992."))


class NumberField(forms.DecimalField):
    """A number with a point or a comma."""

    def to_python(self, value: Any) -> Decimal | None:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class PhoneField(forms.CharField):
    """A telephone number as people write it; letters and stray signs are refused."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}), **kwargs)

    def clean(self, value: Any) -> str:
        number: str = super().clean(value)
        if number and (not set(number) <= set("0123456789 +-/().") or sum(sign.isdigit() for sign in number) < 3):
            raise forms.ValidationError(_("Give the number in digits, such as 020 7946 0147 or +44 20 7946 0147."))
        return number


AREAS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def time_zones() -> list[tuple[str, str]]:
    """Every zone named for a place, for a select: value and readable text."""
    names = sorted(name for name in zoneinfo.available_timezones() if name.split("/")[0] in AREAS)
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


def time_zone_field(label: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=help_text, choices=time_zones)


def hours(first: int = 0, last: int = 23) -> list[tuple[int, str]]:
    return [(hour, f"{hour:02d}:00") for hour in range(first, last + 1)]

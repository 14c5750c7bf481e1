"""The load of a dose: a weight in a unit, a band by its colour, or anything else in words."""

import re
from typing import Final

from programs.progression.messages import Gettext

UNITS: Final = ("kg", "lb")
BANDS: Final = ("yellow band", "red band", "green band", "blue band", "black band")
NUMBER: Final = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
_WEIGHT: Final = re.compile(rf"({NUMBER.pattern}) ?(kg|lb)")


def split_load(load: str) -> tuple[str, str]:
    """What stands in the two fields of an editor: the number and its unit, nothing and the band, or the words and ""."""
    weight = _WEIGHT.fullmatch(load)
    if weight:
        return weight[1], weight[2]
    return ("", load) if load in BANDS else (load, "")


def joined_load(amount: str, unit: str) -> str:
    """The load of the two fields; a unit without a number is none."""
    if unit in UNITS:
        return f"{amount} {unit}" if amount else ""
    return " ".join(part for part in (amount, unit) if part)


def load_words(load: str, gettext: Gettext = str) -> str:
    """As the runner reads it: the colour of a band in the runner's language, numbers and a clinician's own words as they are."""
    return {
        "yellow band": gettext("yellow band"),
        "red band": gettext("red band"),
        "green band": gettext("green band"),
        "blue band": gettext("blue band"),
        "black band": gettext("black band"),
    }.get(load, load)

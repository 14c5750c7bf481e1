"""The wording of a dose for staff: shorthand, the same whatever language the runner reads.

The runner's sentences are in `dose_words`.
"""

from typing import Final

from clinic.vocabulary.sides import DoseSide
from programs.progression.dose import Dose
from programs.progression.messages import Gettext

WEEK: Final = 7
_WHOLE_MINUTES_FROM_S: Final = 120


def staff_text(dose: Dose, gettext: Gettext = str) -> str:
    """Shorthand, as in `3 × 10, hold 5 s, each side, 2×/day, Mon Wed Fri`. Both together goes unsaid."""
    parts = [_staff_amount(dose, gettext)]
    if dose.reps is not None and dose.hold_s is not None:
        parts.append(gettext("hold {time}").format(time=_staff_time(dose.hold_s)))
    if dose.rest_s:
        parts.append(gettext("rest {time}").format(time=_staff_time(dose.rest_s)))
    if dose.load:
        parts.append(dose.load)
    if dose.tempo:
        parts.append(gettext("tempo {tempo}").format(tempo=dose.tempo))
    side = _staff_side(dose.side, gettext)
    if side:
        parts.append(side)
    if dose.times_per_day > 1:
        parts.append(gettext("{n}×/day").format(n=dose.times_per_day))
    days = _staff_days(dose, gettext)
    if days:
        parts.append(days)
    return ", ".join(parts)


def _staff_time(seconds: int) -> str:
    if seconds >= _WHOLE_MINUTES_FROM_S and seconds % 60 == 0:
        return f"{seconds // 60} min"
    return f"{seconds} s"


def reps_text(dose: Dose) -> str:
    """How often in a row: `10`, `8–12`."""
    return f"{dose.reps}–{dose.reps_max}" if dose.reps_max is not None else f"{dose.reps}"


def _staff_amount(dose: Dose, gettext: Gettext) -> str:
    if dose.reps is not None:
        return f"{dose.sets} × {reps_text(dose)}"
    if dose.hold_s is not None:
        held = gettext("{time} hold").format(time=_staff_time(dose.hold_s))
        return f"{dose.sets} × {held}" if dose.sets > 1 else held
    time = _staff_time(dose.work_s or 0)
    return f"{dose.sets} × {time}" if dose.sets > 1 else time


def _staff_side(side: DoseSide, gettext: Gettext) -> str:
    return {
        DoseSide.LEFT: gettext("left"),
        DoseSide.RIGHT: gettext("right"),
        DoseSide.BOTH: "",
        DoseSide.ALTERNATE: gettext("each side"),
    }[side]


def _staff_days(dose: Dose, gettext: Gettext) -> str:
    if dose.weekdays:
        names = short_days(gettext)
        return " ".join(names[day] for day in sorted(dose.weekdays))
    if dose.every_n_days == WEEK:
        return gettext("weekly")
    if dose.every_n_days > 1:
        return gettext("every {n} days").format(n=dose.every_n_days)
    return gettext("daily") if dose.times_per_day == 1 else ""


def short_days(gettext: Gettext = str) -> tuple[str, ...]:
    """Monday first."""
    return (
        *(gettext("Mon"), gettext("Tue"), gettext("Wed"), gettext("Thu"), gettext("Fri")),
        *(gettext("Sat"), gettext("Sun")),
    )

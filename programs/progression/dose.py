"""A dose: how much of one exercise, how often, on which side. One value; `dose_words` gives it its two
wordings.

Exactly one of three shapes: repetitions (with or without a hold in each), a hold alone, or a time to keep
going (marching, walking). Units: seconds, and whole numbers of everything else.
"""

import dataclasses
import re
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any, Final

from clinic.vocabulary.sides import DoseSide
from programs.progression.messages import Gettext
from programs.progression.messages import gettext_noop as _

EVERY_DAY: Final[frozenset[int]] = frozenset()
MAX_SETS, MAX_REPS, MAX_TIMES_PER_DAY, MAX_EVERY_N_DAYS = 20, 200, 12, 28
MAX_HOLD_S, MAX_WORK_S, MAX_REST_S = 1800, 4 * 3600, 1800
MAX_LOAD_CHARACTERS = 40
TEMPO_WORDS: Final = ("slow", "steady", "quick")
TEMPO_COUNTS: Final = re.compile(r"\d-\d-\d")


@dataclasses.dataclass(frozen=True)
class Problem:
    """One thing wrong with a dose: the field it belongs to and a sentence that says what to do about it."""

    field: str
    message: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def text(self, gettext: Gettext = str) -> str:
        return gettext(self.message).format(**self.values)


class DoseError(ValueError):
    """A dose nobody could follow. `problems` lists everything wrong at once, ready for a form."""

    def __init__(self, problems: Collection[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.text() for problem in self.problems))


@dataclasses.dataclass(frozen=True)
class Dose:
    """How much, how often, which side. Invalid combinations raise `DoseError` on construction.

    `side`: left or right = that side only; both = both sides at the same time, or no side at all (a two-leg
    bridge, a walk); alternate = each side in turn, and then sets, repetitions and holds count for each
    side.
    `weekdays`: Monday is 0; empty means every day unless `every_n_days` says otherwise.
    `tempo`: empty, a word of TEMPO_WORDS, or counts in seconds "lower-wait-lift" such as "3-1-3".
    """

    sets: int = 1
    reps: int | None = None
    reps_max: int | None = None
    hold_s: int | None = None
    work_s: int | None = None
    rest_s: int | None = None
    load: str = ""
    tempo: str = ""
    side: DoseSide = DoseSide.BOTH
    times_per_day: int = 1
    weekdays: frozenset[int] = EVERY_DAY
    every_n_days: int = 1

    def __post_init__(self) -> None:
        problems = [
            *_number_problems(self),
            *_shape_problems(self),
            *_text_problems(self),
            *_day_problems(self),
        ]
        if problems:
            raise DoseError(problems)
        if len(self.weekdays) == 7:
            object.__setattr__(self, "weekdays", EVERY_DAY)

    @property
    def is_each_side(self) -> bool:
        """Each side takes its turn, and the numbers count for each side."""
        return self.side is DoseSide.ALTERNATE

    @property
    def about(self) -> timedelta:
        """Roughly how long one session takes: 3 s a repetition unless held, rests between sets, both turns
        counted.
        """
        one_rep = self.hold_s or 3
        one_set = self.work_s or one_rep * (self.reps_max or self.reps or 1)
        turns = 2 if self.is_each_side else 1
        return timedelta(seconds=turns * (self.sets * one_set + (self.sets - 1) * (self.rest_s or 0)))


def to_json(dose: Dose) -> dict[str, Any]:
    """Every field, in JSON types only; the same dose always gives the same keys in the same order."""
    data: dict[str, Any] = {each.name: getattr(dose, each.name) for each in dataclasses.fields(dose)}
    data["side"] = dose.side.value
    data["weekdays"] = sorted(dose.weekdays)
    return data


def from_json(data: Mapping[str, Any]) -> Dose:
    """The dose back from `to_json`. Missing fields take their default; unknown fields and wrong types are
    named.
    """
    return _Reader(data).dose()


class _Reader:
    """Turns untyped fields into a dose and keeps every complaint until the end."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data

    def dose(self) -> Dose:
        known = {each.name for each in dataclasses.fields(Dose)}
        problems = [
            Problem(name, _("“{name}” is not a field of a dose."), {"name": name})
            for name in self.data
            if name not in known
        ]
        problems += [*self._side_problems(), *self._weekday_problems()]
        if problems:
            raise DoseError(problems)
        values = dict(self.data)
        if "side" in values:
            values["side"] = DoseSide(values["side"])
        if "weekdays" in values:
            values["weekdays"] = frozenset(values["weekdays"])
        return Dose(**values)

    def _side_problems(self) -> list[Problem]:
        side = self.data.get("side", DoseSide.BOTH.value)
        if isinstance(side, str) and side in {each.value for each in DoseSide}:
            return []
        return [Problem("side", _("Choose the side: left, right, both or alternate."))]

    def _weekday_problems(self) -> list[Problem]:
        days = self.data.get("weekdays", [])
        if isinstance(days, list | tuple | set | frozenset) and all(_is_whole(day) for day in days):
            return []
        return [Problem("weekdays", _("Give weekdays as a list of numbers, Monday is 0 and Sunday is 6."))]


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


# Field, smallest, largest, may be left empty, and what to write.
_NUMBERS: Final = (
    ("sets", 1, MAX_SETS, False, _("Give the number of sets as a whole number from {low} to {high}.")),
    ("reps", 1, MAX_REPS, True, _("Give the repetitions as a whole number from {low} to {high}.")),
    ("reps_max", 1, MAX_REPS, True, _("Give the most repetitions as a whole number from {low} to {high}.")),
    ("hold_s", 1, MAX_HOLD_S, True, _("Give the hold in whole seconds, from {low} to {high}.")),
    ("work_s", 1, MAX_WORK_S, True, _("Give the time to keep going in whole seconds, from {low} to {high}.")),
    ("rest_s", 0, MAX_REST_S, True, _("Give the rest in whole seconds, from {low} to {high}.")),
    (
        "times_per_day",
        1,
        MAX_TIMES_PER_DAY,
        False,
        _("Give the times per day as a whole number from {low} to {high}."),
    ),
    (
        "every_n_days",
        1,
        MAX_EVERY_N_DAYS,
        False,
        _("Give the days between as a whole number from {low} to {high}."),
    ),
)


def _number_problems(dose: Dose) -> list[Problem]:
    problems = []
    for name, low, high, optional, message in _NUMBERS:
        value = getattr(dose, name)
        if value is None and optional:
            continue
        if not _is_whole(value) or not low <= value <= high:
            problems.append(Problem(name, message, {"low": low, "high": high}))
    return problems


def _shape_problems(dose: Dose) -> list[Problem]:
    problems = []
    if dose.reps is None and dose.hold_s is None and dose.work_s is None:
        problems.append(Problem("reps", _("Say how much: repetitions, a hold, or a time to keep going.")))
    if dose.work_s is not None and (dose.reps is not None or dose.hold_s is not None):
        problems.append(Problem("work_s", _("Use either repetitions and hold, or a time to keep going, not both.")))
    if dose.reps_max is not None:
        if dose.reps is None:
            problems.append(Problem("reps", _("A range needs its smaller number too, for example 8 to 12.")))
        elif _is_whole(dose.reps) and _is_whole(dose.reps_max) and dose.reps_max <= dose.reps:
            problems.append(Problem("reps_max", _("Write the range from small to large, for example 8 to 12.")))
    return problems


def _text_problems(dose: Dose) -> list[Problem]:
    problems = []
    if not isinstance(dose.load, str) or len(dose.load) > MAX_LOAD_CHARACTERS or not _is_one_tidy_line(dose.load):
        message = _("Keep the load to one line of at most {high} characters, for example 8 kg or green band.")
        problems.append(Problem("load", message, {"high": MAX_LOAD_CHARACTERS}))
    tempo_is_known = isinstance(dose.tempo, str) and (
        dose.tempo in ("", *TEMPO_WORDS) or TEMPO_COUNTS.fullmatch(dose.tempo) is not None
    )
    if not tempo_is_known:
        problems.append(Problem("tempo", _("Write the tempo as slow, steady, quick, or as counts such as 3-1-3.")))
    if not isinstance(dose.side, DoseSide):
        problems.append(Problem("side", _("Choose the side: left, right, both or alternate.")))
    return problems


def _is_one_tidy_line(text: str) -> bool:
    return text == text.strip() and (text == "" or text.isprintable()) and '"' not in text


def _day_problems(dose: Dose) -> list[Problem]:
    problems = []
    if not isinstance(dose.weekdays, frozenset) or any(not _is_whole(d) or not 0 <= d <= 6 for d in dose.weekdays):
        problems.append(Problem("weekdays", _("Give weekdays as numbers, Monday is 0 and Sunday is 6.")))
    elif dose.weekdays and dose.every_n_days != 1:
        problems.append(Problem("every_n_days", _("Choose either weekdays or every so many days, not both.")))
    return problems

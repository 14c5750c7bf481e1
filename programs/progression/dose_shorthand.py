"""Typed doses: `3x10 h5 r60 2/d MWF each` becomes a Dose, and back.

Words may come in any order. Whatever cannot be read is named together with what to write instead.

    3x10   3x8-12   10        sets and repetitions            5x45s   45s       hold alone
    h5  h45s  h3m             hold in each repetition         go15s  go30m  4xgo15s   keep going
    r60  r2m                  rest between sets               t3-1-3  slow  steady  quick   tempo
    left right both each      side (also L, R, B, alt)        8kg  green-band  @"ankle cuff"   load
    2/d  2x/day               times a day                     MWF  TuTh  Mon,Wed  daily  e2d  eod  weekly
"""

import re
from collections.abc import Callable
from typing import Any, Final

from clinic.vocabulary.sides import DoseSide
from programs.progression.dose import MAX_LOAD_CHARACTERS, TEMPO_WORDS, Dose, DoseError, Problem
from programs.progression.load import BANDS, UNITS, joined_load, split_load
from programs.progression.messages import gettext_noop as _

_TOKENS: Final = re.compile(r'@?"[^"]*"|\S+')
_TIME: Final = r"(\d+)\s*(s|sec|m|min)?"
_SIDES: Final = {
    "left": DoseSide.LEFT, "l": DoseSide.LEFT,
    "right": DoseSide.RIGHT, "r": DoseSide.RIGHT,
    "both": DoseSide.BOTH, "b": DoseSide.BOTH,
    "each": DoseSide.ALTERNATE, "ea": DoseSide.ALTERNATE, "alt": DoseSide.ALTERNATE,
    "alternate": DoseSide.ALTERNATE,
}  # fmt: skip
_DAY_CODES: Final = {
    "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
    "mo": 0, "tu": 1, "we": 2, "th": 3, "fr": 4, "sa": 5, "su": 6,
    "m": 0, "t": 1, "w": 2, "f": 4,
}  # fmt: skip
_DAY: Final = re.compile("|".join(sorted(_DAY_CODES, key=len, reverse=True)))
_DAY_NAMES: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")

Fields = dict[str, Any]


def parse_shorthand(text: str) -> Dose:
    """The dose somebody typed. Raises `DoseError`, whose problems say which word to change and how."""
    found: Fields = {}
    problems: list[Problem] = []
    for token in _TOKENS.findall(text):
        read = _read(token)
        if isinstance(read, Problem):
            problems.append(read)
            continue
        for name in read:
            if name in found:
                message = _("“{token}” says again what another word says; keep one.")
                problems.append(Problem(name, message, {"token": token}))
        found.update(read)
    if not found and not problems:
        problems.append(Problem("reps", _("Write a dose, for example 3x10 h5 2/d.")))
    if problems:
        raise DoseError(problems)
    return Dose(**found)


def to_shorthand(dose: Dose) -> str:
    """What to type to get this dose back: `parse_shorthand(to_shorthand(dose)) == dose`."""
    words = [_amount_word(dose)]
    if dose.reps is not None and dose.hold_s is not None:
        words.append(f"h{dose.hold_s}")
    if dose.rest_s is not None:
        words.append(f"r{dose.rest_s}")
    if dose.load:
        words.append(_load_word(dose.load))
    if dose.tempo:
        words.append(dose.tempo if dose.tempo in TEMPO_WORDS else f"t{dose.tempo}")
    if dose.side is not DoseSide.BOTH:
        words.append("each" if dose.is_each_side else dose.side.value)
    if dose.times_per_day > 1:
        words.append(f"{dose.times_per_day}/d")
    if dose.weekdays:
        words.append("".join(_DAY_NAMES[day] for day in sorted(dose.weekdays)))
    elif dose.every_n_days > 1:
        words.append(f"e{dose.every_n_days}d")
    return " ".join(words)


def _load_word(load: str) -> str:
    amount, unit = split_load(load)
    if unit in UNITS and load == joined_load(amount, unit):
        return f"{amount}{unit}"
    return load.replace(" ", "-") if unit in BANDS else f'@"{load}"'


def _amount_word(dose: Dose) -> str:
    if dose.reps is not None:
        most = f"-{dose.reps_max}" if dose.reps_max is not None else ""
        return f"{dose.sets}x{dose.reps}{most}"
    if dose.hold_s is not None:
        return f"{dose.sets}x{dose.hold_s}s"
    return f"{dose.sets}xgo{dose.work_s}s"


def _seconds(number: str, unit: str | None) -> int:
    return int(number) * (60 if unit in ("m", "min") else 1)


def _read_amount(sets: str | None, low: str, high: str | None) -> Fields:
    fields: Fields = {"reps": int(low)}
    if sets:
        fields["sets"] = int(sets)
    if high:
        fields["reps_max"] = int(high)
    return fields


def _read_timed(sets: str | None, go: str | None, number: str, unit: str | None) -> Fields:
    fields: Fields = {"work_s" if go else "hold_s": _seconds(number, unit)}
    if sets:
        fields["sets"] = int(sets)
    return fields


def _read_every(number: str) -> Fields:
    return {"every_n_days": int(number)}


# Tried in order; the first full match wins.
_PATTERNS: Final[tuple[tuple[re.Pattern[str], Callable[..., Fields]], ...]] = (
    (re.compile(r"(?:(\d+)x)?(\d+)(?:[-–](\d+))?"), _read_amount),
    (re.compile(r"(?:(\d+)x)?(go)" + _TIME), _read_timed),
    (re.compile(r"(?:(\d+)x)?()(\d+)(s|sec|m|min)"), _read_timed),
    (re.compile(r"(?:h|hold)" + _TIME), lambda number, unit: {"hold_s": _seconds(number, unit)}),
    (re.compile(r"(?:r|rest)" + _TIME), lambda number, unit: {"rest_s": _seconds(number, unit)}),
    (re.compile(r"t(\d-\d-\d)"), lambda counts: {"tempo": counts}),
    (re.compile(r"(slow|steady|quick)"), lambda word: {"tempo": word}),
    (re.compile(r"(\d+)x?/d(?:ay)?"), lambda times: {"times_per_day": int(times)}),
    (re.compile(r"e(\d+)d"), _read_every),
    (re.compile(r"(eod)"), lambda _word: {"every_n_days": 2}),
    (re.compile(r"(weekly|1x?/w(?:k|eek)?)"), lambda _word: {"every_n_days": 7}),
    (re.compile(r"(daily)"), lambda _word: {"every_n_days": 1}),
)
_LONGEST_WORD: Final = MAX_LOAD_CHARACTERS + 3
_LOAD: Final = re.compile(r'@?"([^"]*)"|@(\S+)|(\d+(?:[.,]\d+)?(?:kg|lb))', re.IGNORECASE)
_PER_WEEK: Final = re.compile(r"\d+x?/w(?:k|eek)?")


def _read(token: str) -> Fields | Problem:
    if len(token) > _LONGEST_WORD:
        return Problem("shorthand", _("“{token}…” is too long for one word of a dose."), {"token": token[:20]})
    load = _read_load(token)
    if load is not None:
        return {"load": load}
    word = token.lower().replace("×", "x").strip(",;")
    if word in _SIDES:
        return {"side": _SIDES[word]}
    for pattern, read in _PATTERNS:
        match = pattern.fullmatch(word)
        if match:
            return read(*match.groups())
    return _read_days(word, token)


def _read_load(token: str) -> str | None:
    band = token.lower().replace("-", " ")
    if band in BANDS:
        return band
    load = _LOAD.fullmatch(token)
    if load is None:
        return None
    quoted, words, weight = load.groups()
    if weight is not None:
        return joined_load(*split_load(weight.lower()))
    return quoted if quoted is not None else words


def _read_days(word: str, token: str) -> Fields | Problem:
    days: set[int] = set()
    position = 0
    while position < len(word):
        if word[position] in ",+/":
            position += 1
            continue
        match = _DAY.match(word, position)
        if match is None:
            return _unreadable(word, token, rest=word[position:], has_days=bool(days))
        days.add(_DAY_CODES[match.group()])
        position = match.end()
    return {"weekdays": frozenset(days)} if days else _unreadable(word, token, rest=word, has_days=False)


def _unreadable(word: str, token: str, *, rest: str, has_days: bool) -> Problem:
    if _PER_WEEK.fullmatch(word):
        return Problem("weekdays", _("“{token}”: say which days, for example MWF."), {"token": token})
    if rest.startswith("s") and (has_days or word == "s"):
        return Problem("weekdays", _("“{token}”: write Sa for Saturday or Su for Sunday."), {"token": token})
    message = _("“{token}” is not understood. Write it like 3x10 h5 r60 2/d MWF each.")
    return Problem("shorthand", message, {"token": token})

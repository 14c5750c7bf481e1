"""The two wordings of a dose, and the big line for paper.

Staff read shorthand, patients read short sentences; both come from the same value, so they cannot disagree.
Every function takes `gettext`, so that the app translates; messages are whole sentences with named gaps.
"""

from dataclasses import dataclass
from enum import StrEnum

from clinic.vocabulary.sides import DoseSide
from programs.progression.dose import Dose
from programs.progression.dose_staff import WEEK, reps_text, short_days, staff_text
from programs.progression.load import load_words
from programs.progression.messages import Gettext

__all__ = ["BigLine", "Limb", "big_line", "patient_sentence", "spoken_time", "staff_text"]
NO_BREAK = "\u00a0"


class Limb(StrEnum):
    """What the side of a dose is a side of, so that the sentence can say it."""

    LEG = "leg"
    SIDE = "side"
    NONE = "none"


@dataclass(frozen=True)
class BigLine:
    """A dose for paper: what to read from across the kitchen, what it counts, how often."""

    headline: str
    unit: str
    how_often: str


def patient_sentence(dose: Dose, gettext: Gettext = str, *, limb: Limb = Limb.SIDE, rep_word: str = "") -> str:
    """The dose as plain sentences, reading grade 6 to 8 at most: how many, how long, which side, how often.

    `rep_word` names what is counted ("slow kicks") and must already be in the reader's language.
    """
    sentences = [_amount_sentence(dose, gettext, limb, rep_word)]
    if dose.reps is not None and dose.hold_s is not None and dose.reps_max != 1 and dose.reps != 1:
        sentences.append(gettext("Hold each one for {time}.").format(time=spoken_time(dose.hold_s, gettext)))
    if dose.tempo:
        sentences.append(_tempo_sentence(dose.tempo, gettext))
    if dose.load:
        sentences.append(gettext("Use: {load}.").format(load=load_words(dose.load, gettext)))
    sentences += _set_sentences(dose, gettext)
    sentences.append(_frequency_sentence(dose, gettext))
    return " ".join(sentences)


def big_line(dose: Dose, gettext: Gettext = str, *, rep_word: str = "") -> BigLine:
    """Headline, unit and how often, for the dose column of the handout. Number and unit never part."""
    return BigLine(_headline(dose), _unit(dose, gettext, rep_word), _how_often(dose, gettext))


def spoken_time(seconds: int, gettext: Gettext = str) -> str:
    """A length of time in words a patient reads: `45 seconds`, `1 minute`, `1 minute 30 seconds`, `3
    minutes`.
    """
    minutes, rest = divmod(seconds, 60)
    parts = []
    if minutes:
        words = gettext("1 minute") if minutes == 1 else gettext("{n} minutes").format(n=minutes)
        parts.append(words)
    if rest or not minutes:
        words = gettext("1 second") if rest == 1 else gettext("{n} seconds").format(n=rest)
        parts.append(words)
    return " ".join(parts)


def _long_days(gettext: Gettext) -> tuple[str, ...]:
    return (
        *(gettext("Monday"), gettext("Tuesday"), gettext("Wednesday"), gettext("Thursday")),
        *(gettext("Friday"), gettext("Saturday"), gettext("Sunday")),
    )


def _where(side: DoseSide, limb: Limb, gettext: Gettext) -> str:
    if limb is Limb.NONE:
        return ""
    leg = {
        DoseSide.LEFT: gettext("with your left leg"),
        DoseSide.RIGHT: gettext("with your right leg"),
        DoseSide.BOTH: gettext("with both legs"),
        DoseSide.ALTERNATE: gettext("with each leg"),
    }
    whole_side = {
        DoseSide.LEFT: gettext("on your left side"),
        DoseSide.RIGHT: gettext("on your right side"),
        DoseSide.BOTH: "",
        DoseSide.ALTERNATE: gettext("on each side"),
    }
    return (leg if limb is Limb.LEG else whole_side)[side]


def _amount_sentence(dose: Dose, gettext: Gettext, limb: Limb, rep_word: str) -> str:
    """How much and where. A bare number and a counted word are messages of their own: not every language can do
    "10" as it does "10 slow kicks".
    """
    where = _where(dose.side, limb, gettext)
    if dose.work_s is not None:
        words = gettext("Keep going for {time} {where}.") if where else gettext("Keep going for {time}.")
        return words.format(time=spoken_time(dose.work_s, gettext), where=where)
    if dose.hold_s is not None and dose.reps in (None, 1) and dose.reps_max is None:
        words = gettext("Hold for {time} {where}.") if where else gettext("Hold for {time}.")
        return words.format(time=spoken_time(dose.hold_s, gettext), where=where)
    number = str(dose.reps)
    if dose.reps_max is not None:
        number = gettext("{low} to {high}").format(low=dose.reps, high=dose.reps_max)
    if rep_word:
        words = gettext("Do {amount} {where}.") if where else gettext("Do {amount}.")
        return words.format(amount=f"{number} {rep_word}", where=where)
    words = gettext("Do {number} {where}.") if where else gettext("Do {number}.")
    return words.format(number=number, where=where)


def _tempo_sentence(tempo: str, gettext: Gettext) -> str:
    if tempo == "slow":
        return gettext("Move slowly.")
    if tempo == "steady":
        return gettext("Move at a steady pace.")
    if tempo == "quick":
        return gettext("Move quickly, but stay in control.")
    lower, wait, lift = tempo.split("-")
    return gettext("Count {lower} to go down, {wait} to wait and {lift} to come up.").format(
        lower=lower, wait=wait, lift=lift
    )


def _set_sentences(dose: Dose, gettext: Gettext) -> list[str]:
    if dose.sets == 1:
        return []
    if dose.rest_s:
        rest = gettext("Then rest for {time}.").format(time=spoken_time(dose.rest_s, gettext))
    else:
        rest = gettext("Then take a short rest.")
    if dose.sets == 2:
        return [rest, gettext("Do this twice in all.")]
    return [rest, gettext("Do this {n} times in all.").format(n=dose.sets)]


def _frequency_sentence(dose: Dose, gettext: Gettext) -> str:
    times = _times_words(dose.times_per_day, gettext)
    if not dose.weekdays and dose.every_n_days == 1:
        return gettext("Do it {times}.").format(times=times)
    if dose.every_n_days == WEEK and dose.times_per_day == 1:
        return gettext("Do it once a week.")
    if dose.weekdays:
        days = _listed([_long_days(gettext)[day] for day in sorted(dose.weekdays)], gettext)
        days = gettext("on {days}").format(days=days)
    else:
        days = _every_n_words(dose.every_n_days, gettext)
    if dose.times_per_day == 1:
        return gettext("Do it {days}.").format(days=days)
    return gettext("Do it {times}, {days}.").format(times=times, days=days)


def _times_words(times: int, gettext: Gettext) -> str:
    if times == 1:
        return gettext("once a day")
    if times == 2:
        return gettext("twice a day")
    return gettext("{n} times a day").format(n=times)


def _every_n_words(days: int, gettext: Gettext) -> str:
    if days == 2:
        return gettext("every second day")
    if days == 3:
        return gettext("every third day")
    if days == WEEK:
        return gettext("one day a week")
    return gettext("one day in every {n}").format(n=days)


def _listed(words: list[str], gettext: Gettext) -> str:
    if len(words) == 1:
        return words[0]
    return gettext("{most} and {last}").format(most=", ".join(words[:-1]), last=words[-1])


def _headline(dose: Dose) -> str:
    if dose.reps is not None and not (dose.reps == 1 and dose.hold_s and dose.reps_max is None):
        return f"{dose.sets} × {reps_text(dose)}"
    seconds = dose.hold_s or dose.work_s or 0
    time = f"{seconds // 60}{NO_BREAK}min" if seconds % 60 == 0 else f"{seconds}{NO_BREAK}s"
    return f"{dose.sets} × {time}" if dose.sets > 1 else time


def _unit(dose: Dose, gettext: Gettext, rep_word: str) -> str:
    if dose.work_s is not None:
        return rep_word or gettext("keep going")
    if dose.hold_s is not None and dose.reps in (None, 1) and dose.reps_max is None:
        return gettext("one long hold") if dose.sets == 1 else gettext("holds")
    if dose.hold_s is not None:
        return gettext("hold {time}").format(time=spoken_time(dose.hold_s, gettext))
    return rep_word or gettext("times")


def _how_often(dose: Dose, gettext: Gettext) -> str:
    times = (
        gettext("once a day") if dose.times_per_day == 1 else gettext("{n} times a day").format(n=dose.times_per_day)
    )
    if dose.weekdays:
        days = " ".join(short_days(gettext)[day] for day in sorted(dose.weekdays))
    elif dose.every_n_days == WEEK:
        days = gettext("once a week")
    elif dose.every_n_days > 1:
        days = _nth_day(dose.every_n_days, gettext)
    else:
        return times
    return days if dose.times_per_day == 1 else gettext("{times}, {days}").format(times=times, days=days)


def _nth_day(days: int, gettext: Gettext) -> str:
    if days == 2:
        return gettext("every 2nd day")
    if days == 3:
        return gettext("every 3rd day")
    return gettext("every {n}th day").format(n=days)

"""The pain-monitoring rule over check-ins: carry on, hold, step back, or no answer; with the reason.

Source: clinical/rehab.md section 2. Standing: the zones and the stricter rule for a nerve are proposed there;
that a tendon's load test of 3 or less is tolerated was read in a text that quotes its source.

Pain up to 3 of 10 during and the next morning is acceptable; 4 to 5 holds the load; more than 5, a limp, a
worse morning, or pain not settled within 24 hours steps back one level. A ceiling below 3 (nerve) is stricter;
a ceiling above 3 (proximal tendinopathy) allows the work to go on but never to go up. A missing answer never
counts as a good one. The verdict is a proposal for the clinician, never an automatic change.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from programs.progression.messages import Gettext
from programs.progression.messages import gettext_noop as _

NPRS_MAX: Final = 10
PROGRESS_LIMIT: Final = 3
HOLD_LIMIT: Final = 5


class Morning(StrEnum):
    """The next morning against the morning before."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


class State(StrEnum):
    """What one check-in, or a run of them, asks for; from best to worst apart from no_answer."""

    ACCEPTABLE = "acceptable"
    NO_ANSWER = "no_answer"
    HOLD = "hold"
    STEP_BACK = "step_back"


_ORDER: Final = tuple(State)


@dataclass(frozen=True)
class CheckIn:
    """One day's answers. Pain is 0 to 10; None is not answered. `day` is the day of the session."""

    day: date
    during: int | None = None
    morning: Morning | None = None
    morning_pain: int | None = None
    limp: bool | None = None
    unsettled_24h: bool | None = None
    leg_symptoms_lasted: bool | None = None

    def __post_init__(self) -> None:
        for name in ("during", "morning_pain"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= NPRS_MAX:
                raise ValueError(f"{name} must be from 0 to 10, not {value}.")


@dataclass(frozen=True)
class Reason:
    """One data point behind a verdict, as a message with named gaps. `key` names the rule, in words that stay."""

    day: date
    message: str
    values: dict[str, int] = field(default_factory=dict, hash=False)
    key: str = ""

    def text(self, gettext: Gettext = str) -> str:
        return gettext(self.message).format(**self.values)


@dataclass(frozen=True)
class Verdict:
    """The state and every data point that led to it."""

    state: State
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class PainZones:
    """The pain light of a program: go on up to and including `go_to`, ease off up to `ease_to`, above that
    stop.
    """

    go_to: int
    ease_to: int


def pain_zones(ceiling: int) -> PainZones:
    """Zones for the patient's pain light. Ceiling 3 gives 0-3, 4-5, 6-10; ceiling 5 gives 0-5, 6, 7-10."""
    _check_ceiling(ceiling)
    return PainZones(go_to=ceiling, ease_to=min(ceiling + 2, max(HOLD_LIMIT, ceiling + 1)))


def judge(check_in: CheckIn, ceiling: int, usual_morning_pain: int | None = None) -> Verdict:
    """The rule on one check-in. `usual_morning_pain` is the patient's morning baseline, 0 to 10, when
    known.
    """
    _check_ceiling(ceiling)
    acceptable_to = min(ceiling, PROGRESS_LIMIT)
    hold_to = min(ceiling + 2, HOLD_LIMIT)
    found = [
        *_pain_findings(check_in, acceptable_to, hold_to),
        *_morning_findings(check_in, usual_morning_pain),
        *_sign_findings(check_in),
    ]
    if check_in.during is None:
        found.append(
            (State.NO_ANSWER, Reason(check_in.day, _("Pain during the session was not reported."), key="pain_missing"))
        )
    if check_in.morning is None:
        found.append(
            (State.NO_ANSWER, Reason(check_in.day, _("The next morning was not reported."), key="morning_missing"))
        )
    if not found:
        message = _("Pain stayed within {limit} of 10 and the next morning was no worse.")
        return Verdict(State.ACCEPTABLE, (Reason(check_in.day, message, {"limit": acceptable_to}, "acceptable"),))
    worst = max((state for state, _ in found), key=_ORDER.index)
    return Verdict(worst, tuple(reason for state, reason in found if state is worst))


def monitor(check_ins: Iterable[CheckIn], ceiling: int, usual_morning_pain: int | None = None) -> Verdict:
    """The rule on the latest day that has a check-in; several on that day count as their worst. Order is no
    matter.
    """
    by_day: dict[date, list[Verdict]] = {}
    for check_in in check_ins:
        by_day.setdefault(check_in.day, []).append(judge(check_in, ceiling, usual_morning_pain))
    if not by_day:
        return Verdict(State.NO_ANSWER, ())
    verdicts = by_day[max(by_day)]
    worst = max((verdict.state for verdict in verdicts), key=_ORDER.index)
    reasons = {reason.text(): reason for verdict in verdicts if verdict.state is worst for reason in verdict.reasons}
    return Verdict(worst, tuple(reasons[text] for text in sorted(reasons)))


def worse_mornings_running(check_ins: Iterable[CheckIn]) -> int:
    """How many of the latest reported mornings, counted back, were worse. A morning not reported ends no
    run.
    """
    mornings: dict[date, bool] = {}
    for check_in in check_ins:
        if check_in.morning is not None:
            mornings[check_in.day] = mornings.get(check_in.day, False) or check_in.morning is Morning.WORSE
    running = 0
    for day in sorted(mornings, reverse=True):
        if not mornings[day]:
            break
        running += 1
    return running


def _check_ceiling(ceiling: int) -> None:
    if not 0 <= ceiling <= NPRS_MAX:
        raise ValueError(f"A pain ceiling is from 0 to 10, not {ceiling}.")


def _pain_findings(check_in: CheckIn, acceptable_to: int, hold_to: int) -> list[tuple[State, Reason]]:
    found = []
    asked = (
        (check_in.during, "pain_during", _("Pain during the session was {pain} of 10, above {limit}.")),
        (check_in.morning_pain, "pain_morning", _("Pain the next morning was {pain} of 10, above {limit}.")),
    )
    for pain, key, message in asked:
        if pain is None or pain <= acceptable_to:
            continue
        state, limit = (State.STEP_BACK, hold_to) if pain > hold_to else (State.HOLD, acceptable_to)
        found.append((state, Reason(check_in.day, message, {"pain": pain, "limit": limit}, key)))
    return found


def _morning_findings(check_in: CheckIn, usual: int | None) -> list[tuple[State, Reason]]:
    found = []
    if check_in.morning is Morning.WORSE:
        found.append((State.STEP_BACK, Reason(check_in.day, _("The next morning was worse."), key="worse_morning")))
    if usual is not None and check_in.morning_pain is not None and check_in.morning_pain > usual:
        message = _("Pain the next morning was {pain} of 10, above the usual {usual}.")
        values = {"pain": check_in.morning_pain, "usual": usual}
        found.append((State.STEP_BACK, Reason(check_in.day, message, values, "above_usual")))
    return found


def _sign_findings(check_in: CheckIn) -> list[tuple[State, Reason]]:
    signs = (
        (check_in.limp, "limp", _("There was a limp.")),
        (check_in.unsettled_24h, "unsettled", _("Pain had not settled within 24 hours.")),
        (check_in.leg_symptoms_lasted, "leg_lasted", _("Tingling or leg symptoms lasted for more than a few minutes.")),
    )
    return [(State.STEP_BACK, Reason(check_in.day, message, key=key)) for present, key, message in signs if present]

"""English words of decisions, for staff: verdicts, changes, criteria and reasons, through a gettext-like callable."""

from typing import Final

from programs.progression.adherence import Adherence, adherence_words
from programs.progression.messages import Gettext
from programs.progression.messages import gettext_noop as _
from programs.progression.proposal_types import Change, Part, Reason, Verdict
from programs.progression.runladder import level

VERDICTS: Final = {
    Verdict.PROGRESS: _("Ready to move on"),
    Verdict.HOLD: _("Hold"),
    Verdict.STEP_BACK: _("Step back"),
    Verdict.REVIEW: _("Review"),
}

CHECKS: Final = {
    "bridge_two_leg": _("two-leg bridge"),
    "bridge_one_leg": _("one-leg bridge"),
    "double_pull": _("pulls with both legs"),
    "single_pull": _("pulls with one leg"),
    "normal_walk": _("normal walking"),
    "slow_jog": _("very slow jog"),
    "half_force_heel_dig": _("heel dig at half to three quarters of full force"),
    "full_force_curl": _("full-force hold, lying on the front"),
    "half_speed_jog": _("jog at half speed, forwards and backwards"),
    "palpation": _("pressing on the sore spot"),
    "straight_leg_raise": _("straight leg raise"),
    "curl_strength": _("strength of the knee bend"),
    "run_90_percent": _("run at 90 percent of full speed"),
    "full_training": _("full training without pain or fear"),
    "fast_leg_raise": _("fast straight leg raise without pain or insecurity"),
    "daily_load": _("daily load test"),
    "slow_lifting": _("slow lifting"),
    "hip_bend_load": _("load with a bent hip"),
    "lunge": _("lunge"),
    "rdl_strength": _("one-leg deadlift"),
    "hop_10_s": _("hopping for 10 seconds"),
    "skip": _("skipping"),
    "runs_30_min": _("30-minute runs, no worse the next day"),
    "running_plan_complete": _("running plan complete"),
    "recent_pain": _("recent pain"),
    "joint_tests_calmer": _("joint tests less painful"),
    "steady_on_one_leg": _("steady on one leg"),
    "runs_painless": _("runs without pain"),
    "rest_pain": _("pain at rest"),
    "settles_min": _("time to settle"),
    "slider_leaves_nothing": _("sliders leave nothing behind"),
    "stays_out_of_leg": _("walking and running send no pain further down the leg"),
    "runs_without_leg": _("30-minute runs without leg symptoms"),
    "examined_again": _("examined again"),
    "calf_raise_10": _("10 one-leg calf raises"),
    "hop_10": _("10 hops"),
}

UNITS: Final = {"s": _("s"), "times": _("times"), "min": _("min")}
SIDES: Final = {"left": _("left"), "right": _("right")}
SURFACES: Final = {"flat": _("flat"), "up": _("uphill"), "down": _("downhill"), "speed": _("fast")}

REASONS: Final = {
    "red_flag": _("A red-flag question was answered with yes."),
    "red_flag_open": _("A red-flag question was left open."),
    "refer_first": _("The conclusion is to refer; progress waits for the answer."),
    "no_rules": _("There are no rules for this conclusion; you decide."),
    "pain_during": _("Pain while exercising was {pain} of 10, above {limit}."),
    "pain_morning": _("Pain the next morning was {pain} of 10, above {limit}."),
    "above_usual": _("Pain the next morning was {pain} of 10, above the usual {usual}."),
    "worse_morning": _("The next morning was worse."),
    "limp": _("There was a limp."),
    "unsettled": _("Pain had not settled within 24 hours."),
    "leg_lasted": _("Leg symptoms lasted, or moved further down the leg."),
    "flares_again": _("{n} days in {days} asked for a step back."),
    "worse_mornings": _("{n} mornings running were worse."),
    "dropped_twice": _("The program has been taken back {n} times."),
    "stage_takes_long": _("This stage has lasted more than {weeks} weeks."),
    "review_due": _("The review is due."),
    "silent": _("Nothing was reported for {days} days."),
    "little_done": _("{done} of {planned} planned done in the last {days} days: too little to tell."),
    "too_early": _("{days} of {needed} planned days since the last change."),
    "not_reported": _("{n} of {planned} planned that day not reported."),
    "skipped_for_pain": _("{n} skipped because of pain."),
    "skipped_day": _("Everything planned that day was skipped."),
    "pain_missing": _("Pain was not given for {n} of that day."),
    "morning_missing": _("The next morning was not reported."),
    "leg_missing": _("Leg symptoms were not reported."),
    "surface_not_yet": _("A run was {surface}: not yet in this stage."),
    "run_too_much": _("A run on step {level} of the ladder hurt above 3 of 10, or the next morning was worse."),
    "run_again": _("Good runs in a row on step {level} of the ladder: {good} of {needed}. Repeat it."),
    "run_unknown": _("The last run on step {level} of the ladder misses its pain, its minutes or its next morning."),
    "run_not_tried": _("No run on step {level} of the ladder yet."),
    "run_cap": _("Step {level} of the ladder went well; the next belongs to a later stage."),
    "run_top": _("The last step of the ladder went well."),
    "runs_good": _("{good} good runs in a row on step {level} of the ladder."),
    "self_test_passed": _("Self-test {passed} of 4 is passed."),
    "tolerated": _("The last {days} planned days were all answered, within the pain limit, and no worse the next morning."),
    "criterion_met": _("Met: {check}."),
    "criterion_unmet": _("Not met: {check}."),
    "criterion_unknown": _("Not known: {check}."),
    "side_lags": _("Not met: {check}, the {side} side lags: left {left}, right {right}."),
    "nothing_next": _("Nothing is next in this stage."),
}  # fmt: skip


def verdict_words(verdict: Verdict, gettext: Gettext = str) -> str:
    """The verdict as a heading."""
    return gettext(VERDICTS[verdict])


def check_words(check: str, gettext: Gettext = str) -> str:
    """What is checked. A key of a later version is shown as it is."""
    return gettext(CHECKS[check]) if check in CHECKS else check


def reason_words(reason: Reason, gettext: Gettext = str) -> str:
    """One reason as a sentence. The flag of a red flag is not in it: the finding's own words belong beside it."""
    words = {name: _shown(name, value, gettext) for name, value in reason.params}
    return gettext(REASONS[reason.key]).format(**words)


def change_words(change: Change, gettext: Gettext = str) -> str:
    """The one change proposed, as an instruction to the clinician."""
    if change.part is Part.STAGE:
        return gettext("Change from stage {now} to stage {then}.").format(now=change.now, then=change.then)
    if change.part is Part.RUN_LEVEL:
        next_rung = gettext(level(change.then or 0).headline)
        words = gettext("Change the runs from step {now} to step {then}: {rung}.")
        return words.format(now=change.now, then=change.then, rung=next_rung)
    if change.part is Part.SELF_TEST:
        return gettext("Change to the exercise of the next self-test ({then} of 4 passed).").format(then=change.then)
    if change.part is Part.LOAD:
        return gettext("Take the load back to what was last tolerated.")
    return gettext("All criteria are met: end the program, or keep it up.")


def window_words(counts: Adherence, days: int, gettext: Gettext = str) -> str:
    """`9 of 12 planned done, 2 skipped, 1 not reported, last 14 days`; the sentence alone when nothing was planned."""
    words = adherence_words(counts, gettext)
    if not counts.planned:
        return words
    return gettext("{adherence}, last {days} days").format(adherence=words, days=days)


def _shown(name: str, value: str | float, gettext: Gettext) -> str:
    known = {"check": CHECKS, "unit": UNITS, "side": SIDES, "surface": SURFACES}.get(name, {})
    if isinstance(value, str):
        return gettext(known[value]) if value in known else value
    return f"{value:g}"

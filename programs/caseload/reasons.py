"""Why a runner needs the clinician, worst first. Standard library only."""

from datetime import timedelta
from enum import IntEnum

SILENT_DAYS = 5
COUNTS_FOR = timedelta(days=3)  # an old high value or a bad morning is history, not a reason to call today
HANDLED_FOR = timedelta(days=7)  # what was dealt with and has not changed is shown again after that


class Reason(IntEnum):
    """The number is the order of the list and is kept in rows (Standing.attention, 0 there means: not listed; facts; what was
    put off): other numbers need a migration that moves the kept ones and puts every `attention_until` long ago.
    """

    NEW_SYMPTOM = 1
    PAIN_ABOVE_CEILING = 2
    WORSE_MORNINGS = 3
    STEP_BACK = 4
    REVIEW_PROPOSED = 5
    STOPPED = 6
    EMAIL_REFUSED = 7
    HANDOUT_FAILED = 8
    REVIEW_DUE = 9
    SILENT = 10
    READY = 11
    AS_PLANNED = 12
    STARTS_LATER = 13
    PUT_OFF = 14  # every reason that holds was dealt with or put off


ATTENTION = tuple(reason for reason in Reason if reason < Reason.AS_PLANNED)
PLANNED = (Reason.AS_PLANNED, Reason.STARTS_LATER)
PROPOSED = (Reason.STEP_BACK, Reason.REVIEW_PROPOSED, Reason.READY)

HANDOVER_STEPS = {"shown": 1, "demonstrated": 2, "taken": 4}


def missing_in(bits: int) -> list[str]:
    """The steps of the handover that are open, from Standing.handover_missing."""
    return [name for name, bit in HANDOVER_STEPS.items() if bits & bit]

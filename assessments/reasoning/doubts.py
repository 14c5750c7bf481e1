"""Whether the working diagnosis still fits what is found today. Reasons to look again, never a new diagnosis."""

from dataclasses import dataclass
from enum import StrEnum

from clinic.vocabulary.answers import Answer
from clinic.vocabulary.diagnoses import Hypothesis, WorkingDiagnosis

from .case import Case
from .criteria import CriterionStatus
from .finding_set import PainfulView
from .outcomes import DAYS_TO_SETTLE, NPRS, OUTCOMES, OutcomeChange, Verdict, change_of
from .reasoning import Reasoning
from .retest import RETEST, own_hypotheses

PAIN_SCALES = ("nprs_run", "nprs_worst", "nprs_now")
BELOW_KNEE = "pain_below_knee"
LUMBAR, CENTRALISES = "lumbar_response", "centralises"
RECOVERED_UP_TO = 1
"""Pain of every scale asked, of 10, up to which fewer joint tests are simply a joint that has calmed down."""


class Doubt(StrEnum):
    """Why a working diagnosis may no longer fit."""

    OTHER_SIGNS = "other_signs"
    """Its own signs have settled and those of another cause are positive."""
    OTHER_CRITERION = "other_criterion"
    """The criterion of another cause is met, and was not."""
    FEWER_JOINT_TESTS = "fewer_joint_tests"
    """Of the joint tests that carried the diagnosis fewer than three are left, and the pain is not gone."""
    BELOW_KNEE = "below_knee"
    CENTRALISES = "centralises"
    PAIN_WORSE = "pain_worse"
    NOT_SETTLING = "not_settling"
    """RF18: six weeks on, neither pain nor activities have changed by a change that matters."""


@dataclass(frozen=True, slots=True)
class DoubtFound:
    """One reason. `towards` are the causes it points to, `shows` the findings behind it, `settled` those that are gone.

    `mine` is the cause whose signs have settled; `was_unknown` says that nobody had asked or tested it before.
    """

    doubt: Doubt
    towards: tuple[Hypothesis, ...] = ()
    shows: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    mine: Hypothesis | None = None
    was_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Since:
    """What the findings alone do not say: days since the first visit, and how the activities have changed."""

    days: int
    activities: OutcomeChange | None = None


@dataclass(frozen=True, slots=True)
class _Both:
    """Both visits as they count: on the painful side."""

    then: PainfulView
    now: PainfulView

    def positive_then(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(key for key in keys if self.then.answer(key) is Answer.PRESENT)

    def positive_now(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(key for key in keys if self.now.answer(key) is Answer.PRESENT)

    def settled(self, hypothesis: Hypothesis) -> tuple[str, ...]:
        """The signs of a cause that were there, when every one of them was looked for again and none is left."""
        signs = RETEST.signs[hypothesis].findings
        was = self.positive_then(signs)
        gone = all(self.now.answer(key) is Answer.ABSENT for key in was)
        return was if was and gone and not self.positive_now(signs) else ()

    def pains(self) -> tuple[OutcomeChange, ...]:
        """The pain scales asked at both visits."""
        measure = OUTCOMES[NPRS]
        pairs = (change_of(measure, self.then.highest(key), self.now.highest(key)) for key in PAIN_SCALES)
        return tuple(item for item in pairs if item.gain is not None)


def no_longer_fits(
    diagnosis: WorkingDiagnosis,
    *,
    then: Case,
    before: Reasoning,
    now: Case,
    today: Reasoning,
    since: Since | None = None,
) -> tuple[DoubtFound, ...]:
    """Every reason to open the differential again, strongest first; empty while the diagnosis fits or nobody can tell.

    `then` and `before` are the case of the working diagnosis and its reasoning, `now` and `today` those of this visit.
    """
    both = _Both(PainfulView(then.findings, then.painful_side), PainfulView(now.findings, now.painful_side))
    own = own_hypotheses(diagnosis, before)
    found = [
        *_other_signs(own, both),
        *_other_criterion(own, before, today),
        *_fewer_joint_tests(own, both),
        *_spread(own, both),
        *_pain(both, since),
    ]
    return tuple(found)


def _other_signs(own: tuple[Hypothesis, ...], both: _Both) -> list[DoubtFound]:
    found = []
    for mine in own:
        settled = both.settled(mine)
        rivals = {
            other: positive
            for other, signs in RETEST.signs.items()
            if other is not mine and len(positive := both.positive_now(signs.findings)) >= signs.rival_from
        }
        if settled and rivals:
            shows = tuple(dict.fromkeys(key for keys in rivals.values() for key in keys))
            found.append(DoubtFound(Doubt.OTHER_SIGNS, tuple(rivals), shows, settled, mine))
    return found


def _other_criterion(own: tuple[Hypothesis, ...], before: Reasoning, today: Reasoning) -> list[DoubtFound]:
    met = {view.hypothesis for view in before.hypotheses if view.criterion.status is CriterionStatus.MET}
    return [
        DoubtFound(Doubt.OTHER_CRITERION, (view.hypothesis,), view.criterion.supporting)
        for view in sorted(today.hypotheses, key=lambda view: list(Hypothesis).index(view.hypothesis))
        if view.criterion.status is CriterionStatus.MET and view.hypothesis not in own and view.hypothesis not in met
    ]


def _fewer_joint_tests(own: tuple[Hypothesis, ...], both: _Both) -> list[DoubtFound]:
    if Hypothesis.SIJ not in own:
        return []
    signs = RETEST.signs[Hypothesis.SIJ]
    was, left = both.positive_then(signs.findings), both.positive_now(signs.findings)
    retested = all(both.now.known(key) for key in was)
    pains = [both.now.highest(key) for key in PAIN_SCALES]
    known = [pain for pain in pains if pain is not None]
    recovered = bool(known) and max(known) <= RECOVERED_UP_TO
    if len(was) < signs.rival_from or not retested or len(left) >= signs.rival_from or recovered:
        return []
    gone = tuple(key for key in was if both.now.answer(key) is Answer.ABSENT)
    return [DoubtFound(Doubt.FEWER_JOINT_TESTS, shows=left, settled=gone)]


def _spread(own: tuple[Hypothesis, ...], both: _Both) -> list[DoubtFound]:
    found = []
    before = both.then.answer(BELOW_KNEE)
    if both.now.answer(BELOW_KNEE) is Answer.PRESENT and before is not Answer.PRESENT:
        found.append(DoubtFound(Doubt.BELOW_KNEE, (Hypothesis.NERVE,), (BELOW_KNEE,), was_unknown=not before.is_known))
    centralised = both.now.choice(LUMBAR) == CENTRALISES and both.then.choice(LUMBAR) != CENTRALISES
    if centralised and Hypothesis.NERVE not in own:
        unknown = both.then.choice(LUMBAR) is None
        found.append(DoubtFound(Doubt.CENTRALISES, (Hypothesis.NERVE,), (LUMBAR,), was_unknown=unknown))
    return found


def _pain(both: _Both, since: Since | None) -> list[DoubtFound]:
    pains = both.pains()
    worse = tuple(
        key
        for key in PAIN_SCALES
        if change_of(OUTCOMES[NPRS], both.then.highest(key), both.now.highest(key)).verdict is Verdict.WORSE
    )
    if worse:
        return [DoubtFound(Doubt.PAIN_WORSE, shows=worse)]
    if since is None or since.days < DAYS_TO_SETTLE or since.activities is None:
        return []
    if not pains or since.activities.verdict is Verdict.CANNOT_TELL:
        return []
    if any(item.verdict is Verdict.BETTER for item in (*pains, since.activities)):
        return []
    return [DoubtFound(Doubt.NOT_SETTLING)]

"""The retest card in words: what was found then, how it has changed, and why the differential opens again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.answers import CHOICE_WORDS
from assessments.reasoning import Finding, Value
from assessments.reasoning.doubts import Doubt, DoubtFound
from assessments.reasoning.outcomes import DAYS_TO_SETTLE
from assessments.reasoning.retest import RETEST, Change, Compared, Role
from assessments.wording.evidence import HYPOTHESES, cited
from assessments.wording.labels import label_of, value_words
from assessments.wording.outcomes import points, signed_number
from clinic.vocabulary.answers import Answer
from clinic.vocabulary.diagnoses import Hypothesis

CHANGES = {
    Change.BETTER: lazy("Better"),
    Change.WORSE: lazy("Worse"),
    Change.SAME: lazy("Same"),
    Change.TOO_SMALL: lazy("Too small to tell"),
    Change.CHANGED: lazy("Changed"),
    Change.NOT_RETESTED: lazy("Not retested"),
    Change.NOT_COMPARED: lazy("Nothing to compare with"),
}
_NUMBERS = {
    Change.BETTER: lazy("Better by %(amount)s"),
    Change.WORSE: lazy("Worse by %(amount)s"),
    Change.TOO_SMALL: lazy("%(signed)s: too small to tell"),
    Change.CHANGED: lazy("Changed by %(signed)s"),
}
TONES = {Change.BETTER: "for", Change.WORSE: "against"}
ROLES = {
    Role.CORE: "",
    Role.WAS_POSITIVE: lazy("Positive then"),
    Role.COMPARATOR: lazy("Sign of another cause"),
}


@dataclass(frozen=True)
class DoubtWords:
    """One reason to open the differential again: the sentence, the findings to jump to, and those that have settled."""

    doubt: str
    says: str
    shows: tuple[tuple[str, str], ...]
    settled: tuple[str, ...]


def value_said(finding: Finding, value: Value | None) -> str:
    """ "Present", "66°", "Retreats to the spine"; a dash where nobody looked."""
    if value is None:
        return "–"
    if isinstance(value, Answer):
        return str({Answer.PRESENT: _("Present"), Answer.ABSENT: _("Absent")}.get(value, "–"))
    if finding.choices:
        return str(CHOICE_WORDS.get(str(value), value))
    return value_words(finding, f"{value:g}" if isinstance(value, float) else str(value))


def change_said(finding: Finding, compared: Compared, *, was_looked_at: bool = True) -> str:
    """ "Better by 14°", "+3°: too small to tell", "Still there", "Not retested"; "" where nobody looked, then or now."""
    amount = with_unit(finding, points(abs(compared.difference or 0)))
    signed = with_unit(finding, signed_number(compared.difference or 0))
    is_there = compared.now is Answer.PRESENT
    if compared.change is Change.NOT_RETESTED:
        return _("Not retested") if was_looked_at else ""
    if not isinstance(compared.now, Answer):
        return str(_NUMBERS.get(compared.change, CHANGES[compared.change])) % {"amount": amount, "signed": signed}
    words = {
        Change.SAME: _("Still there") if is_there else _("Still absent"),
        Change.BETTER: _("Better: gone"),
        Change.WORSE: _("Worse: new"),
    }
    return words.get(compared.change, str(CHANGES[compared.change]))


def reading_words(finding: Finding) -> str:
    """From which difference on a measurement is judged, and whose figure that is; "" where none is."""
    reading = RETEST.readings.get(finding.key)
    if reading is None:
        return ""
    least = with_unit(finding, points(reading.smallest))
    words = _("A difference under %(least)s is too small to tell: %(citation)s (%(standing)s).")
    source = cited(reading.source)
    return words % {"least": least, "citation": source.citation, "standing": source.standing}


def with_unit(finding: Finding, number: str) -> str:
    return f"{number}{finding.unit}" if finding.unit in ("", "°", "%") else f"{number} {finding.unit}"


def doubt_words(found: Iterable[DoubtFound], *, since: date, today: date, day: str) -> tuple[DoubtWords, ...]:
    """Every reason as a sentence. `day` is the baseline's day in words."""
    weeks = (today - since).days // 7
    return tuple(
        DoubtWords(
            item.doubt.value,
            _sentence(item, day, weeks),
            tuple((key, label_of(key)) for key in item.shows),
            tuple(label_of(key) for key in item.settled),
        )
        for item in found
    )


def _sentence(item: DoubtFound, day: str, weeks: int) -> str:
    towards = _names(item.towards)
    if item.doubt is Doubt.OTHER_SIGNS and item.mine is not None:
        words = _(
            "The signs of %(mine)s found on %(day)s have settled, yet signs of another cause are positive: %(towards)s."
        )
        return words % {"mine": _names([item.mine]), "day": day, "towards": towards}
    if item.doubt is Doubt.OTHER_CRITERION:
        return _("The criteria are met today for %(towards)s; on %(day)s they were not.") % {
            "towards": towards,
            "day": day,
        }
    if item.doubt is Doubt.FEWER_JOINT_TESTS:
        if not item.shows:
            return _("None of the joint tests positive on %(day)s is left, and it still hurts.") % {"day": day}
        words = _(
            "Of the joint tests %(left)s positive, fewer than three: on %(day)s they carried the diagnosis. It still hurts."
        )
        return words % {"left": len(item.shows), "day": day}
    return str(_SIMPLE[item.doubt, item.was_unknown]) % {"day": day, "weeks": weeks}


_SIMPLE = {
    (Doubt.BELOW_KNEE, False): lazy("The pain reaches below the knee now; on %(day)s it did not."),
    (Doubt.BELOW_KNEE, True): lazy("The pain reaches below the knee; on %(day)s that was not asked."),
    (Doubt.CENTRALISES, False): lazy("Repeated lumbar movements centralise the pain now; on %(day)s they did not."),
    (Doubt.CENTRALISES, True): lazy("Repeated lumbar movements centralise the pain; on %(day)s that was not tested."),
    (Doubt.PAIN_WORSE, False): lazy("The pain is worse than on %(day)s by at least 2 points of 10."),
    (Doubt.NOT_SETTLING, False): lazy(
        "Not settling: %(weeks)s weeks on, neither pain (2 points) nor activities (2 points) have changed enough."
        " Examine again, ask every screening question again, image or refer (RF18)."
    ),
}


def _names(hypotheses: Iterable[Hypothesis]) -> str:
    return ", ".join(str(HYPOTHESES[item]).lower() for item in hypotheses)


def six_weeks_hint(days: int, *, has_pain: bool, has_activities: bool) -> str:
    """What is missing to say whether it settles, once six weeks have passed; "" before, and when nothing is missing."""
    if days < DAYS_TO_SETTLE or (has_pain and has_activities):
        return ""
    missing = [words for words, known in ((_("pain"), has_pain), (_("activities"), has_activities)) if not known]
    words = _(
        "%(weeks)s weeks since the first visit: score %(missing)s today, as then, to tell whether it is settling."
    )
    return words % {"weeks": days // 7, "missing": _(" and ").join(missing)}

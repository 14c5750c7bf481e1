"""What to assess next and why, in words that say no more than was computed."""

from django.utils.translation import gettext as _

from assessments.answers import sides_of
from assessments.mapping import Reading
from assessments.reasoning import FINDINGS, CriterionStatus, NextFinding, Why, next_findings_beside
from assessments.wording.evidence import HYPOTHESES
from clinic.vocabulary.answers import Answer
from clinic.vocabulary.diagnoses import Hypothesis


def following(reading: Reading) -> tuple[NextFinding, ...]:
    """The suggestions, with what the clinician said is not assessed after everything else."""
    if not reading.reasoning.ranking_shown:
        return ()
    declined = {
        key
        for (key, side), row in reading.answers.items()
        if row.value == Answer.NOT_ASSESSED.value and key in FINDINGS and side in sides_of(FINDINGS[key])
    }
    if not declined & {item.key for item in reading.reasoning.next_findings}:
        return reading.reasoning.next_findings
    return next_findings_beside(reading.case, declined)


def _name(hypothesis: Hypothesis) -> str:
    return str(HYPOTHESES[hypothesis]).lower()


def why_words(item: NextFinding) -> str:
    about = [_name(hypothesis) for hypothesis in item.about]
    if item.why is Why.SETS_ASIDE:
        return _("would decide whether %(name)s can be set aside") % {"name": about[0]}
    if item.why is Why.DECIDES:
        return _decides(about[0], item.becomes)
    if item.why is Why.COMPLETES:
        return _completes(about[0], item)
    if item.why in (Why.LEADS, Why.REORDERS):
        return _("could put %(first)s before %(second)s") % {"first": about[0], "second": about[1]}
    if item.why is Why.SEPARATES:
        return _("weighs between %(first)s and %(second)s, without deciding") % {"first": about[0], "second": about[1]}
    return _("asked of everyone before any order is shown")


def _decides(name: str, becomes: tuple[CriterionStatus, ...]) -> str:
    if CriterionStatus.MET in becomes:
        if CriterionStatus.NOT_MET in becomes:
            return _("would decide whether the criteria for %(name)s are met") % {"name": name}
        return _("could meet the criteria for %(name)s") % {"name": name}
    if becomes == (CriterionStatus.NOT_MET,):
        return _("could rule that the criteria for %(name)s are not met") % {"name": name}
    if CriterionStatus.NOT_MET in becomes:
        return _("would show whether the criteria for %(name)s can be met") % {"name": name}
    return _("could meet a part of the criteria for %(name)s") % {"name": name}


def _completes(name: str, item: NextFinding) -> str:
    left = item.needed - item.done
    if left == 1:
        return _("the last test needed to judge the criteria for %(name)s") % {"name": name}
    return _("one of %(left)s more tests needed to judge the criteria for %(name)s") % {"left": left, "name": name}

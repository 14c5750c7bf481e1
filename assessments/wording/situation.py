"""The picture in words: clear, mixed, unclear, none of the three, not enough, or hidden; and what to do with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.mapping import Flag, Reading
from assessments.reasoning import MANDATORY, CriterionStatus, PainfulView, Picture, Reasoning
from assessments.wording.evidence import HYPOTHESES
from assessments.wording.groups import GroupLine, examined_words, groups_of
from clinic.vocabulary.diagnoses import Hypothesis


@dataclass(frozen=True)
class Situation:
    """`kind` is clear, mixed, unclear, outside, not_enough, screening or red_flag; each has its own presentation.

    `points` are consequences, each a sentence; `groups` what was examined or is missing.
    """

    kind: str
    title: str
    text: str
    points: tuple[str, ...] = ()
    groups: tuple[GroupLine, ...] = ()


def name_of(hypothesis: Hypothesis) -> str:
    return str(HYPOTHESES[hypothesis]).lower()


def met_of(reasoning: Reasoning) -> list[Hypothesis]:
    return [view.hypothesis for view in reasoning.hypotheses if view.criterion.status is CriterionStatus.MET]


def leading_of(reasoning: Reasoning) -> set[Hypothesis]:
    """The cards that open by themselves: the first of a clear picture, all of a mixed one, both of an unclear one."""
    if not reasoning.ranking_shown or reasoning.picture in (Picture.NOT_ENOUGH, Picture.OUTSIDE):
        return set()
    if reasoning.picture is Picture.MIXED:
        return set(met_of(reasoning))
    return {view.hypothesis for view in reasoning.hypotheses[: 1 if reasoning.picture is Picture.CLEAR else 2]}


def situation_of(reading: Reading, findings: PainfulView) -> Situation:
    reasoning = reading.reasoning
    standing = [flag for flag in reading.flags if flag.stops and not flag.is_released]
    if standing:
        return _red_flag(standing[0], len(standing) - 1)
    if not reasoning.ranking_shown:
        return _screening(reasoning)
    return _TOLD[reasoning.picture](reasoning, findings)


def _red_flag(flag: Flag, more: int) -> Situation:
    title = _("Red flag: %(title)s") % {"title": flag.raised.flag.title}
    text = (
        _("The order is hidden and exercises are locked until a clinician acts on the red flag or releases it.")
        if flag.is_open
        else _(
            "The red flag was acted on: the order stays hidden, exercises stay locked, and only “Refer on” can be signed."
        )
    )
    return Situation(
        "red_flag",
        _("%(title)s, and %(count)s more") % {"title": title, "count": more} if more else title,
        text,
        (_("What was found stays listed below, in no order."),),
    )


def _screening(reasoning: Reasoning) -> Situation:
    left = len(reasoning.unanswered_screening)
    return Situation(
        "screening",
        _("Screening open"),
        _("%(done)s of %(total)s questions are answered. The order appears when all are; unanswered is never “no”.")
        % {"done": len(MANDATORY) - left, "total": len(MANDATORY)},
    )


def _clear(reasoning: Reasoning, _findings: PainfulView) -> Situation:
    first, *others = reasoning.hypotheses
    untold = [name_of(view.hypothesis) for view in others if view.criterion.status is CriterionStatus.CANNOT_TELL]
    points = []
    if untold:
        points.append(_("Not examined enough to set aside: %(names)s.") % {"names": ", ".join(untold)})
    return Situation(
        "clear",
        _("Leading: %(name)s") % {"name": name_of(first.hypothesis)},
        _("Its criteria are met and it is well ahead. You conclude."),
        tuple(points),
    )


def _mixed(reasoning: Reasoning, _findings: PainfulView) -> Situation:
    names = [name_of(hypothesis) for hypothesis in met_of(reasoning)]
    return Situation(
        "mixed",
        _("Mixed picture: %(names)s") % {"names": _(" and ").join(names)},
        _("Each meets its own criteria. They can be true together, and none is shown to cause the other."),
        (
            _(
                "Concluded as mixed, the program keeps to exercises that suit every cause, no stretching and walking"
                " instead of running, pain up to 2 of 10, and asks for a re-examination within two weeks."
            ),
            _("Concluded as one of them, the program follows that one; name the other in your own words."),
        ),
    )


def _unclear(reasoning: Reasoning, _findings: PainfulView) -> Situation:
    first, second = (name_of(view.hypothesis) for view in reasoning.hypotheses[:2])
    return Situation(
        "unclear",
        _("Not settled: %(first)s or %(second)s") % {"first": first, "second": second},
        _("These two are close: what was found fits both about as well.")
        if reasoning.next_findings
        else _(
            "These two are close, and nothing is left that would tell them apart. Re-examine, or conclude with care."
        ),
    )


def _outside(reasoning: Reasoning, findings: PainfulView) -> Situation:
    return Situation(
        "outside",
        _("None of these fits"),
        _("%(examined)s and no criteria are met. Think of a cause outside these.")
        % {"examined": examined_words(reasoning.groups_answered)},
        (_("Before anything else, ask the red-flag questions again."),),
        tuple(group for group in groups_of(findings) if group.done),
    )


def _not_enough(reasoning: Reasoning, findings: PainfulView) -> Situation:
    return Situation(
        "not_enough",
        _("Not enough examined yet"),
        _("%(examined)s and no criteria are met so far. The order below may still change with any answer.")
        % {"examined": examined_words(reasoning.groups_answered)},
        (),
        groups_of(findings),
    )


_TOLD: Mapping[Picture, Callable[[Reasoning, PainfulView], Situation]] = {
    Picture.CLEAR: _clear,
    Picture.MIXED: _mixed,
    Picture.UNCLEAR: _unclear,
    Picture.OUTSIDE: _outside,
    Picture.NOT_ENOUGH: _not_enough,
}

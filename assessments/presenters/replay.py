"""The replay of a signed assessment in words: the same or not, and what today's knowledge would show instead."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.models import Answer, Assessment
from assessments.reasoning import (
    KNOWLEDGE_VERSION,
    Difference,
    HypothesisView,
    Outcome,
    Picture,
    RaisedFlag,
    Reasoning,
    Replay,
)
from assessments.replaying import replay_of, today_of
from assessments.wording.criteria import STATES
from assessments.wording.evidence import HYPOTHESES
from assessments.wording.flags import TIERS
from assessments.wording.hypotheses import BANDS
from assessments.wording.labels import label_of

PICTURES = {
    Picture.CLEAR: lazy("one cause clearly ahead"),
    Picture.MIXED: lazy("mixed: the criteria of two causes are met"),
    Picture.UNCLEAR: lazy("unclear: the first two are close"),
    Picture.OUTSIDE: lazy("outside the three causes"),
    Picture.NOT_ENOUGH: lazy("not enough examined to tell"),
}
SAID = {
    Outcome.SAME: ("for", lazy("Replayed with knowledge %(version)s: same result.")),
    Outcome.DIFFERS: ("stop", lazy("Replayed with knowledge %(version)s: the result is not the one that was signed.")),
    Outcome.NOT_KEPT: (
        "caution",
        lazy("Knowledge %(version)s was never released, so this assessment cannot be replayed."),
    ),
    Outcome.UNREADABLE: (
        "stop",
        lazy("An answer does not fit knowledge %(version)s, so this assessment cannot be replayed."),
    ),
}
MORE = {
    Outcome.SAME: lazy(
        "The frozen answers, reasoned over again, give the red flags, criteria and order that were signed."
    ),
    Outcome.DIFFERS: lazy("What was signed holds. Tell whoever runs Strideback: this must never happen."),
    Outcome.NOT_KEPT: lazy("What was signed holds; it stands in the record as the screen showed it."),
    Outcome.UNREADABLE: lazy("What was signed holds. Tell whoever runs Strideback: this must never happen."),
}


@dataclass(frozen=True)
class Line:
    """One thing that today's knowledge would show otherwise. `now` stands alone where nothing was shown before."""

    what: str
    then: str
    now: str


@dataclass(frozen=True)
class ReplayPage:
    """`changes` compares with today's knowledge; None when there is nothing to compare with."""

    tone: str
    said: str
    more: str
    differences: tuple[Difference, ...]
    today_version: str
    is_todays: bool
    changes: tuple[Line, ...] | None
    left_out: tuple[str, ...]


def replay_page(assessment: Assessment, answers: Iterable[Answer]) -> ReplayPage:
    """Reasons twice over the frozen answers. No query."""
    rows = list(answers)
    replayed = replay_of(assessment, rows)
    tone, words = SAID[replayed.outcome]
    page = ReplayPage(
        tone=tone,
        said=str(words) % {"version": replayed.version},
        more=str(MORE[replayed.outcome]),
        differences=replayed.differences,
        today_version=KNOWLEDGE_VERSION,
        is_todays=replayed.version == KNOWLEDGE_VERSION,
        changes=None,
        left_out=(),
    )
    return page if replayed.reasoning is None else _compared(page, replayed, assessment, rows)


def _compared(page: ReplayPage, replayed: Replay, assessment: Assessment, rows: list[Answer]) -> ReplayPage:
    today = today_of(assessment, rows)
    changes = () if replayed.reasoning is None else tuple(compared(replayed.reasoning, today.reasoning))
    return replace(page, changes=changes, left_out=tuple(label_of(key) for key in today.left_out))


def compared(then: Reasoning, now: Reasoning) -> Iterator[Line]:
    """What differs between two reasonings, in the order of the screen: red flags, picture, then each cause."""
    yield from _flags(then, now)
    if then.ranking_shown != now.ranking_shown:
        shown, hidden = _("shown"), _("hidden")
        yield Line(_("Order of the causes"), *((shown, hidden) if then.ranking_shown else (hidden, shown)))
    if then.picture is not now.picture:
        yield Line(_("The picture"), str(PICTURES[then.picture]), str(PICTURES[now.picture]))
    before = {view.hypothesis: view for view in then.hypotheses}
    for view in now.hypotheses:
        yield from _cause(before[view.hypothesis], view)


def _flags(then: Reasoning, now: Reasoning) -> Iterator[Line]:
    before, after = ({flag.id: flag for flag in found.red_flags} for found in (then, now))
    for key in dict.fromkeys((*after, *before)):
        was, is_ = before.get(key), after.get(key)
        if was is None or is_ is None or was.tier is not is_.tier:
            title = (is_ or was).flag.title  # type: ignore[union-attr]
            yield Line(_("Red flag: %(title)s") % {"title": title}, _flag(was), _flag(is_))


def _flag(flag: RaisedFlag | None) -> str:
    return str(TIERS[flag.tier]) if flag else _("not raised")


def _cause(then: HypothesisView, now: HypothesisView) -> Iterator[Line]:
    name = str(HYPOTHESES[now.hypothesis])
    if then.rank != now.rank and then.rank and now.rank:
        yield Line(_("%(cause)s: place") % {"cause": name}, str(then.rank), str(now.rank))
    if then.criterion.status is not now.criterion.status:
        states = (str(STATES[view.criterion.status]) for view in (then, now))
        yield Line(_("%(cause)s: criteria") % {"cause": name}, *states)
    if then.band is not now.band and then.band and now.band:
        yield Line(_("%(cause)s: support") % {"cause": name}, str(BANDS[then.band]), str(BANDS[now.band]))
    for words, was, is_ in (
        (_("%(cause)s: speaks for"), then.speaks_for, now.speaks_for),
        (_("%(cause)s: speaks against"), then.speaks_against, now.speaks_against),
    ):
        gone, come = [key for key in was if key not in is_], [key for key in is_ if key not in was]
        if gone or come:
            yield Line(words % {"cause": name}, _listed(gone), _listed(come))


def _listed(keys: list[str]) -> str:
    return "; ".join(label_of(key) for key in keys) or "–"

"""The differential panel: red flags, open screening, the picture, the cards, what to assess next, contributors."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from assessments.mapping import Flag, Reading
from assessments.reasoning import (
    FINDINGS,
    CriterionStatus,
    FoundContributor,
    NextFinding,
    PainfulView,
    Picture,
    Reasoning,
    Why,
)
from assessments.wording.evidence import HYPOTHESES, Cited, cited
from assessments.wording.flags import FlagCard, flag_card, screening_words
from assessments.wording.hypotheses import Card, Need, card_of
from assessments.wording.labels import SIDES, label_of, labels_of
from clinic.vocabulary.diagnoses import Hypothesis


@dataclass(frozen=True)
class Next:
    """A finding worth assessing, and why."""

    key: str
    label: str
    reason: str


@dataclass(frozen=True)
class ContributorCard:
    """What may have led to the pain: where it was found, and every view on it."""

    title: str
    found: str
    expected: str
    views: tuple[tuple[str, Cited], ...]


@dataclass(frozen=True)
class Panel:
    """Everything the panel says. `changed` and `sentence` are about the last answer and are never frozen."""

    headline: str
    chip: str
    explanation: str
    examined: int
    picture: str
    ranking_shown: bool
    screening_tone: str
    screening: str
    unanswered: tuple[Need, ...]
    flags: tuple[FlagCard, ...]
    cards: tuple[Card, ...]
    next: tuple[Next, ...]
    contributors: tuple[ContributorCard, ...]
    without_age: bool
    knowledge_version: str
    changed: tuple[str, ...] = ()
    sentence: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain values, as a signature keeps them."""
        return asdict(replace(self, changed=(), sentence=""))

    @property
    def has_stop(self) -> bool:
        """A red flag stands that nobody has dealt with."""
        return any(flag.is_open for flag in self.flags)

    @property
    def signature(self) -> str:
        """What the next panel compares itself with: order and states, no findings."""
        flags = ",".join(f"{flag.id}.{flag.tier}.{int(flag.is_open)}" for flag in self.flags)
        cards = ",".join(f"{card.key}.{card.level}.{card.state}" for card in self.cards)
        return f"{self.picture}|{flags}|{cards}"


def panel_of(reading: Reading) -> Panel:
    reasoning = reading.reasoning
    examined = round(reasoning.completeness * 100)
    headline, explanation = _picture(reasoning, next((flag for flag in reading.flags if not flag.is_released), None))
    tone, screening = screening_words(reading)
    leading = _leading(reasoning)
    findings = PainfulView(reading.case.findings, reading.case.painful_side)
    return Panel(
        headline=headline,
        chip=_("%(headline)s · %(percent)s %% examined") % {"headline": headline, "percent": examined},
        explanation=explanation,
        examined=examined,
        picture=reasoning.picture.value if reasoning.ranking_shown else "hidden",
        ranking_shown=reasoning.ranking_shown,
        screening_tone=tone,
        screening=screening,
        unanswered=tuple(Need(key, label_of(key)) for key in reasoning.unanswered_screening),
        flags=tuple(flag_card(flag, reading) for flag in reading.flags),
        cards=tuple(card_of(view, findings, is_leading=view.hypothesis in leading) for view in reasoning.hypotheses),
        next=tuple(Next(item.key, label_of(item.key), _why(item)) for item in reasoning.next_findings)
        if reasoning.ranking_shown
        else (),
        contributors=tuple(_contributor(found) for found in reasoning.contributors),
        without_age=bool(reasoning.flags_without_age),
        knowledge_version=reasoning.knowledge_version,
    )


def _name(hypothesis: Hypothesis) -> str:
    return str(HYPOTHESES[hypothesis]).lower()


def _leading(reasoning: Reasoning) -> set[Hypothesis]:
    """The cards that open by themselves: the first of a clear picture, both of a mixed or unclear one."""
    if not reasoning.ranking_shown or reasoning.picture in (Picture.NOT_ENOUGH, Picture.OUTSIDE):
        return set()
    if reasoning.picture is Picture.MIXED:
        return _met(reasoning)
    return {view.hypothesis for view in reasoning.hypotheses[: 1 if reasoning.picture is Picture.CLEAR else 2]}


def _met(reasoning: Reasoning) -> set[Hypothesis]:
    return {view.hypothesis for view in reasoning.hypotheses if view.criterion.status is CriterionStatus.MET}


def _picture(reasoning: Reasoning, worst: Flag | None) -> tuple[str, str]:
    """The picture in a few words, and in a sentence that says what to do with it."""
    if not reasoning.ranking_shown:
        if worst is not None and worst.stops:
            return _("Red flag: %(title)s") % {"title": worst.raised.flag.title}, _(
                "The order is hidden until the red flag is released. What was found stays listed."
            )
        return _("Screening open"), _("The order appears when every screening question is answered.")
    return _settled(reasoning)


def _settled(reasoning: Reasoning) -> tuple[str, str]:
    first, second = (_name(view.hypothesis) for view in reasoning.hypotheses[:2])
    if reasoning.picture is Picture.CLEAR:
        return _("Leading: %(name)s") % {"name": first}, _("Its criteria are met and it is well ahead. You conclude.")
    if reasoning.picture is Picture.MIXED:
        names = ", ".join(_name(view.hypothesis) for view in reasoning.hypotheses if view.hypothesis in _met(reasoning))
        return _("Mixed picture"), _("Each meets its own criteria: %(names)s. They can be true together.") % {
            "names": names
        }
    if reasoning.picture is Picture.UNCLEAR:
        return _("Not settled: %(first)s or %(second)s") % {"first": first, "second": second}, _(
            "These two are close. The findings under “Worth assessing next” would tell them apart best."
        )
    if reasoning.picture is Picture.OUTSIDE:
        return _("None of these fits"), _(
            "Most of the examination is done and no criteria are met. Think of a cause outside these, and ask the"
            " red-flag questions again."
        )
    return _("Not enough examined yet"), _("The order below may still change with any of the findings suggested next.")


def _why(item: NextFinding) -> str:
    about = [_name(hypothesis) for hypothesis in item.about]
    if item.why is Why.SETS_ASIDE:
        return _("decides whether %(name)s can be set aside") % {"name": about[0]}
    if item.why is Why.DECIDES:
        return _("could decide the criteria for %(name)s") % {"name": about[0]}
    if item.why is Why.COMPLETES:
        return _("completes the tests for %(name)s: %(done)s of %(needed)s done") % {
            "name": about[0],
            "done": item.done,
            "needed": item.needed,
        }
    if item.why is Why.SEPARATES:
        return _("tells %(first)s and %(second)s apart") % {"first": about[0], "second": about[1]}
    return _("asked of everyone before any order is shown")


def _contributor(found: FoundContributor) -> ContributorCard:
    sides = _(" and ").join(str(SIDES[side.value]) for side in found.sides)
    names = "; ".join(labels_of(key for key in found.keys if key in FINDINGS))
    expected = ""
    if found.as_expected is not None:
        expected = (
            _("On the side one view expects (expert opinion).")
            if found.as_expected
            else _("Not on the side one view expects (expert opinion).")
        )
    return ContributorCard(
        title=found.contributor.title,
        found=f"{names}: {sides}" if sides else names,
        expected=expected,
        views=tuple((view.says, cited(view.source)) for view in found.contributor.views),
    )


def compared(panel: Panel, before: str) -> Panel:
    """The same panel, knowing what changed since `before` (a signature): cards to mark, and a sentence to speak."""
    if not before or before == panel.signature:
        return panel
    picture, _flags, cards = ([*before.split("|"), "", ""])[:3]
    known = dict(part.split(".", 1) for part in cards.split(",") if "." in part)
    changed = [card for card in panel.cards if known.get(card.key) != f"{card.level}.{card.state}"]
    said = [flag.title for flag in panel.flags if flag.is_open and flag.id not in before]
    words = [_("Red flag: %(title)s.") % {"title": title} for title in said]
    if picture != panel.picture:
        words.append(f"{panel.headline}.")
    words += [
        f"{card.name}: {', '.join(part.lower() for part in (card.word, card.state_words) if part)}."
        for card in changed
        if panel.ranking_shown
    ]
    return replace(panel, changed=tuple(card.key for card in changed), sentence=" ".join(words))

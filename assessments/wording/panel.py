"""The differential panel: red flags, open screening, the picture, the cards, what to assess next, contributors."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from assessments.mapping import Reading
from assessments.reasoning import CRITERIA, FINDINGS, PainfulView
from assessments.wording.changes import signature_of
from assessments.wording.contributors import ContributorCard, contributor_card
from assessments.wording.criteria import Need
from assessments.wording.evidence import Evidence, evidence_of, evidence_of_rule
from assessments.wording.flags import FlagCard, flag_card, history_words, screening_words
from assessments.wording.groups import examined_words
from assessments.wording.hypotheses import RULE, Card, Column, card_of, columns_of
from assessments.wording.labels import label_of
from assessments.wording.situation import Situation, leading_of, situation_of
from assessments.wording.suggestions import following, why_words
from clinic.vocabulary.diagnoses import Hypothesis


@dataclass(frozen=True)
class Next:
    """A finding worth assessing, and why."""

    key: str
    label: str
    reason: str


@dataclass(frozen=True)
class Panel:
    """Everything the panel says. `changed`, `change` and `sentence` are about the last answer and are never frozen.

    `evidence` is filled only in a panel that was frozen: the live one looks it up when it is opened.
    """

    headline: str
    chip: str
    explanation: str
    examined: str
    picture: str
    ranking_shown: bool
    situation: Situation
    screening_tone: str
    screening: str
    unanswered: tuple[Need, ...]
    flags: tuple[FlagCard, ...]
    flag_history: tuple[str, ...]
    cards: tuple[Card, ...]
    next: tuple[Next, ...]
    contributors: tuple[ContributorCard, ...]
    without_age: bool
    knowledge_version: str
    evidence: Mapping[str, Evidence] | None = None
    changed: tuple[str, ...] = ()
    change: str = ""
    sentence: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain values, as a signature keeps them, with the sources of every line as they were known then."""
        cards = tuple(replace(card, new=()) for card in self.cards)
        frozen = replace(
            self, cards=cards, changed=(), change="", sentence="", evidence=self.evidence or evidence_behind(cards)
        )
        plain = asdict(frozen)
        for item in plain["evidence"].values():
            item["reviewed_on"], item["review_due"] = item["reviewed_on"].isoformat(), item["review_due"].isoformat()
        return plain

    @property
    def columns(self) -> tuple[Column, ...]:
        """The three causes, in the order of their first card."""
        return columns_of(self.cards)

    @property
    def has_stop(self) -> bool:
        """A red flag stands that nobody has dealt with."""
        return any(flag.is_open for flag in self.flags)

    @property
    def signature(self) -> str:
        """What the next panel compares itself with: order, states and marks, no findings."""
        return signature_of(self)


def panel_of(reading: Reading) -> Panel:
    reasoning = reading.reasoning
    findings = PainfulView(reading.case.findings, reading.case.painful_side)
    situation = situation_of(reading, findings)
    examined = examined_words(reasoning.groups_answered)
    tone, screening = screening_words(reading)
    leading = leading_of(reasoning)
    return Panel(
        headline=situation.title,
        chip=f"{situation.title} · {examined}",
        explanation=situation.text,
        examined=examined,
        picture=reasoning.picture.value if reasoning.ranking_shown else "hidden",
        ranking_shown=reasoning.ranking_shown,
        situation=situation,
        screening_tone=tone,
        screening=screening,
        unanswered=tuple(Need(key, label_of(key)) for key in reasoning.unanswered_screening),
        flags=tuple(flag_card(flag, reading) for flag in reading.flags),
        flag_history=history_words(reading),
        cards=tuple(card_of(view, findings, is_leading=view.hypothesis in leading) for view in reasoning.hypotheses),
        next=tuple(Next(item.key, label_of(item.key), why_words(item)) for item in following(reading)),
        contributors=tuple(contributor_card(found, reading) for found in reasoning.contributors),
        without_age=bool(reasoning.flags_without_age),
        knowledge_version=reasoning.knowledge_version,
    )


def evidence_for(key: str) -> Evidence:
    """The evidence of a finding, or of the criteria of a hypothesis ("rule-pht")."""
    if key.startswith(RULE):
        return evidence_of_rule(CRITERIA[Hypothesis(key.removeprefix(RULE))])
    return evidence_of(FINDINGS[key])


def evidence_behind(cards: tuple[Card, ...]) -> dict[str, Evidence]:
    """The evidence of every rule and of every line for or against."""
    rules = [card.rule_key for card in cards]
    lines = [key for card in cards for key in (*card.keys_for, *card.keys_against)]
    return {key: evidence_for(key) for key in dict.fromkeys([*rules, *lines])}

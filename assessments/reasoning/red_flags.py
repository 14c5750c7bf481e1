"""Red flags: always first, independent of every hypothesis, and deaf to which side hurts.

An unknown never clears a flag and never raises one, except where a rule says that nobody asked. Screening asked of
everyone that is still open is reported apart: while it is, no ranking is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from clinic.vocabulary.answers import Answer
from clinic.vocabulary.provenance import Reviewed, Source
from clinic.vocabulary.sides import PainfulSide

from .conditions import AGE, Condition, Facts, condition
from .entries import Entry, KnowledgeFiles
from .finding_set import FindingSet
from .findings import Finding


class Tier(StrEnum):
    """R1: emergency within the hour. R2: urgent, same day to two weeks. Amber: go on with caution."""

    R1 = "R1"
    R2 = "R2"
    AMBER = "amber"

    @property
    def gravity(self) -> int:
        """Higher is worse."""
        return {Tier.R1: 3, Tier.R2: 2, Tier.AMBER: 1}[self]

    @property
    def stops(self) -> bool:
        """Whether this tier stops the intake: no ranking, no exercises."""
        return self is not Tier.AMBER


class Action(StrEnum):
    """What the red flags ask for, all together."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    CAUTION = "caution"
    CONTINUE = "continue"


ACTION_OF: Mapping[Tier, Action] = MappingProxyType(
    {Tier.R1: Action.EMERGENCY, Tier.R2: Action.URGENT, Tier.AMBER: Action.CAUTION}
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One way a flag is raised: all of `all_of`, at least so many of `any_of`, none of `unless`."""

    tier: Tier
    note: str
    all_of: tuple[Condition, ...]
    any_of: tuple[Condition, ...]
    at_least: int
    unless: tuple[Condition, ...]

    def why(self, facts: Facts) -> tuple[str, ...] | None:
        """The finding keys that raise the flag, or None."""
        needed = [item.reasons(facts) for item in self.all_of]
        if any(reasons is None for reasons in needed):
            return None
        some = [reasons for item in self.any_of if (reasons := item.reasons(facts)) is not None]
        if self.any_of and len(some) < self.at_least:
            return None
        if any(item.reasons(facts) is not None for item in self.unless):
            return None
        return tuple(dict.fromkeys(key for reasons in (*needed, *some) for key in reasons or ()))


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A red flag (RF01 to RF18) or an amber modifier (AM01 to AM04) with what to do and what to write."""

    id: str
    title: str
    action: str
    referral: str
    rules: tuple[Rule, ...]
    cannot_fire: str
    source: Source
    reviewed: Reviewed

    @property
    def asks_age(self) -> bool:
        """Whether some rule depends on the age."""
        return any(
            atom.key == AGE for rule in self.rules for item in (*rule.all_of, *rule.any_of) for atom in item.atoms
        )


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A flag that is raised: its worst tier, the findings behind it and what the rules add in words."""

    flag: RedFlag
    tier: Tier
    why: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def id(self) -> str:
        """RF01 to RF18, AM01 to AM04."""
        return self.flag.id


def _rule(entry: Entry, known: Mapping[str, Finding]) -> Rule:
    tier = Tier(entry.choice("tier", tuple(item.value for item in Tier)))
    rule = Rule(
        tier=tier,
        note=entry.text("note", ""),
        all_of=tuple(condition(entry, "all", text, known) for text in entry.texts("all")),
        any_of=tuple(condition(entry, "any", text, known) for text in entry.texts("any")),
        at_least=entry.whole("at_least", 1),
        unless=tuple(condition(entry, "unless", text, known) for text in entry.texts("unless")),
    )
    if not rule.all_of and not rule.any_of:
        raise entry.fail("any", "a rule needs a condition")
    entry.finish()
    return rule


def load_red_flags(files: KnowledgeFiles, known: Mapping[str, Finding]) -> Mapping[str, RedFlag]:
    """All flags by id, in the order written."""
    flags: dict[str, RedFlag] = {}
    for entry in files.entries("red_flags.toml", "flags"):
        flag = RedFlag(
            id=entry.name,
            title=entry.text("title"),
            action=entry.text("action"),
            referral=entry.text("referral"),
            rules=tuple(_rule(item, known) for item in entry.tables("rules")),
            cannot_fire=entry.text("cannot_fire", ""),
            source=files.source(entry),
            reviewed=files.reviewed(entry),
        )
        if bool(flag.rules) is bool(flag.cannot_fire):
            raise entry.fail("rules", "a flag has rules, or says why it cannot fire")
        entry.finish()
        flags[flag.id] = flag
    return MappingProxyType(flags)


def raised_flags(findings: FindingSet, age: int | None, flags: Mapping[str, RedFlag]) -> tuple[RaisedFlag, ...]:
    """Every flag that is raised, worst first, then in the order of their numbers."""
    raised: list[RaisedFlag] = []
    for flag in flags.values():
        facts = Facts(findings, age, tuple(item.id for item in raised))
        fired = [(rule, why) for rule in flag.rules if (why := rule.why(facts)) is not None]
        if fired:
            tier = max((rule.tier for rule, _ in fired), key=lambda item: item.gravity)
            why = tuple(dict.fromkeys(key for _, keys in fired for key in keys))
            notes = tuple(rule.note for rule, _ in fired if rule.note and rule.tier is tier)
            raised.append(RaisedFlag(flag, tier, why, notes))
    return tuple(sorted(raised, key=lambda item: -item.tier.gravity))


def action_for(raised: tuple[RaisedFlag, ...]) -> Action:
    """The worst tier decides."""
    return ACTION_OF[max((item.tier for item in raised), key=lambda tier: tier.gravity)] if raised else Action.CONTINUE


def unanswered_screening(findings: FindingSet, painful: PainfulSide, screening: tuple[Finding, ...]) -> tuple[str, ...]:
    """Of the screening asked of everyone what nobody answered. A question with sides is answered when it is present
    anywhere or known for every painful side; an answer for the sound leg says nothing about the painful one."""
    return tuple(finding.key for finding in screening if not _answered(findings, painful, finding))


def _answered(findings: FindingSet, painful: PainfulSide, finding: Finding) -> bool:
    recorded = findings.recorded(finding.key)
    if not finding.sided or Answer.PRESENT in recorded.values():
        return bool(recorded)
    return all(side in recorded for side in painful.sides)

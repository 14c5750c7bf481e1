"""The working likelihoods as data: dependence groups, rows, priors and bounds. All of them proposed, none published."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from clinic.vocabulary.answers import Answer
from clinic.vocabulary.diagnoses import Hypothesis
from clinic.vocabulary.provenance import Reviewed, Source, Standing

from .entries import Entry, KnowledgeFiles
from .findings import Finding, Leaning, leaning

Vector = tuple[float, ...]
"""One likelihood per hypothesis, in the order of the Hypothesis enumeration."""

COUNTED_GROUPS = tuple(f"G{number}" for number in range(1, 11))
"""The ten dependence groups of which eight must be answered before "none of the three" may be said."""


NEWEST_EDITION = 2
"""Editions of the rules written in code; support.py says what each changed. Knowledge names the one it was written for,
so that a rule can change and what was signed before still replays."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Priors, bounds and band limits. See weights.toml for what each means."""

    edition: int
    priors: Vector
    bound: float
    close_call: float
    groups_for_outside: int
    groups_for_picture: int
    possible_from: float
    likely_from: float
    very_likely_from: float
    source: Source
    reviewed: Reviewed


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that are the same observation in other words. `strongest` limits how many rows count together.

    Which findings are one voice is our own proposal: unless a group names a source, it has that of the settings.
    """

    key: str
    title: str
    members: tuple[str, ...]
    needed: int
    strongest: int
    source: Source
    reviewed: Reviewed


@dataclass(frozen=True, slots=True)
class Row:
    """Likelihoods of each value of one group variable. The source is the study they are anchored on."""

    key: str
    group: str
    values: Mapping[str, Vector]
    absent_bound: float
    leanings: Mapping[str, Leaning]
    shown_keys: tuple[str, ...]
    anchor: Source
    reviewed: Reviewed


@dataclass(frozen=True, eq=False)
class Weights:
    """All working likelihoods of one state of knowledge. Two of them are never equal: what follows from one is remembered
    by its identity."""

    settings: Settings
    groups: Mapping[str, Group]
    rows: Mapping[str, Row]

    @property
    def sacroiliac_tests(self) -> tuple[str, ...]:
        """The provocation tests, which count only together."""
        return self.groups["G3"].members

    @property
    def tests_for_a_count(self) -> int:
        """So many provocation tests must be done before they say anything."""
        return self.groups["G3"].needed

    @property
    def nerve_symptoms(self) -> tuple[str, ...]:
        """The nerve-like symptoms, which are counted."""
        return self.groups["G7"].members


def _settings(files: KnowledgeFiles) -> Settings:
    entry = files.entry("weights.toml", "settings")
    review = files.entry("weights.toml", "review")
    columns = tuple(item.value for item in Hypothesis)
    if entry.texts("columns", optional=False) != columns:
        raise entry.fail("columns", f"must be {', '.join(columns)}, in this order")
    settings = Settings(
        edition=entry.whole("edition", 1),
        priors=_vector(entry, "priors", entry.numbers("priors")),
        bound=entry.number("bound"),
        close_call=entry.number("close_call"),
        groups_for_outside=entry.whole("groups_for_outside"),
        groups_for_picture=entry.whole("groups_for_picture"),
        possible_from=entry.number("possible_from"),
        likely_from=entry.number("likely_from"),
        very_likely_from=entry.number("very_likely_from"),
        source=files.source(entry),
        reviewed=files.reviewed(review),
    )
    entry.finish()
    if not 1 <= settings.edition <= NEWEST_EDITION:
        raise entry.fail("edition", f"must be from 1 to {NEWEST_EDITION}")
    return settings


def _vector(entry: Entry, key: str, numbers: tuple[float, ...]) -> Vector:
    if len(numbers) != len(Hypothesis) or not all(0 < number < 1 for number in numbers):
        raise entry.fail(key, f"must be {len(Hypothesis)} numbers between 0 and 1")
    return numbers


def _groups(files: KnowledgeFiles, known: Mapping[str, Finding], settings: Settings) -> Mapping[str, Group]:
    groups: dict[str, Group] = {}
    for entry in files.entries("weights.toml", "groups"):
        members = entry.texts("members", optional=False)
        for member in members:
            if member not in known:
                raise entry.fail("members", f"'{member}' is not a finding")
        group = Group(
            entry.name,
            entry.text("title"),
            members,
            entry.whole("needed"),
            entry.whole("strongest", len(members)),
            files.source(entry) if "source" in entry.data else settings.source,
            files.reviewed(entry),
        )
        entry.finish()
        groups[group.key] = group
    return MappingProxyType(groups)


def _rows(files: KnowledgeFiles, groups: Mapping[str, Group], bound: float) -> Mapping[str, Row]:
    rows: dict[str, Row] = {}
    for entry in files.entries("weights.toml", "rows"):
        table = entry.table("values", optional=False)
        values = {name: _vector(table, name, table.numbers(name)) for name in table.data}
        if tuple(values) == (Answer.PRESENT.value,):
            values[Answer.ABSENT.value] = tuple(1 - number for number in values[Answer.PRESENT.value])
        speaks = entry.table("speaks")
        rows[entry.name] = Row(
            key=entry.name,
            group=entry.choice("group", tuple(groups)),
            values=MappingProxyType(values),
            absent_bound=entry.number("absent_bound", bound),
            leanings=MappingProxyType({name: leaning(speaks, name) for name in speaks.data}),
            shown_keys=entry.texts("keys"),
            anchor=files.source(entry, default=Standing.PROPOSED.value),
            reviewed=files.reviewed(entry),
        )
        entry.finish()
    return MappingProxyType(rows)


def load_weights(files: KnowledgeFiles, known: Mapping[str, Finding]) -> Weights:
    """Settings, groups and rows; a group may only hold findings that exist."""
    settings = _settings(files)
    groups = _groups(files, known, settings)
    return Weights(settings, groups, _rows(files, groups, settings.bound))

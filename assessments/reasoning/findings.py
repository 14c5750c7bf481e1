"""The registry of findings: what can be asked or examined, how it is answered, where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from clinic.vocabulary.answers import Answer
from clinic.vocabulary.diagnoses import Hypothesis
from clinic.vocabulary.provenance import Reviewed, Source
from clinic.vocabulary.scales import NPRS_HIGHEST, NPRS_LOWEST

from .entries import CURRENT_FILES, Entry, KnowledgeError, KnowledgeFiles


class AnswerKind(StrEnum):
    """How a finding is answered."""

    PRESENCE = "presence"
    CHOICE = "choice"
    SCALE = "scale"
    COUNT = "count"
    DEGREES = "degrees"
    PERCENT = "percent"
    SECONDS = "seconds"

    @property
    def is_measured(self) -> bool:
        """True for numbers."""
        return self not in (AnswerKind.PRESENCE, AnswerKind.CHOICE)

    @property
    def is_whole(self) -> bool:
        """True where only whole numbers make sense."""
        return self in (AnswerKind.SCALE, AnswerKind.COUNT)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the intake."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Published accuracy of a test against one target. Any figure may be missing; none is used as it stands."""

    target: Hypothesis
    what: str
    sensitivity: float | None
    specificity: float | None
    lr_positive: float | None
    lr_negative: float | None
    source: Source
    ratios: Source


@dataclass(frozen=True, slots=True)
class Leaning:
    """What one answer says for and against, as shown beside the hypotheses. It carries no weight."""

    speaks_for: frozenset[Hypothesis]
    speaks_against: frozenset[Hypothesis]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `answer` is the kind as stored; `feeds` names the groups, flags and uses it belongs to.

    A sided finding is recorded per side and counts on the painful side; `on_sound_side` is the exception (the crossed
    straight-leg raise: best recorded under the leg that is raised, it counts on either side). `needs` names the finding
    that must not be absent for this one to be present: a symptom cannot change when it was never there.

    A measurement outside `lowest` to `highest` cannot be; one outside `usual` can, and is asked about before it is kept.
    The usual span is always proposed, whatever the standing of the finding's source, and never enters the reasoning.
    """

    key: str
    section: str
    label: str
    how: str
    kind: AnswerKind
    choices: tuple[str, ...]
    sided: bool
    feeds: tuple[str, ...]
    mandatory: bool
    on_sound_side: bool
    needs: str | None
    lowest: float | None
    highest: float | None
    usual: tuple[float, float] | None
    unit: str
    pass_at_least: float | None
    pass_at_most: float | None
    leanings: Mapping[str, Leaning]
    concerns: frozenset[Hypothesis]
    """The hypotheses any answer of this finding speaks for or against."""
    accuracy: tuple[Accuracy, ...]
    source: Source
    reviewed: Reviewed


def leaning(entry: Entry, key: str) -> Leaning:
    """Reads ["+pht", "-sij"]."""
    signs: dict[str, set[Hypothesis]] = {"+": set(), "-": set()}
    for word in entry.texts(key):
        if word[:1] not in signs or word[1:] not in {item.value for item in Hypothesis}:
            raise entry.fail(key, f"'{word}' must be + or - and a hypothesis")
        signs[word[0]].add(Hypothesis(word[1:]))
    return Leaning(frozenset(signs["+"]), frozenset(signs["-"]))


def _kind(entry: Entry) -> tuple[AnswerKind, tuple[str, ...]]:
    name, _, rest = entry.text("answer").partition(":")
    if name not in {item.value for item in AnswerKind}:
        raise entry.fail("answer", f"'{name}' is not a kind of answer")
    kind = AnswerKind(name)
    if kind is AnswerKind.CHOICE and len(set(rest.split("|"))) < 2:
        raise entry.fail("answer", "a choice needs at least two values, as choice:one|other")
    if kind is AnswerKind.SCALE and rest != f"{NPRS_LOWEST}-{NPRS_HIGHEST}":
        raise entry.fail("answer", "the only scale is scale:0-10")
    return kind, tuple(rest.split("|")) if kind is AnswerKind.CHOICE else ()


def _limits(entry: Entry, kind: AnswerKind) -> tuple[float | None, float | None]:
    if kind is AnswerKind.SCALE:
        return NPRS_LOWEST, NPRS_HIGHEST
    if not kind.is_measured:
        return None, None
    lowest, highest = entry.number("lowest"), entry.number("highest")
    if lowest >= highest:
        raise entry.fail("highest", "must be above lowest")
    return lowest, highest


def _usual(entry: Entry, lowest: float | None, highest: float | None) -> tuple[float, float] | None:
    """Where nearly every runner lies; None when any possible value is as usual as another."""
    if "usual" not in entry.data:
        return None
    span = entry.numbers("usual")
    if lowest is None or highest is None:
        raise entry.fail("usual", "is for measurements only")
    if len(span) != 2 or not lowest <= span[0] < span[1] <= highest:
        raise entry.fail("usual", f"must be two numbers, low then high, within {lowest:g} and {highest:g}")
    return span[0], span[1]


def accuracies(files: KnowledgeFiles, owner: Entry) -> tuple[Accuracy, ...]:
    """The published accuracy written under an entry."""
    return tuple(_accuracy(files, item) for item in owner.tables("accuracy"))


def _accuracy(files: KnowledgeFiles, entry: Entry) -> Accuracy:
    target = Hypothesis(entry.choice("target", tuple(item.value for item in Hypothesis)))
    source = files.source(entry)
    result = Accuracy(
        target=target,
        what=entry.text("what"),
        sensitivity=entry.optional_number("sensitivity"),
        specificity=entry.optional_number("specificity"),
        lr_positive=entry.optional_number("lr_positive"),
        lr_negative=entry.optional_number("lr_negative"),
        source=source,
        ratios=files.source(entry, standing="lr_standing", default=source.standing.value),
    )
    entry.finish()
    return result


def _finding(files: KnowledgeFiles, entry: Entry, sections: Mapping[str, Section]) -> Finding:
    kind, choices = _kind(entry)
    lowest, highest = _limits(entry, kind)
    speaks = entry.table("speaks")
    answers = choices or (Answer.PRESENT.value, Answer.ABSENT.value)
    leanings = {answer: leaning(speaks, answer) for answer in answers}
    finding = Finding(
        key=entry.name,
        section=entry.choice("section", tuple(sections)),
        label=entry.text("label"),
        how=entry.text("how"),
        kind=kind,
        choices=choices,
        sided=entry.flag("sided", optional=False),
        feeds=tuple(entry.text("feeds").split()),
        mandatory=entry.flag("mandatory"),
        on_sound_side=entry.choice("recorded_on", ("painful_side", "sound_side"), "painful_side") == "sound_side",
        needs=entry.text("needs", "") or None,
        lowest=lowest,
        highest=highest,
        usual=_usual(entry, lowest, highest),
        unit=entry.text("unit", ""),
        pass_at_least=entry.optional_number("pass_at_least"),
        pass_at_most=entry.optional_number("pass_at_most"),
        leanings=MappingProxyType(leanings),
        concerns=frozenset().union(*(item.speaks_for | item.speaks_against for item in leanings.values())),
        accuracy=accuracies(files, entry),
        source=files.source(entry),
        reviewed=files.reviewed(entry),
    )
    speaks.finish()
    entry.finish()
    return finding


def load_sections(files: KnowledgeFiles) -> tuple[Section, ...]:
    """The sections in the order they are met."""
    return tuple(
        Section(entry.text("key"), entry.text("title")) for entry in files.entries("sections.toml", "sections")
    )


def load_findings(files: KnowledgeFiles) -> Mapping[str, Finding]:
    """All findings by key, section by section."""
    sections = {section.key: section for section in load_sections(files)}
    found: dict[str, Finding] = {}
    for file in files.matching("findings_"):
        for entry in files.entries(file, "findings"):
            if entry.name in found:
                raise entry.fail("key", "stands in two files")
            found[entry.name] = _finding(files, entry, sections)
    for finding in found.values():
        if finding.needs is not None and finding.needs not in found:
            raise KnowledgeError(f"finding '{finding.key}', key 'needs': '{finding.needs}' is not a finding")
    order = {key: number for number, key in enumerate(sections)}
    return MappingProxyType({item.key: item for item in sorted(found.values(), key=lambda item: order[item.section])})


FINDINGS = load_findings(CURRENT_FILES)
"""The findings as the intake asks them today. They stand here, below everything, because a case is read with them."""

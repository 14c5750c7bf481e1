"""The retest card: which findings are looked at again, how each has changed, and whether the diagnosis still fits.

Missing is never settled: a sign counts as gone only when it was looked for today and not found. What was found is
compared on the same side. Nothing here moves the ranking; the reasons given re-open the question and leave it open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from clinic.vocabulary.answers import Answer
from clinic.vocabulary.diagnoses import Hypothesis, WorkingDiagnosis
from clinic.vocabulary.provenance import Reviewed, Source
from clinic.vocabulary.sides import Side

from .case import Case
from .criteria import CriterionStatus
from .entries import CURRENT_FILES, Entry, KnowledgeFiles
from .finding_set import PainfulView, Value
from .findings import FINDINGS, AnswerKind, Finding
from .reasoning import Reasoning

SCREENING = "screening"


class Role(StrEnum):
    """Why a finding stands on the card."""

    CORE = "core"
    WAS_POSITIVE = "was_positive"
    COMPARATOR = "comparator"


class Change(StrEnum):
    """How a finding compares with before, on one side."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    TOO_SMALL = "too_small"
    CHANGED = "changed"
    """Another value, and nobody says which of the two is better."""
    NOT_RETESTED = "not_retested"
    NOT_COMPARED = "not_compared"
    """Not examined before, so there is nothing to compare with."""


@dataclass(frozen=True, slots=True)
class Retested:
    """Which findings go on the card after one working diagnosis."""

    findings: tuple[str, ...]
    if_positive: tuple[str, ...]
    comparators: tuple[str, ...]
    source: Source
    reviewed: Reviewed


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of one cause. As a rival of the working diagnosis it counts from `rival_from` positive signs on."""

    findings: tuple[str, ...]
    rival_from: int
    source: Source
    reviewed: Reviewed


@dataclass(frozen=True, slots=True)
class Reading:
    """How a measured finding is read. Differences below `smallest` (in the finding's unit) are too little to tell apart."""

    rises: bool
    smallest: float
    source: Source
    reviewed: Reviewed


@dataclass(frozen=True, slots=True)
class Measure:
    """One finding on the card."""

    key: str
    role: Role


@dataclass(frozen=True, slots=True)
class Compared:
    """One finding on one side. `gain` is in the finding's unit and positive where it became better; None without one.

    `difference` is the plain difference, now minus then.
    """

    then: Value | None
    now: Value | None
    change: Change
    difference: float | None = None
    reading: Reading | None = None


Known = Mapping[str, Finding]


def _known_findings(entry: Entry, key: str, known: Known, *, optional: bool = False) -> tuple[str, ...]:
    names = entry.texts(key, optional=optional)
    for name in names:
        if name not in known:
            raise entry.fail(key, f"'{name}' is not a finding")
    return names


def _retested(files: KnowledgeFiles, entry: Entry, known: Known) -> Retested:
    made = Retested(
        _known_findings(entry, "findings", known),
        _known_findings(entry, "if_positive", known, optional=True),
        _known_findings(entry, "comparators", known, optional=True),
        files.source(entry),
        files.reviewed(entry),
    )
    entry.finish()
    return made


def _signs(files: KnowledgeFiles, entry: Entry, known: Known) -> Signs:
    names = _known_findings(entry, "findings", known)
    made = Signs(names, entry.whole("rival_from"), files.source(entry), files.reviewed(entry))
    entry.finish()
    if not 1 <= made.rival_from <= len(names):
        raise entry.fail("rival_from", "must be between 1 and the number of signs")
    return made


def _reading(files: KnowledgeFiles, entry: Entry, known: Known) -> Reading:
    finding = known.get(entry.name)
    if finding is None or not finding.kind.is_measured:
        raise entry.fail("changes", "is not a measured finding")
    rises = entry.choice("better", ("higher", "lower")) == "higher"
    made = Reading(rises, entry.number("smallest"), files.source(entry), files.reviewed(entry))
    entry.finish()
    return made


def _every(names: type[StrEnum], found: Mapping[str, object], file: Entry) -> None:
    if set(found) != {item.value for item in names}:
        raise file.fail(file.name, f"must be {', '.join(item.value for item in names)}")


@dataclass(frozen=True, slots=True)
class RetestKnowledge:
    """Everything retest.toml says."""

    measures: Mapping[str, Retested]
    told_once: frozenset[str]
    signs: Mapping[Hypothesis, Signs]
    readings: Mapping[str, Reading]


def load_retest(files: KnowledgeFiles, known: Known = FINDINGS) -> RetestKnowledge:
    """The card's knowledge; every working diagnosis must have its measures and every hypothesis its signs."""
    file = "retest.toml"
    measures = {entry.name: _retested(files, entry, known) for entry in files.entries(file, "measures")}
    signs = {entry.name: _signs(files, entry, known) for entry in files.entries(file, "signs")}
    _every(WorkingDiagnosis, measures, files.entry(file, "measures"))
    _every(Hypothesis, signs, files.entry(file, "signs"))
    once = files.entry(file, "told_once")
    files.source(once)
    told_once = frozenset(_known_findings(once, "findings", known))
    once.finish()
    return RetestKnowledge(
        MappingProxyType(measures),
        told_once,
        MappingProxyType({Hypothesis(name): item for name, item in signs.items()}),
        MappingProxyType({entry.name: _reading(files, entry, known) for entry in files.entries(file, "changes")}),
    )


RETEST = load_retest(CURRENT_FILES)


def own_hypotheses(diagnosis: WorkingDiagnosis, before: Reasoning) -> tuple[Hypothesis, ...]:
    """What the diagnosis stands on: its hypothesis; for a mixed picture every hypothesis whose criterion was met."""
    if diagnosis.hypothesis is not None:
        return (diagnosis.hypothesis,)
    if diagnosis is not WorkingDiagnosis.MIXED:
        return ()
    met = (view.hypothesis for view in before.hypotheses if view.criterion.status is CriterionStatus.MET)
    return tuple(sorted(met, key=list(Hypothesis).index))


def measures_of(diagnosis: WorkingDiagnosis, then: Case, before: Reasoning) -> tuple[Measure, ...]:
    """The findings of the card in order: the measures of the diagnosis, what was positive then, and the comparators.

    Screening is not among them: it is asked again as a whole. What was told once (how it began) is not asked again.
    """
    listed = RETEST.measures[diagnosis.value]
    own = own_hypotheses(diagnosis, before)
    view = PainfulView(then.findings, then.painful_side)
    carried = [
        key
        for item in before.hypotheses
        if item.hypothesis in own
        for key in item.criterion.supporting
        if FINDINGS[key].section != SCREENING and key not in RETEST.told_once
    ]
    roles = dict.fromkeys(listed.findings, Role.CORE)
    for key in (*(name for name in listed.if_positive if _was_there(name, view)), *carried):
        roles.setdefault(key, Role.WAS_POSITIVE)
    for key in listed.comparators:
        roles.setdefault(key, Role.COMPARATOR)
    return tuple(Measure(key, role) for key, role in roles.items())


def _was_there(key: str, view: PainfulView) -> bool:
    if FINDINGS[key].kind is AnswerKind.PRESENCE:
        return view.answer(key) is Answer.PRESENT
    return view.known(key)


def compare(key: str, then: Value | None, now: Value | None) -> Compared:
    """One finding on one side, then against now. None is not examined, and stays so: it is never taken for settled."""
    if now is None:
        return Compared(then, None, Change.NOT_RETESTED)
    if then is None:
        return Compared(None, now, Change.NOT_COMPARED)
    kind = FINDINGS[key].kind
    if kind.is_measured and isinstance(then, (int, float)) and isinstance(now, (int, float)):
        return _compare_numbers(RETEST.readings.get(key), then, now)
    if then == now:
        return Compared(then, now, Change.SAME)
    if kind is not AnswerKind.PRESENCE:
        return Compared(then, now, Change.CHANGED)
    return Compared(then, now, Change.BETTER if now is Answer.ABSENT else Change.WORSE)


def _compare_numbers(reading: Reading | None, then: float, now: float) -> Compared:
    difference = now - then
    if difference == 0:
        change = Change.SAME
    elif reading is None:
        change = Change.CHANGED
    elif abs(difference) < reading.smallest:
        change = Change.TOO_SMALL
    else:
        change = Change.BETTER if (difference > 0) is reading.rises else Change.WORSE
    return Compared(then, now, change, difference, reading)


def value_at(case: Case, key: str, side: Side | None) -> Value | None:
    """What a case recorded for a finding on one side, None when nobody looked."""
    return case.findings.recorded(key).get(side)

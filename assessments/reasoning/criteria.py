"""The criterion of each hypothesis: met, partly, not met, or cannot tell, and what is still needed.

One reading throughout: partly means something required is there but not enough; not met means it was looked for and
cannot be met; cannot tell means the deciding tests were not done. Missing is never negative.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from clinic.vocabulary.answers import Answer
from clinic.vocabulary.diagnoses import Hypothesis
from clinic.vocabulary.provenance import Reviewed, Source

from .conditions import Atom, condition
from .entries import Entry, KnowledgeFiles
from .finding_set import PainfulView
from .findings import Accuracy, Finding, accuracies


class CriterionStatus(StrEnum):
    """How far a criterion is fulfilled."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a criterion: one of several answers, all of them, or so many of at least so many done.

    A stand-in part is looked at only while the test it stands in for was not done; nobody is sent to look for it.
    """

    id: str
    label: str
    atoms: tuple[Atom, ...]
    needs_all: bool
    done_at_least: int
    positive_at_least: int
    stand_in: bool

    @property
    def keys(self) -> tuple[str, ...]:
        """The findings it looks at, each once."""
        return tuple(dict.fromkeys(atom.key for atom in self.atoms))


@dataclass(frozen=True, slots=True)
class PartState:
    """How one part stands. `supporting` fulfil it, `missing` are not assessed and could still decide it."""

    part: Part
    state: Answer
    supporting: tuple[str, ...]
    missing: tuple[str, ...]
    done: int
    present: int


@dataclass(frozen=True, slots=True)
class Criterion:
    """The rule of one hypothesis in words, its parts and its source. In order: a part is worth looking for only once
    the ones before it are known."""

    hypothesis: Hypothesis
    rule: str
    parts: Mapping[str, Part]
    in_order: bool
    accuracy: tuple[Accuracy, ...]
    source: Source
    reviewed: Reviewed


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """How a criterion stands, part by part. `counted` says "2 of 4 provocation tests done" where counting matters."""

    criterion: Criterion
    status: CriterionStatus
    parts: tuple[PartState, ...]
    counted: str = ""

    @property
    def supporting(self) -> tuple[str, ...]:
        """Findings that fulfil a part."""
        return tuple(
            dict.fromkeys(
                key
                for state in self.parts
                for key in state.supporting
                if state.state is Answer.PRESENT or state.part.positive_at_least
            )
        )

    @property
    def met_parts(self) -> tuple[str, ...]:
        """Labels of the parts that are fulfilled."""
        return tuple(state.part.label for state in self.parts if state.state is Answer.PRESENT)

    @property
    def failed_parts(self) -> tuple[str, ...]:
        """Labels of the parts that were looked for and are not there."""
        return tuple(state.part.label for state in self.parts if state.state is Answer.ABSENT)

    @property
    def open_parts(self) -> tuple[str, ...]:
        """Labels of the parts that nobody can tell yet."""
        return tuple(state.part.label for state in self.parts if state.state is Answer.NOT_ASSESSED)

    @property
    def missing(self) -> tuple[str, ...]:
        """Findings not assessed that could still change the status, in the order they help most."""
        if self.status in (CriterionStatus.MET, CriterionStatus.NOT_MET):
            return ()
        waiting = [state for state in self.parts if state.state is Answer.NOT_ASSESSED and not state.part.stand_in]
        if self.criterion.in_order:
            waiting = waiting[:1]
        return tuple(dict.fromkeys(key for state in waiting for key in state.missing))


def _part(entry: Entry, known: Mapping[str, Finding]) -> Part:
    needs_all = "all" in entry.data
    key = "all" if needs_all else "any"
    texts = entry.texts(key, optional=False)
    atoms = tuple(atom for text in texts for atom in condition(entry, key, text, known).atoms)
    part = Part(
        id=entry.name.rpartition(".")[2],
        label=entry.text("label"),
        atoms=atoms,
        needs_all=needs_all,
        done_at_least=entry.whole("done_at_least", 1),
        positive_at_least=entry.whole("positive_at_least", 0),
        stand_in=entry.flag("stand_in"),
    )
    entry.finish()
    return part


def load_criteria(files: KnowledgeFiles, known: Mapping[str, Finding]) -> Mapping[Hypothesis, Criterion]:
    """The criterion of every hypothesis."""
    criteria: dict[Hypothesis, Criterion] = {}
    for entry in files.entries("criteria.toml", "criteria"):
        if entry.name not in {item.value for item in Hypothesis}:
            raise entry.fail("criteria", f"'{entry.name}' is not a hypothesis")
        hypothesis = Hypothesis(entry.name)
        parts = {part.id: part for part in (_part(item, known) for item in entry.tables("parts"))}
        if set(parts) != PARTS[hypothesis]:
            raise entry.fail("parts", f"must be {', '.join(sorted(PARTS[hypothesis]))}")
        criteria[hypothesis] = Criterion(
            hypothesis=hypothesis,
            rule=entry.text("rule"),
            parts=MappingProxyType(parts),
            in_order=entry.flag("in_order"),
            accuracy=accuracies(files, entry),
            source=files.source(entry),
            reviewed=files.reviewed(entry),
        )
        entry.finish()
    if set(criteria) != set(Hypothesis):
        raise entry.fail("criteria", "every hypothesis needs a criterion")
    return MappingProxyType(criteria)


def _atom_answer(atom: Atom, view: PainfulView) -> Answer:
    if not atom.op:
        return view.answer(atom.key)
    choice = view.choice(atom.key)
    if choice is None:
        return Answer.NOT_ASSESSED
    return Answer.PRESENT if choice == atom.value else Answer.ABSENT


def part_state(part: Part, view: PainfulView) -> PartState:
    """One part against the findings. Any: one present suffices, absent only when all were looked for. All: the reverse.
    A count is open until enough is done, and while the tests left could still fulfil it."""
    answers = {(atom.key, atom.value): _atom_answer(atom, view) for atom in part.atoms}
    known = {key for (key, _), answer in answers.items() if answer.is_known}
    present = tuple(dict.fromkeys(key for (key, _), answer in answers.items() if answer is Answer.PRESENT))
    deciding, other = (Answer.ABSENT, Answer.PRESENT) if part.needs_all else (Answer.PRESENT, Answer.ABSENT)
    if part.positive_at_least:
        state = _counted_state(part, len(known), len(present))
    elif deciding in answers.values():
        state = deciding
    elif Answer.NOT_ASSESSED in answers.values():
        state = Answer.NOT_ASSESSED
    else:
        state = other
    missing = tuple(key for key in part.keys if key not in known)
    return PartState(part, state, present, missing, len(known), len(present))


def _counted_state(part: Part, done: int, present: int) -> Answer:
    left = len(part.keys) - done
    if done < part.done_at_least:
        return Answer.NOT_ASSESSED
    if present >= part.positive_at_least:
        return Answer.PRESENT
    return Answer.NOT_ASSESSED if present + left >= part.positive_at_least else Answer.ABSENT


_Judge = Callable[[Mapping[str, PartState]], tuple[CriterionStatus, str]]


def _strain(parts: Mapping[str, PartState]) -> tuple[CriterionStatus, str]:
    """Two of three signs."""
    states = [state.state for state in parts.values()]
    yes, unknown = states.count(Answer.PRESENT), states.count(Answer.NOT_ASSESSED)
    counted = f"{yes} of 3 signs present, {len(states) - unknown} of 3 examined"
    if yes >= 2:
        return CriterionStatus.MET, counted
    if yes == 1:
        return CriterionStatus.PARTLY, counted
    return (CriterionStatus.CANNOT_TELL if unknown >= 2 else CriterionStatus.NOT_MET), counted


def _tendon(parts: Mapping[str, PartState]) -> tuple[CriterionStatus, str]:
    """Tenderness of the sitting bone and one stretch or load test: both, one, or none of the two."""
    states = [parts["ischial_tenderness"].state, parts["stretch_or_load"].state]
    if states == [Answer.PRESENT, Answer.PRESENT]:
        return CriterionStatus.MET, ""
    if Answer.PRESENT in states:
        return CriterionStatus.PARTLY, ""
    return (CriterionStatus.NOT_MET if Answer.ABSENT in states else CriterionStatus.CANNOT_TELL), ""


def _joint(parts: Mapping[str, PartState]) -> tuple[CriterionStatus, str]:
    """Laslett's rule: counts only with four tests done; centralisation rules it out whatever they show."""
    tests, lumbar = parts["provocation"], parts["no_centralisation"]
    needed = tests.part.done_at_least
    if tests.done < needed:
        counted = f"{tests.done} of {needed} provocation tests done"
    else:
        counted = f"{tests.present} of {tests.done} provocation tests positive"
    if lumbar.state is Answer.ABSENT:
        return CriterionStatus.NOT_MET, counted
    if tests.done < needed:
        return CriterionStatus.CANNOT_TELL, counted
    if tests.present == 0:
        return CriterionStatus.NOT_MET, counted
    met = tests.state is Answer.PRESENT and lumbar.state is Answer.PRESENT
    return (CriterionStatus.MET if met else CriterionStatus.PARTLY), counted


def _nerve(parts: Mapping[str, PartState]) -> tuple[CriterionStatus, str]:
    """Differentiation decides; without it the straight-leg and bent-knee comparison reaches partly at best."""
    differentiation = parts["differentiation"]
    if differentiation.state is Answer.PRESENT:
        second = parts["second_sign"].state is Answer.PRESENT
        return (CriterionStatus.MET if second else CriterionStatus.PARTLY), ""
    if differentiation.done:
        return CriterionStatus.NOT_MET, ""
    fallback = parts["fallback"].state is Answer.PRESENT and parts["neural_symptom"].state is Answer.PRESENT
    return (CriterionStatus.PARTLY if fallback else CriterionStatus.CANNOT_TELL), "no test with differentiation done"


PARTS: Mapping[Hypothesis, set[str]] = {
    Hypothesis.HAMSTRING_STRAIN: {"focal_soreness", "range_lost_both", "stretch_or_resistance"},
    Hypothesis.PHT: {"ischial_tenderness", "stretch_or_load"},
    Hypothesis.SIJ: {"provocation", "no_centralisation"},
    Hypothesis.NERVE: {"differentiation", "second_sign", "fallback", "neural_symptom"},
}
_JUDGES: Mapping[Hypothesis, _Judge] = {
    Hypothesis.HAMSTRING_STRAIN: _strain,
    Hypothesis.PHT: _tendon,
    Hypothesis.SIJ: _joint,
    Hypothesis.NERVE: _nerve,
}


def judge_criteria(view: PainfulView, criteria: Mapping[Hypothesis, Criterion]) -> Mapping[Hypothesis, CriterionResult]:
    """Every criterion against the findings on the painful side."""
    results = {}
    for hypothesis, criterion in criteria.items():
        states = {name: part_state(part, view) for name, part in criterion.parts.items()}
        status, counted = _JUDGES[hypothesis](states)
        results[hypothesis] = CriterionResult(criterion, status, tuple(states.values()), counted)
    return results

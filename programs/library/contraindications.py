"""What does not suit this patient today, and why. A reason is always given; a clinician may override it
with theirs.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clinic.vocabulary.diagnoses import Hypothesis, Irritability, WorkingDiagnosis
from clinic.vocabulary.provenance import Reviewed
from programs.library.exercise import Content, Exercise, Unsuitable
from programs.library.exercises_file import read_unsuitable
from programs.library.reading import Entry, LibraryError, read_toml

CAUTIOUS_STAGE: Final = 1
REFER_FIRST: Final = "The conclusion is to refer; exercises wait for the answer."


@dataclass(frozen=True)
class Rule:
    """One line of the matrix: a kind of content, whom it does not suit, and where that comes from."""

    key: str
    content: Content
    unsuitable: Unsuitable
    sources: tuple[str, ...]
    reviewed: Reviewed


def load_rules(path: Path, sources: Collection[str]) -> tuple[Rule, ...]:
    """Every rule of the file, in order. Raises `LibraryError` at the first thing to mend."""
    data = read_toml(path)
    defaults = data.get("defaults", {})
    rules: list[Rule] = []
    for number, table in enumerate(data.get("rules", []), start=1):
        name = table.get("key", f"rule {number}") if isinstance(table, dict) else f"rule {number}"
        entry = Entry(path.name, str(name), table, defaults)
        rule = Rule(
            key=entry.text("key"),
            content=entry.choice("content", Content),
            unsuitable=read_unsuitable(entry),
            sources=entry.sources(sources),
            reviewed=entry.reviewed(),
        )
        entry.finish()
        if rule.key in {each.key for each in rules}:
            raise LibraryError(path.name, rule.key, "key", "is used twice")
        rules.append(rule)
    return tuple(rules)


def reasons_against(
    exercise: Exercise,
    rules: Iterable[Rule],
    diagnosis: WorkingDiagnosis,
    stage: int | None,
    *,
    irritability: Irritability | None,
    findings: Collection[str] = (),
) -> tuple[str, ...]:
    """Every reason why the exercise does not suit, the exercise's own first; empty when nothing speaks
    against it.

    A stage that is not known counts as stage 1. A mixed picture counts as stage 1 of all four diagnoses.
    Outside the four nothing is known, so nothing is said; to refer speaks against everything.
    """
    if diagnosis is WorkingDiagnosis.REFER:
        return (REFER_FIRST,)
    if diagnosis is WorkingDiagnosis.OUTSIDE:
        return ()
    hypothesis = diagnosis.hypothesis
    hypotheses = tuple(Hypothesis) if hypothesis is None else (hypothesis,)
    known_stage = stage if hypothesis is not None and stage is not None else CAUTIOUS_STAGE
    statements = [*exercise.unsuitable, *(rule.unsuitable for rule in rules if rule.content in exercise.content)]
    reasons = [
        statement.reason
        for statement in statements
        if _applies(statement, hypotheses, known_stage, irritability, findings)
    ]
    return tuple(dict.fromkeys(reasons))


def _applies(
    statement: Unsuitable,
    hypotheses: Collection[Hypothesis],
    stage: int,
    irritability: Irritability | None,
    findings: Collection[str],
) -> bool:
    return (
        any(hypothesis in statement.diagnoses for hypothesis in hypotheses)
        and (not statement.stages or stage in statement.stages)
        and (not statement.irritability or irritability in statement.irritability)
        and (not statement.findings or any(key in findings for key in statement.findings))
        and not any(key in findings for key in statement.unless_findings)
    )

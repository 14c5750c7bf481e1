"""What must be true before the next stage, the order of the self-tests, and how far runs may go in a stage.

Data in criteria.toml, read once when the module is loaded; every criterion carries its sources and standing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from clinic.vocabulary.diagnoses import WorkingDiagnosis
from clinic.vocabulary.provenance import Reviewed, Standing
from programs.library.reading import Entry, LibraryError, read_toml
from programs.progression.reports import Surface
from programs.progression.rules import HERE, known_sources
from programs.progression.runladder import TOP_LEVEL

_OPTIONAL: Final[Mapping[str, int]] = MappingProxyType({"times": 1, "minutes": 0, "limit": 0})


class Kind(StrEnum):
    """How a criterion is answered. `symmetry`: the weaker side in percent of the other."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    PAIN_AT_MOST = "pain_at_most"
    YES = "yes"
    SYMMETRY = "symmetry"
    RUNS = "runs"
    RECENT_PAIN = "recent_pain"


class Need(StrEnum):
    """What else a criterion asks for, as the file names it."""

    EACH = "each"
    CLEAN = "clean"
    NO_LEG = "no_leg"
    ONLY_SPRINTERS = "only_sprinters"


class By(StrEnum):
    """Who can answer it: the runner at home, or the clinician in the room."""

    RUNNER = "runner"
    CLINICIAN = "clinician"


@dataclass(frozen=True)
class Criterion:
    """One thing to be true. `limit` in `unit`, pain of 10, or percent, as its kind says.

    `each_side`: left and right both; `is_clean`: without hip drop and cramp; `times`: on that many days, or that many
    last runs of `minutes` at least; `no_leg`: with no leg symptoms the next morning either.
    """

    check: str
    kind: Kind
    limit: int
    unit: str
    each_side: bool
    is_clean: bool
    times: int
    minutes: int
    no_leg: bool
    only_sprinters: bool
    by: By
    standing: Standing
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Stage:
    """One stage: what to meet before the next, the highest rung of the ladder in it, and surfaces not yet allowed."""

    criteria: tuple[Criterion, ...]
    run_cap: int
    not_on: tuple[Surface, ...]


@dataclass(frozen=True)
class Criteria:
    """Everything in the file."""

    stages: Mapping[tuple[WorkingDiagnosis, int], Stage]
    self_tests: tuple[Criterion, ...]
    first_run: Mapping[WorkingDiagnosis, tuple[Criterion, ...]]
    reviewed: Reviewed


def load_criteria(path: Path, sources: Collection[str]) -> Criteria:
    """The whole file. Raises `LibraryError` at the first thing to mend, also for a stage that is missing or double."""
    whole = Entry(path.name, "", read_toml(path))
    reviewed = whole.reviewed()
    self_tests = tuple(_criterion(each, sources) for each in whole.entries("self_tests"))
    stages: dict[tuple[WorkingDiagnosis, int], Stage] = {}
    for entry in whole.entries("stages"):
        key = (entry.choice("diagnosis", WorkingDiagnosis), entry.whole("stage", 0, 4))
        if key in stages or key[1] not in (key[0].stages or (0,)):
            raise entry.error("stage", f"{key[1]} is described twice or is not a stage of {key[0].value}")
        stages[key] = Stage(
            criteria=tuple(_criterion(each, sources) for each in entry.entries("criteria")),
            run_cap=entry.whole("run_cap", 0, TOP_LEVEL),
            not_on=entry.choices("not_on", Surface),
        )
        entry.finish()
    first_run = {}
    for entry in whole.entries("first_run", optional=True):
        diagnosis = entry.choice("diagnosis", WorkingDiagnosis)
        first_run[diagnosis] = tuple(_criterion(each, sources) for each in entry.entries("criteria"))
        entry.finish()
    whole.finish()
    for diagnosis in WorkingDiagnosis:
        for stage in diagnosis.stages:
            if (diagnosis, stage) not in stages:
                raise LibraryError(path.name, f"{diagnosis.value} {stage}", "stage", "is missing")
    return Criteria(MappingProxyType(stages), self_tests, MappingProxyType(first_run), reviewed)


def _criterion(entry: Entry, sources: Collection[str]) -> Criterion:
    kind = entry.choice("kind", Kind)
    if kind in (Kind.AT_LEAST, Kind.AT_MOST) and not entry.has("unit"):
        raise entry.error("unit", "is missing: a measured criterion names its unit")
    needs = entry.choices("needs", Need)
    criterion = Criterion(
        check=entry.text("check"),
        kind=kind,
        limit=_number(entry, "limit"),
        unit=entry.text("unit", optional=True),
        each_side=Need.EACH in needs,
        is_clean=Need.CLEAN in needs,
        times=_number(entry, "times"),
        minutes=_number(entry, "minutes"),
        no_leg=Need.NO_LEG in needs,
        only_sprinters=Need.ONLY_SPRINTERS in needs,
        by=entry.choice("by", By) if entry.has("by") else By.RUNNER,
        standing=entry.choice("standing", Standing),
        sources=entry.sources(sources),
    )
    entry.finish()
    return criterion


def _number(entry: Entry, key: str) -> int:
    return entry.whole(key, 0, 1000) if entry.has(key) else _OPTIONAL[key]


CRITERIA: Final = load_criteria(HERE / "criteria.toml", known_sources())
SELF_TESTS: Final = CRITERIA.self_tests


def stage_of(diagnosis: WorkingDiagnosis, stage: int | None) -> Stage | None:
    """The rules of a stage; a stage that is not known counts as the first. None for outside and refer."""
    return CRITERIA.stages.get((diagnosis, stage if stage is not None else next(iter(diagnosis.stages), 0)))

"""Which short checks a runner can do at home, and what each of them asks.

They are the criteria of the runner's stage that need nobody else, and the self-tests up to the one being trained. A check
that stands for several criteria is asked once. Words are in `home_check_words`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from clinic.vocabulary.diagnoses import WorkingDiagnosis
from programs.progression.criteria import CRITERIA, SELF_TESTS, By, Criterion, Kind, stage_of

DUE_AFTER_DAYS: Final = 7
HIGHEST: Final[Mapping[str, int]] = MappingProxyType({"s": 600, "times": 200, "min": 1440})
"""The most that can be told, by unit: more is a slip of the finger."""
_AT_HOME: Final = frozenset(Kind) - {Kind.RUNS, Kind.RECENT_PAIN}


@dataclass(frozen=True)
class HomeCheck:
    """One check. `unit` is s, times or min where something is counted, on each side or once; "" where nothing is."""

    key: str
    unit: str
    each_side: bool
    is_yes_no: bool
    is_clean: bool
    asks_pain: bool


def home_check(criteria: Iterable[Criterion]) -> HomeCheck:
    """One check for all criteria of the same key."""
    asked = tuple(criteria)
    counted = [each for each in asked if each.kind in (Kind.AT_LEAST, Kind.AT_MOST, Kind.SYMMETRY)]
    return HomeCheck(
        key=asked[0].check,
        unit=next((each.unit or "times" for each in counted), ""),
        each_side=any(each.each_side or each.kind is Kind.SYMMETRY for each in counted),
        is_yes_no=any(each.kind is Kind.YES for each in asked),
        is_clean=any(each.is_clean for each in asked),
        asks_pain=any(each.kind in (Kind.PAIN_AT_MOST, Kind.AT_LEAST, Kind.SYMMETRY) for each in asked),
    )


def _grouped(criteria: Iterable[Criterion]) -> Mapping[str, HomeCheck]:
    found: dict[str, list[Criterion]] = {}
    for each in criteria:
        if each.by is By.RUNNER and each.kind in _AT_HOME:
            found.setdefault(each.check, []).append(each)
    return {key: home_check(same) for key, same in found.items()}


HOME_CHECKS: Final[Mapping[str, HomeCheck]] = MappingProxyType(
    _grouped(
        [
            *SELF_TESTS,
            *(each for stage in CRITERIA.stages.values() for each in stage.criteria),
            *(each for first in CRITERIA.first_run.values() for each in first),
        ]
    )
)
"""Every check that may be done at home, by key."""


def checks_for(
    diagnosis: WorkingDiagnosis,
    stage: int | None,
    *,
    run_level: int | None,
    self_test: int | None,
    exercises: Collection[str],
) -> tuple[HomeCheck, ...]:
    """The checks of this program: its stage first, then the self-tests in their fixed order.

    `self_test`: how many of them the program builds on; without it they are asked up to the one that is among its
    `exercises`. What comes before a first run is asked on the lowest rung, once the first stage is over.
    """
    rules = stage_of(diagnosis, stage)
    criteria = list(rules.criteria) if rules else []
    if run_level == 0 and stage is not None and stage > 1:
        criteria += CRITERIA.first_run.get(diagnosis, ())
    criteria += SELF_TESTS[: _tests_asked(self_test, exercises)]
    in_order = [test.check for test in SELF_TESTS]
    keys = sorted(_grouped(criteria), key=lambda key: in_order.index(key) if key in in_order else -1)
    return tuple(HOME_CHECKS[key] for key in keys)


def _tests_asked(self_test: int | None, exercises: Collection[str]) -> int:
    if self_test is not None:
        return self_test + 1
    trained = [place for place, test in enumerate(SELF_TESTS, start=1) if test.check in exercises]
    return max(trained, default=0)

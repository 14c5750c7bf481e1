"""The numbers behind every proposal, each with unit, source, standing and a note. Data in rules.toml.

Read once when the module is loaded. `limit("good_days")` is the number; `RULES["good_days"]` says where it comes from.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from clinic.vocabulary.diagnoses import WorkingDiagnosis
from clinic.vocabulary.provenance import Reviewed, Standing
from programs.library.reading import Entry, read_toml

HERE: Final = Path(__file__).parent
STRICTEST: Final = WorkingDiagnosis.MIXED


@dataclass(frozen=True)
class Threshold:
    """One number of a rule. `sources` are keys of the library's sources; `note` says how it is meant."""

    key: str
    value: int
    unit: str
    standing: Standing
    sources: tuple[str, ...]
    note: str


def known_sources() -> frozenset[str]:
    """The source codes a rule may cite: those of the exercise library."""
    return frozenset(read_toml(HERE.parent / "library" / "sources.toml"))


def load_rules(path: Path, sources: Collection[str]) -> tuple[Mapping[str, Threshold], Reviewed]:
    """Every threshold by key, and who reviewed the file. Raises `LibraryError` at the first thing to mend."""
    data = read_toml(path)
    tables = data.pop("thresholds", {})
    whole = Entry(path.name, "", data)
    reviewed = whole.reviewed()
    whole.finish()
    found = {}
    for key, table in tables.items():
        entry = Entry(path.name, key, table)
        found[key] = Threshold(
            key=key,
            value=entry.whole("value", 0, 1000),
            unit=entry.text("unit"),
            standing=entry.choice("standing", Standing),
            sources=entry.sources(sources),
            note=entry.text("note"),
        )
        entry.finish()
    return MappingProxyType(found), reviewed


RULES, RULES_REVIEWED = load_rules(HERE / "rules.toml", known_sources())


def limit(key: str) -> int:
    """The number of one threshold, in the unit it names. Raises `KeyError` for a key the file does not have."""
    return RULES[key].value


def ceiling_of(diagnosis: WorkingDiagnosis) -> int:
    """The pain, 0 to 10, up to which a program of this diagnosis goes on; the strictest where there is no rule."""
    return RULES.get(f"ceiling_{diagnosis.value}", RULES[f"ceiling_{STRICTEST.value}"]).value


def weeks_in_stage(diagnosis: WorkingDiagnosis) -> int | None:
    """Weeks after which a stage that is not finished asks for a review; None where there is no rule."""
    found = RULES.get(f"weeks_{diagnosis.value}")
    return found.value if found else None

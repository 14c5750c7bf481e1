"""From exercises/*.toml to exercises, and the check that every name they mention exists."""

import dataclasses
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

from clinic.vocabulary.diagnoses import Hypothesis, Irritability
from clinic.vocabulary.sides import DoseSide
from programs.library.exercise import (
    Content,
    Equipment,
    Exercise,
    HamstringLength,
    HipBend,
    Kind,
    KneeBend,
    LoadType,
    NeuralBias,
    Position,
    SideRule,
    SijLoad,
    Target,
    Unsuitable,
)
from programs.library.reading import Entry, LibraryError, read_toml
from programs.progression.dose import Dose, DoseError
from programs.progression.dose_shorthand import parse_shorthand
from programs.progression.dose_words import Limb


def load_exercises(folder: Path, sources: Collection[str]) -> Mapping[str, Exercise]:
    """Every exercise of every file, in file order. Raises `LibraryError` at the first thing to mend."""
    found: dict[str, Exercise] = {}
    entries: dict[str, Entry] = {}
    for path in sorted(folder.glob("*.toml")):
        data = read_toml(path)
        defaults = data.pop("defaults", {})
        for key, table in data.items():
            entry = Entry(path.name, key, table, defaults)
            if key in found:
                raise LibraryError(path.name, key, "", f"is already in {entries[key].file}")
            found[key] = _exercise(entry, sources)
            entries[key] = entry
    for key, exercise in found.items():
        _check_neighbours(entries[key], exercise, found)
    return MappingProxyType(_both_ends(found))


def read_dose(entry: Entry, key: str) -> Dose:
    """A dose in typed shorthand, without its side: that is said by its own key."""
    typed = entry.text(key)
    try:
        dose = parse_shorthand(typed)
    except DoseError as error:
        raise entry.error(key, str(error)) from error
    if dose.side is not DoseSide.BOTH:
        raise entry.error(key, "leave the side out here; the key “side” says it")
    return dose


def read_unsuitable(entry: Entry) -> Unsuitable:
    """One statement of whom something does not suit; the caller finishes the entry."""
    unsuitable = Unsuitable(
        diagnoses=entry.choices("diagnoses", Hypothesis, least=1),
        reason=entry.text("reason"),
        stages=entry.wholes("stages"),
        irritability=entry.choices("irritability", Irritability),
        findings=entry.texts("findings"),
        unless_findings=entry.texts("unless_findings"),
    )
    for stage in unsuitable.stages:
        if not 1 <= stage <= 4:
            raise entry.error("stages", f"{stage} is not a stage; stages are 1 to 4")
    return unsuitable


def _exercise(entry: Entry, sources: Collection[str]) -> Exercise:
    rule = entry.choice("side", SideRule)
    each_side = rule is not SideRule.BOTH
    dose = dataclasses.replace(
        _with_tempo(entry, read_dose(entry, "dose")), side=DoseSide.ALTERNATE if each_side else DoseSide.BOTH
    )
    kind = entry.choice("kind", Kind)
    hip, knee = entry.choice("hip_bend", HipBend), entry.choice("knee_bend", KneeBend)
    exercise = Exercise(
        key=entry.key,
        name=entry.text("name"),
        kind=kind,
        targets=entry.choices("target", Target, least=1),
        purpose=entry.text("purpose"),
        start=entry.text("start"),
        steps=entry.texts("steps", least=3, most=5),
        cues=entry.texts("cues", least=2, most=3),
        faults=entry.texts("faults", least=2, most=2),
        breathing=entry.text("breathing", optional=True),
        equipment=entry.choices("equipment", Equipment),
        dose=dose,
        rep_word=entry.text("rep_word", optional=True),
        limb=entry.choice("limb", Limb),
        side_rule=rule,
        load_type=entry.choice("load_type", LoadType),
        hip_bend=hip,
        knee_bend=knee,
        length=HamstringLength.of(hip, knee),
        neural=entry.choice("neural", NeuralBias),
        sij_load=entry.choice("sij_load", SijLoad),
        position=entry.choice("position", Position),
        easier=entry.text("easier", optional=kind is Kind.SELF_TEST),
        harder=entry.text("harder", optional=kind is Kind.SELF_TEST),
        passes=entry.text("passes", optional=kind is not Kind.SELF_TEST),
        result=entry.text("result", optional=kind is not Kind.SELF_TEST),
        finding=entry.text("finding", optional=True),
        disputed=entry.text("disputed", optional=True),
        progressions=entry.texts("progressions"),
        regressions=entry.texts("regressions"),
        content=entry.choices("content", Content),
        unsuitable=tuple(_own_unsuitable(each) for each in entry.entries("unsuitable", optional=True)),
        sources=entry.sources(sources),
        reviewed=entry.reviewed(),
        language=entry.text("language"),
    )
    if each_side and exercise.limb is Limb.NONE:
        raise entry.error("limb", "must be leg or side, because the exercise has sides")
    entry.finish()
    return exercise


def _with_tempo(entry: Entry, dose: Dose) -> Dose:
    if not entry.has("tempo"):
        return dose
    try:
        return dataclasses.replace(dose, tempo=entry.text("tempo"))
    except DoseError as error:
        raise entry.error("tempo", str(error)) from error


def _own_unsuitable(entry: Entry) -> Unsuitable:
    unsuitable = read_unsuitable(entry)
    entry.finish()
    return unsuitable


def _check_neighbours(entry: Entry, exercise: Exercise, known: Collection[str]) -> None:
    for name, keys in (("progressions", exercise.progressions), ("regressions", exercise.regressions)):
        for key in keys:
            if key not in known:
                raise entry.error(name, f"“{key}” is not an exercise of the library")
            if key == exercise.key:
                raise entry.error(name, "an exercise cannot lead to itself")
    for key in set(exercise.progressions) & set(exercise.regressions):
        raise entry.error("progressions", f"“{key}” is also a regression")


def _both_ends(found: Mapping[str, Exercise]) -> dict[str, Exercise]:
    """A step from easier to harder may be written at either end; here it becomes known at both.

    A self-test is no easier exercise: what it leads to does not lead back to it.
    """
    steps = {(key, harder) for key, exercise in found.items() for harder in exercise.progressions}
    steps |= {(easier, key) for key, exercise in found.items() for easier in exercise.regressions}
    graph = {}
    for key, exercise in found.items():
        is_test = exercise.kind is Kind.SELF_TEST
        up = [other for other in found if (key, other) in steps]
        down = [other for other in found if (other, key) in steps and (found[other].kind is Kind.SELF_TEST) is is_test]
        graph[key] = dataclasses.replace(
            exercise, progressions=_first(exercise.progressions, up), regressions=_first(exercise.regressions, down)
        )
    return graph


def _first(written: Collection[str], known: Collection[str]) -> tuple[str, ...]:
    """What the author wrote keeps its order and goes first."""
    return tuple(dict.fromkeys([*(key for key in written if key in known), *known]))

"""Broken content is refused with the file, the entry and the key, so that anybody can mend it."""

import shutil
from pathlib import Path

import pytest

from programs.library.catalogue import FOLDER, LIBRARY, SOURCES, load_sources
from programs.library.contraindications import load_rules
from programs.library.contributor import load_suggestions
from programs.library.exercises_file import load_exercises
from programs.library.protocol import load_protocols
from programs.library.reading import LibraryError


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "library", ignore=shutil.ignore_patterns("*.py", "__pycache__")))


def load_all(folder: Path) -> None:
    sources = load_sources(folder / "sources.toml")
    exercises = load_exercises(folder / "exercises", sources)
    load_protocols(folder / "protocols", exercises, sources)
    load_rules(folder / "contraindications.toml", sources)
    load_suggestions(folder / "contributors.toml", exercises, sources)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_the_content_as_it_is_loads(library: Path) -> None:
    load_all(library)


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "what"),
    [
        ("exercises/nerve.toml", 'name = "Sciatic slider"', "", "nerve.toml: [sciatic_slider]: name:", "is missing"),
        ("exercises/nerve.toml", 'name = "Sciatic slider"', 'name = ""', "nerve.toml: [sciatic_slider]: name:", "must not be empty"),
        ("exercises/nerve.toml", 'name = "Sciatic slider"', 'nmae = "Sciatic slider"', "[sciatic_slider]: name:", "is missing"),
        ("exercises/nerve.toml", 'rep_word = "smooth slides"', 'rep_wrod = "x"', "[sciatic_slider]: rep_wrod:", "is not a key"),
        ("exercises/nerve.toml", 'dose = "1x10 2/d"', 'dose = "1x10 lots"', "[sciatic_slider]: dose:", "“lots” is not understood"),
        ("exercises/nerve.toml", 'dose = "1x10 2/d"', 'dose = "1x10 left"', "[sciatic_slider]: dose:", "leave the side out"),
        ("exercises/nerve.toml", 'progressions = ["sciatic_tensioner"]', 'progressions = ["flying"]', "[sciatic_slider]: progressions:", "“flying” is not an exercise"),
        ("exercises/nerve.toml", 'sources = ["castellote2014", "lin2023"]', 'sources = ["hearsay"]', "[sciatic_slider]: sources:", "“hearsay” is not in sources.toml"),
        ("exercises/nerve.toml", 'sources = ["castellote2014", "lin2023"]', "sources = []", "[sciatic_slider]: sources:", "must have 1 to 20 entries"),
        ("exercises/nerve.toml", 'side = "injured"', 'side = "sinister"', "[sciatic_slider]: side:", "“sinister” is not one of: injured, opposite, both, each"),
        ("exercises/nerve.toml", 'limb = "leg"', 'limb = "none"', "[sciatic_slider]: limb:", "must be leg or side"),
        ("exercises/nerve.toml", 'content = ["slider"]', 'content = ["juggling"]', "[sciatic_slider]: content:", "“juggling” is not one of"),
        ("exercises/nerve.toml", "review_due = 2027-11-22", "review_due = 2026-01-01", "[sciatic_slider]: review_due:", "not after"),
        ("exercises/nerve.toml", "review_due = 2027-11-22", 'review_due = "soon"', "[sciatic_slider]: review_due:", "must be a date"),
        ("exercises/nerve.toml", "[sciatic_tensioner]", "[sciatic_slider]", "nerve.toml:", "Cannot declare"),
        ("exercises/nerve.toml", "[sciatic_slider]", "[walk]", "running.toml: [walk]:", "is already in nerve.toml"),
        ("exercises/drills.toml", 'tempo = "quick"', 'tempo = "jolly"', "[march_skip]: tempo:", "slow, steady, quick"),
        ("exercises/stretches.toml", "stages = [1]", "stages = [9]", "[soft_tissue.unsuitable.1]: stages:", "9 is not a stage"),
        ("protocols/sij.toml", 'exercise = "bird_dog"', 'exercise = "bird_cat"', "sij.toml: [stages.2.lines.2]: exercise:", "“bird_cat” is not"),
        ("protocols/sij.toml", "stage = 2", "stage = 4", "sij.toml: [stages.2]: stage:", "4 is not a stage of sij"),
        ("protocols/sij.toml", "stage = 2", "stage = 1", "sij.toml: [stage 1]: stage:", "is described twice"),
        ("protocols/sij.toml", 'dose = "3x20s r30 daily"\nside = "each"', 'dose = "3x20s"\nside = "both"', "side:", "does not fit an exercise that is done one side at a time"),
        ("protocols/sij.toml", "pain_ceiling = 3", "pain_ceiling = 11", "pain_ceiling:", "from 0 to 10"),
        ("contraindications.toml", 'content = "nordic"', 'content = "viking"', "contraindications.toml: [nordic_strain]: content:", "“viking”"),
        ("contraindications.toml", 'key = "nordic_pht"', 'key = "nordic_strain"', "[nordic_strain]: key:", "is used twice"),
        ("contributors.toml", 'exercise = "clam"', 'exercise = "oyster"', "contributors.toml: [hip_abductor_weak]: exercise:", "“oyster”"),
        ("sources.toml", 'standing = "recalled"', 'standing = "sworn"', "sources.toml: [goom2016]: standing:", "“sworn” is not one of"),
    ],
)  # fmt: skip
def test_a_slip_is_answered_with_file_entry_and_key(
    library: Path, file: str, old: str, new: str, where: str, what: str
) -> None:
    replace(library / file, old, new)
    with pytest.raises(LibraryError) as caught:
        load_all(library)
    assert where in str(caught.value)
    assert what in str(caught.value)


def test_a_missing_stage_is_noticed(library: Path) -> None:
    path = library / "protocols" / "mixed.toml"
    path.unlink()
    with pytest.raises(LibraryError, match=r"mixed\.toml: \[stage 0\]: stage: is missing"):
        load_protocols(path.parent, LIBRARY, SOURCES)


def test_bytes_that_are_not_text_are_refused_by_name(library: Path) -> None:
    (library / "exercises" / "nerve.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LibraryError, match=r"nerve\.toml"):
        load_all(library)

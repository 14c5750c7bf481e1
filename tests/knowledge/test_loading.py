"""A mistake in a knowledge file is named by file, entry and key."""

import re
import shutil

import pytest

from assessments.reasoning import CURRENT, KNOWLEDGE_VERSION, KnowledgeError
from assessments.reasoning.entries import FOLDER
from assessments.reasoning.knowledge_base import load


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "knowledge"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("released"))
    return copy


def _change(folder, name, old, new):
    path = folder / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_the_knowledge_as_it_stands_loads(folder):
    assert load(folder).version == CURRENT.version


def test_the_version_is_a_date_and_a_fingerprint():
    assert re.fullmatch(r"\d{4}\.\d{2}\.\d{2}-[0-9a-f]{6}", KNOWLEDGE_VERSION)


def test_the_version_changes_with_any_content(folder):
    before = load(folder).version
    _change(folder, "contributors.toml", "Overstride", "Over-stride")
    assert load(folder).version != before


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "findings_history.toml",
            'label = "Sitting hurts"',
            "",
            "findings_history.toml, entry 'pain_sitting', key 'label'",
        ),
        ("findings_history.toml", 'source = "goom_2016"', 'source = "nobody"', "key 'source': 'nobody' is not in"),
        ("findings_history.toml", 'standing = "verified"', 'standing = "certain"', "key 'standing': must be one of"),
        ("findings_history.toml", 'section = "history"', 'section = "diary"', "entry 'onset', key 'section'"),
        ("findings_history.toml", 'answer = "presence"', 'answer = "feeling"', "'feeling' is not a kind of answer"),
        ("findings_history.toml", "sided = false", "sided = 0", "key 'sided': must be true or false"),
        ("findings_history.toml", "sided = false", "sidded = false", "key 'sided': is missing"),
        ("findings_history.toml", "highest = 10080", "highest = -1", "entry 'settle_minutes', key 'highest'"),
        ("findings_history.toml", "usual = [0, 720]", "usual = [720, 0]", "key 'usual': must be two numbers, low then"),
        ("findings_history.toml", "usual = [0, 720]", "usual = [0, 20000]", "within 0 and 10080"),
        ("findings_history.toml", "usual = [0, 720]", "usual = [720]", "key 'usual': must be two numbers"),
        ("findings_history.toml", 'feeds = "contributor"', 'feeds = "contributor"\nusual = [0, 9]', "is for measurem"),
        ("findings_history.toml", '"+hamstring_strain"', '"+cramp"', "must be + or - and a hypothesis"),
        ("findings_history.toml", 'unit = "min"', 'unti = "min"', "key 'unti': is not known here"),
        ("findings_history.toml", "review_due = 2027-11-22", "review_due = 2020-01-01", "key 'review_due'"),
        ("findings_neural.toml", 'needs = "slump"', 'needs = "slumpp"', "'slumpp' is not a finding"),
        (
            "red_flags.toml",
            '"bladder_change"',
            '"bladder"',
            "entry 'RF01.rules.1', key 'any': 'bladder' is not a finding",
        ),
        ("red_flags.toml", '"myotome_grade<=3"', '"myotome_grade"', "does not fit how 'myotome_grade' is answered"),
        ("red_flags.toml", '"onset=sudden"', '"onset=slow"', "does not fit how 'onset' is answered"),
        ("red_flags.toml", '"age>=11"', '"age=11"', "must compare the age with a number"),
        ("red_flags.toml", 'tier = "R1"', 'tier = "R0"', "key 'tier': must be one of R1, R2, amber"),
        ("criteria.toml", '["palp_ischial"]', '["palp_isch"]', "entry 'pht.parts.ischial_tenderness', key 'any'"),
        ("contributors.toml", '"slr_degrees<65"', '"slr_degrees"', "entry 'short_hamstring', key 'when'"),
        ("sources.toml", "[sources.dicharry]", "[sources.dicharry", "sources.toml: cannot be read"),
    ],
)
def test_a_mistake_is_named_with_its_place(folder, file, old, new, message):
    _change(folder, file, old, new)
    with pytest.raises(KnowledgeError, match=re.escape(message)):
        load(folder)


def test_a_finding_in_two_files_is_refused(folder):
    path = folder / "findings_zz.toml"
    path.write_text((folder / "findings_hamstring.toml").read_text())
    with pytest.raises(
        KnowledgeError, match=r"findings_zz\.toml, entry 'stretch_pain', key 'key': stands in two files"
    ):
        load(folder)


def test_a_missing_file_is_named(folder):
    (folder / "criteria.toml").unlink()
    with pytest.raises(KnowledgeError, match=r"criteria\.toml: is missing"):
        load(folder)

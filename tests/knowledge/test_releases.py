"""What assessments were signed with is kept: unchanged, replayable, and ahead of anything that gets signed."""

import json
import re
import shutil

import pytest

from assessments.reasoning import CURRENT, RELEASES, KnowledgeError, is_kept, of_version, releases
from assessments.reasoning.entries import FOLDER, KnowledgeFiles
from tests.reasoning.replays import file_of, replayed

VERSIONS = [release.version for release in RELEASES]
LANDED = "2026.11.22-88540e"


def test_the_knowledge_in_use_is_released():
    assert CURRENT.version == VERSIONS[-1], (
        f"The knowledge files were changed ({CURRENT.version}) and the last release is {VERSIONS[-1]}. When the change is "
        'complete, run: manage.py release_knowledge "what changed, in a sentence", then python -m tests.reasoning.replays, '
        "and commit what they wrote. Until then nothing may be signed with it: it could not be replayed."
    )


def test_the_version_of_the_first_signed_assessments_is_kept():
    assert VERSIONS[0] == LANDED
    assert RELEASES[0].digest == "88540eebba571c949fae355108a6b763f137c813ece80fe1d55f018fbcc75d81"
    assert len(of_version(LANDED).findings) == 121


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.version)
def test_a_release_is_what_was_released(release):
    files = KnowledgeFiles(releases.RELEASED_FOLDER / release.version)
    assert (files.version, files.digest) == (release.version, release.digest), (
        f"knowledge/released/{release.version} was edited. Signed assessments rest on it: restore it, write the change in "
        "knowledge/ and release that."
    )
    assert release.says.strip()
    assert of_version(release.version).version == release.version


def test_every_folder_that_is_kept_is_listed_and_no_version_stands_twice():
    kept = {path.name for path in releases.RELEASED_FOLDER.iterdir() if path.is_dir()}
    assert kept == set(VERSIONS)
    assert len(VERSIONS) == len(kept)
    assert [release.released_on for release in RELEASES] == sorted(release.released_on for release in RELEASES)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_program_still_reasons_as_it_did_when_the_version_was_released(version):
    path = file_of(version)
    assert path.exists(), f"{version} has no golden replays; run: python -m tests.reasoning.replays"
    knowledge = of_version(version)
    rows = json.loads(path.read_text(encoding="utf-8"))
    assert len(rows) >= 20
    for number, row in enumerate(rows, start=1):
        kept = json.dumps(row["reasoning"], ensure_ascii=False)
        assert replayed(row["case"], knowledge, row["released"]) == kept, (
            f"Case {number} of {version} is reasoned over differently than when it was released. Assessments signed with "
            "that version would not replay: keep the old rule for the versions before, and never write the golden file anew."
        )


def test_an_edited_release_is_refused(tmp_path, monkeypatch):
    folder = tmp_path / "released"
    shutil.copytree(releases.RELEASED_FOLDER, folder)
    path = folder / LANDED / "weights.toml"
    path.write_text(path.read_text().replace("0.80", "0.81", 1))
    monkeypatch.setattr(releases, "RELEASED_FOLDER", folder)
    releases.files_of.cache_clear()
    of_version.cache_clear()
    with pytest.raises(KnowledgeError, match=r"2026\.11\.22-88540e: is not what was released"):
        of_version(LANDED)
    releases.files_of.cache_clear()
    of_version.cache_clear()


def test_a_version_that_is_not_kept_is_not_made_up():
    assert not is_kept("2025.01.01-000000")
    with pytest.raises(KeyError):
        of_version("2025.01.01-000000")


def test_a_version_is_a_date_and_the_beginning_of_its_fingerprint():
    for release in RELEASES:
        assert re.fullmatch(r"\d{4}\.\d{2}\.\d{2}-[0-9a-f]{6}", release.version)
        assert release.digest.startswith(release.version[-6:])


def test_the_files_of_today_and_the_kept_ones_lie_apart():
    assert not {path.parent for path in FOLDER.glob("*.toml")} & {releases.RELEASED_FOLDER}

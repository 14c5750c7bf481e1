"""Knowledge that is kept: every version an assessment was ever signed with, whole, so that it can be replayed.

knowledge/released/<version>/ holds a copy of all knowledge files as they were, knowledge/released/releases.toml lists the
copies, oldest first, each with its fingerprint and what it brought. Authors write in knowledge/ and release with
`manage.py release_knowledge "what changed"`. A release is never edited: its content must fit its fingerprint.

A rule that is written in code instead (how criteria combine, how bands are held) belongs to no folder. Golden replays
(tests/reasoning/replays) hold the code to what it answered when each version was released: a rule that has to change
keeps its old form for the versions before.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from .entries import CURRENT_FILES, FOLDER, Entry, KnowledgeError, KnowledgeFiles
from .findings import load_findings
from .knowledge_base import CURRENT, Knowledge, assemble

RELEASED_FOLDER = FOLDER / "released"
RELEASES_FILE = RELEASED_FOLDER / "releases.toml"


@dataclass(frozen=True, slots=True)
class Release:
    """One version that is kept. `digest` is the fingerprint of its files, `says` what it brought, in a sentence."""

    version: str
    released_on: date
    digest: str
    says: str


def load_releases() -> tuple[Release, ...]:
    """Every release as listed, oldest first."""
    releases = []
    for version, data in tomllib.loads(RELEASES_FILE.read_text(encoding="utf-8")).get("releases", {}).items():
        entry = Entry(RELEASES_FILE.name, version, data)
        releases.append(Release(version, entry.day("released_on"), entry.text("digest"), entry.text("says")))
        entry.finish()
    return tuple(releases)


RELEASES = load_releases()


def is_kept(version: str) -> bool:
    """Whether what was signed with this version can be replayed for good."""
    return any(release.version == version for release in RELEASES)


@lru_cache(maxsize=16)
def files_of(version: str) -> KnowledgeFiles:
    """The files of that version: released ones, or today's.

    KeyError when it is not kept. KnowledgeError when what is kept is not what was released.
    """
    if version == CURRENT.version:
        return CURRENT_FILES
    release = next((item for item in RELEASES if item.version == version), None)
    if release is None:
        raise KeyError(version)
    files = KnowledgeFiles(RELEASED_FOLDER / version)
    if (files.version, files.digest) != (release.version, release.digest):
        raise KnowledgeError(
            f"released/{version}: is not what was released, its content is {files.version}; restore it"
        )
    return files


@lru_cache(maxsize=16)
def of_version(version: str) -> Knowledge:
    """The knowledge of that version, some 50 ms when it is first asked for; KeyError when it is not kept."""
    if version == CURRENT.version:
        return CURRENT
    files = files_of(version)
    return assemble(files, load_findings(files))

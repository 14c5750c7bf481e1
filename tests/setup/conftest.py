"""A home of its own for each test, where the account PostgreSQL runs as can reach it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded.home import Home


def make_folder() -> Path:
    """A short-lived folder that other accounts may pass through, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="strideback-test-"))
    folder.chmod(0o711)
    return folder


@pytest.fixture
def home() -> Iterator[Home]:
    """An empty home, thrown away afterwards."""
    folder = make_folder()
    yield Home(folder / "home")
    shutil.rmtree(folder)

"""The Dockerfile: every path and command it names exists, and its one build step works."""

import json
import os
import subprocess
import sys
from pathlib import Path

from gunicorn.config import Config

from config.embedded.libraries import TEXT_PACKAGES
from tests.setup.dockerfile import stages

ROOT = Path(__file__).resolve().parents[2]
COLLECT = """
import sys, django
from django.conf import settings
settings.STATIC_ROOT = sys.argv[1]
# the same references are followed and hashed; only the compression, which takes ten seconds, is left out
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
django.setup()
from django.core.management import call_command
call_command("collectstatic", interactive=False, verbosity=0)
"""


def test_every_copied_file_exists() -> None:
    for instructions in stages().values():
        for instruction, rest in instructions:
            if instruction == "COPY" and not rest.startswith("--from"):
                for source in rest.split()[:-1]:
                    assert (ROOT / source).exists(), source


def test_the_build_context_holds_what_is_copied() -> None:
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    for instruction, rest in stages()["build"]:
        if instruction == "COPY":
            assert rest.split()[0] in allowed, rest


def test_every_app_of_ours_is_copied() -> None:
    copied = {rest.split()[0] for instruction, rest in stages()["build"] if instruction == "COPY"}
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages | {"templates", "static", "manage.py"} <= copied


def test_packages_are_installed_by_hash() -> None:
    installs = [rest for instruction, rest in stages()["build"] if instruction == "RUN" and "install" in rest]
    assert installs == ["/venv/bin/pip install --require-hashes --requirement requirements.txt"]


def test_the_image_has_the_text_libraries_and_an_unprivileged_user() -> None:
    app = stages()["app"]
    setup = next(rest for instruction, rest in app if instruction == "RUN")
    assert all(package in setup for package in TEXT_PACKAGES)
    user = next(rest for instruction, rest in app if instruction == "USER")
    assert user not in {"root", "0"}
    assert f"--uid {user} " in setup


def test_the_web_command_is_one_gunicorn_understands() -> None:
    command = json.loads(next(rest for instruction, rest in stages()["app"] if instruction == "CMD"))
    assert command[0] == "gunicorn"
    options = Config().parser().parse_args(command[1:])
    assert options.args == ["config.wsgi:application"]
    assert options.accesslog is None  # the addresses of patients' pages are keys


def test_the_static_files_can_be_collected_with_the_values_of_the_build(tmp_path: Path) -> None:
    assert any(
        "config/server/collectstatic.env" in rest for instruction, rest in stages()["build"] if instruction == "RUN"
    )
    lines = (ROOT / "config/server/collectstatic.env").read_text().splitlines()
    values = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    env = {"PATH": os.environ["PATH"]} | values
    command = [sys.executable, "-c", COLLECT, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert (tmp_path / "staticfiles.json").exists()

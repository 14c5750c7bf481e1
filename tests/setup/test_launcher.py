"""`make run`, asked of the real launcher: one copy, plain words, nothing left running, data kept."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from config.embedded.home import Home
from config.embedded.machine import free_port
from config.embedded.services import Postgres

ROOT = Path(__file__).resolve().parents[2]
# Starts in a home of its own; packages and libraries are there, or the tests would not run.
START = """
import sys
from config.embedded import __main__ as entry, launcher
from config.embedded.home import Home
launcher.packages.ensure = launcher.libraries.ensure_text_libraries = lambda *_: None
entry.COMMANDS["run"] = lambda _: launcher.run(home=Home(sys.argv[1]), steps=())
sys.exit(entry.main(["run"]))
"""
OUTSIDE = {"DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL", "CACHE_URL", "MAKELEVEL", "PORT"}


def command(home: Home) -> list[str]:
    return [sys.executable, "-c", START, str(home.path)]


def env(**given: str) -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key not in OUTSIDE} | given


def refused(home: Home, **given: str) -> str:
    """Start, expect a refusal, return the words."""
    done = subprocess.run(
        command(home), cwd=ROOT, env=env(**given), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    return done.stderr.strip()


@contextmanager
def started(home: Home) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A running copy and its port."""
    port = free_port()
    output = home.path / "output"
    with output.open("w") as out:
        launcher = subprocess.Popen(command(home), cwd=ROOT, env=env(PORT=str(port)), stdout=out, stderr=out, text=True)
    try:
        deadline = time.monotonic() + 120
        while "is ready" not in output.read_text():
            assert launcher.poll() is None, output.read_text()
            assert time.monotonic() < deadline, output.read_text()
            time.sleep(0.1)
        yield launcher, port
    finally:
        if launcher.poll() is None:
            launcher.kill()
            launcher.wait()


def family(launcher: subprocess.Popen[str]) -> list[psutil.Process]:
    """Everything the launcher has started."""
    return psutil.Process(launcher.pid).children(recursive=True)


def left_of(processes: list[psutil.Process], seconds: float = 30) -> list[psutil.Process]:
    """Those still running after a while; zombies nobody reaps do not run."""
    deadline = time.monotonic() + seconds
    while left := [one for one in processes if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]:
        if time.monotonic() > deadline:
            break
        time.sleep(0.1)
    return left


@pytest.mark.live
@pytest.mark.slow
def test_one_copy_serves_a_second_is_refused_and_an_interrupt_stops_everything(home: Home) -> None:
    with started(home) as (launcher, port):
        with urlopen(f"http://localhost:{port}/health/") as answer:
            assert answer.status == 200
        processes = family(launcher)
        names = " ".join(" ".join(one.cmdline()) for one in processes)
        for part in ("postgres", "valkey", "gunicorn", "celery -A config.celery worker", "beat", "mailcatcher"):
            assert part in names
        assert refused(home).startswith(f"It is already running here (process {launcher.pid})")
        launcher.send_signal(signal.SIGINT)
        assert launcher.wait(60) == 0
        assert left_of(processes, 5) == []
    assert "Stopped. Your data stay in" in (home.path / "output").read_text()


@pytest.mark.live
@pytest.mark.slow
def test_kill_9_leaves_nothing_running_and_the_next_start_finds_its_data(home: Home) -> None:
    with Postgres(home) as database, database.connect() as admin:
        admin.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    with started(home) as (launcher, _port):
        processes = family(launcher)
        launcher.kill()
        launcher.wait()
        assert left_of(processes) == []
    with Postgres(home) as database, database.connect() as admin:
        assert admin.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_a_taken_port_is_named_with_the_way_out(home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused(home, PORT=str(port))
    assert said.startswith(f"Port {port} is taken by another program")
    assert f"PORT={port + 1} make run" in said


@pytest.mark.parametrize("port", ["eighty", "80", "70000"])
def test_a_port_that_is_none_is_refused(home: Home, port: str) -> None:
    assert refused(home, PORT=port) == f"PORT is {port}, but has to be a number from 1024 to 65535."


def test_half_a_database_address_is_refused(home: Home) -> None:
    said = refused(home, PORT=str(free_port()), DATABASE_URL="postgresql://app@127.0.0.1/x")
    assert said.startswith("Set both DATABASE_URL")


def test_a_missing_database_server_is_named(home: Home, tmp_path: Path) -> None:
    said = refused(home, PORT=str(free_port()), POSTGRES_BIN=str(tmp_path))
    assert said.startswith(f"POSTGRES_BIN is {tmp_path}, but no PostgreSQL")


def test_a_home_that_is_a_file_is_refused(home: Home, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("")
    done = subprocess.run(
        [*command(home)[:-1], str(place)], cwd=ROOT, env=env(), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.strip().startswith(f"{place} is a file")) == (1, True)


@pytest.fixture
def bootstrap(tmp_path: Path) -> Path:
    """A checkout with nothing but the bootstrap, and a path with nothing but the shell's basic tools."""
    (tmp_path / "config" / "embedded").mkdir(parents=True)
    script = tmp_path / "config" / "embedded" / "bootstrap.sh"
    shutil.copy(ROOT / "config" / "embedded" / "bootstrap.sh", script)
    (tmp_path / "bin").mkdir()
    for tool in ("sh", "dirname", "id", "uname"):
        (tmp_path / "bin" / tool).symlink_to(str(shutil.which(tool)))
    return script


def run_bootstrap(script: Path, action: str) -> subprocess.CompletedProcess[str]:
    path = str(script.parents[2] / "bin")
    return subprocess.run(
        [f"{path}/sh", str(script), action], env={"PATH": path}, capture_output=True, text=True, check=False
    )


def test_without_python_the_bootstrap_says_what_is_needed(bootstrap: Path) -> None:
    done = run_bootstrap(bootstrap, "run")
    assert done.returncode == 1
    assert done.stderr.strip() == "Python 3.11 or newer is needed: install it and run this again."


def test_without_the_venv_module_the_bootstrap_says_what_is_needed(bootstrap: Path) -> None:
    python = bootstrap.parents[2] / "bin" / "python3"
    python.write_text(
        '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; *"%d.%d"*) echo 3.11;; esac\n'  # new enough, but no ensurepip
    )
    python.chmod(0o755)
    done = run_bootstrap(bootstrap, "run")
    assert done.returncode == 1
    assert "python3.11-venv" in done.stderr


def test_stopping_before_anything_was_set_up_is_fine(bootstrap: Path) -> None:
    done = run_bootstrap(bootstrap, "stop")
    assert (done.returncode, done.stdout.strip()) == (0, "Nothing is running here.")

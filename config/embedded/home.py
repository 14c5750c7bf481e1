"""The hidden folder that holds everything of one installation: data, passwords, logs, the lock against a second copy."""

import fcntl
import os
import secrets
import time
from pathlib import Path
from typing import IO

from config.embedded.machine import ROOT, alive
from config.embedded.trouble import Trouble

LOG_LIMIT = 5_000_000


class Home:
    """A folder like `.strideback`. Made on first use; raises Trouble when it cannot be used."""

    def __init__(self, path: Path | str = ROOT / ".strideback") -> None:
        self.path = Path(path).absolute()
        self.lock: IO[str] | None = None
        self._make(self.path, 0o711)  # the database's account passes through; the rest below is private
        self._make(self.path / "logs", 0o700)

    def _make(self, path: Path, mode: int) -> Path:
        try:
            path.mkdir(mode=mode, parents=True, exist_ok=True)
            if path.stat().st_uid == os.geteuid():
                path.chmod(mode)
            with os.scandir(path) as entries:
                next(entries, None)
        except FileExistsError:
            raise Trouble(f"{path} is a file, but a folder is needed there: move it away and start again.") from None
        except OSError as error:
            raise Trouble(f"The folder {path} cannot be used ({error.strerror}): check who owns it.") from None
        if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
            raise Trouble(f"The folder {path} belongs to another user: start as that user, or move the folder away.")
        return path

    def folder(self, name: str) -> Path:
        """A private folder inside."""
        return self._make(self.path / name, 0o700)

    def log(self, name: str) -> Path:
        """The log file of one process; a large one from earlier starts is put aside."""
        path = self.path / "logs" / f"{name}.log"
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".log.old"))
        return path

    def secret(self, name: str) -> str:
        """A random password, made once and kept in a file only its owner can read."""
        path = self.folder("secrets") / name
        try:
            if path.exists() and (kept := path.read_text()):
                return kept
            value = secrets.token_urlsafe(48)
            write_private(path, value)
        except OSError as error:
            raise Trouble(f"The file {path} cannot be used ({error.strerror}): check who owns it.") from None
        return value

    def take(self, wait: float = 30.0) -> None:
        """Become the only copy working in this folder, until this process and its guard have ended.

        After a crash the guard still stops what was left; that is waited for. Raises Trouble while a copy runs.
        """
        path = self.path / "lock"
        try:
            handle = path.open("a+")
        except OSError as error:
            raise Trouble(f"The file {path} cannot be used ({error.strerror}): check who owns it.") from None
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                pid = holder(path)
                if (pid and alive(pid)) or time.monotonic() > deadline:
                    handle.close()
                    raise Trouble(
                        f"It is already running here (process {pid}): use that one, or end it with `make stop`."
                    ) from None
                time.sleep(0.1)
        handle.truncate(0)
        handle.write(f"{os.getpid()}\n")
        handle.flush()
        self.lock = handle

    def give_back(self) -> None:
        """Let the next copy start."""
        if self.lock:
            self.lock.close()
            self.lock = None


def holder(lock: Path) -> int:
    """The process named in a lock file, 0 if there is none."""
    try:
        return int(lock.read_text().strip() or 0)
    except (OSError, ValueError):
        return 0


def write_private(path: Path, text: str) -> None:
    """Write a file of mode 0600 in one step, so that a crash leaves the old one or the new one."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        handle.write(text)
    draft.replace(path)

"""One child process: started in its own session, watched while it gets ready, stopped within a bounded time."""

import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from config.embedded.guard import end, end_group
from config.embedded.home import Home
from config.embedded.interrupts import held
from config.embedded.machine import ROOT, alive, as_account, birth
from config.embedded.trouble import Trouble

POLL_SECONDS = 0.03
DATABASE, BROKER, WORKING = range(3)  # layers: a higher one is stopped before the one it stands on


class Guard:
    """The launcher's end of the guard's pipe. One for each Python process, started with its first child."""

    _current: "Guard | None" = None

    def __init__(self, keep_open: Sequence[int] = ()) -> None:
        self.owner = os.getpid()
        self.child = subprocess.Popen(
            [sys.executable, "-m", "config.embedded.guard"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,
            pass_fds=keep_open,
        )

    @classmethod
    def current(cls, home: Home) -> "Guard":
        """This process's guard; it shares the home's lock, so that the next start waits until the guard is done."""
        if cls._current is None or cls._current.owner != os.getpid() or cls._current.child.poll() is not None:
            cls._current = cls([home.lock.fileno()] if home.lock else [])
        return cls._current

    @classmethod
    def dismiss(cls) -> None:
        """End the guard after everything has been stopped."""
        if cls._current and cls._current.child.stdin:
            cls._current.child.stdin.close()
            cls._current.child.wait()
            cls._current = None

    def note(self, text: str) -> None:
        """Tell the guard; a guard that is gone is replaced with the next start."""
        try:
            if self.child.stdin:
                self.child.stdin.write(text + "\n")
                self.child.stdin.flush()
        except OSError:
            pass


class Process:
    """A child process of this one. `start` returns when it is ready and raises Trouble when it ends before that."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        home: Home,
        env: Mapping[str, str] | None = None,
        ready: Callable[[], bool] | None = None,
        account: pwd.struct_passwd | None = None,
        stop_signal: int = signal.SIGTERM,
        patience: float = 15.0,
        layer: int = WORKING,
        cwd: Path = ROOT,
    ) -> None:
        self.name, self.home = name, home
        self.command = [str(part) for part in command]
        self.env = dict(os.environ if env is None else env)
        self.ready = ready
        self.account, self.cwd = account, cwd
        self.stop_signal, self.patience, self.layer = stop_signal, patience, layer
        self.log = home.log(name)
        self.log_start = 0
        self.child: subprocess.Popen[bytes] | None = None
        self.asked = False  # a second request would make Celery give up its work instead of finishing it

    @property
    def pid(self) -> int:
        """The process id, 0 before the start."""
        return self.child.pid if self.child else 0

    @property
    def running(self) -> bool:
        """Whether it has started and not ended."""
        return self.child is not None and self.child.poll() is None

    def launch(self) -> None:
        """Start without waiting. One that an earlier crash left over is ended first."""
        self._end_left_over()
        self.asked = False
        self.log_start = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as output, held():
            try:
                self.child = subprocess.Popen(
                    self.command,
                    cwd=self.cwd,
                    env=self.env,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                    **as_account(self.account),
                )
            except OSError as error:
                raise Trouble(f"{self.name} cannot be started: {self.command[0]}: {error.strerror}.") from None
            Guard.current(self.home).note(f"+ {self.pid} {self.layer} {int(self.stop_signal)} {self.patience}")
            self._pid_file.write_text(f"{self.pid} {birth(self.pid)}")

    def wait_ready(self, seconds: float = 60.0) -> None:
        """Wait until it answers. Raises Trouble when it ends or stays silent, with the last line of its log."""
        deadline = time.monotonic() + seconds
        while self.ready and not self.ready():
            if not self.running:
                raise Trouble(f"{self.name} ended at once: {self.last_words()} (all of it: {self.log})")
            if time.monotonic() > deadline:
                raise Trouble(f"{self.name} did not answer within {seconds:.0f} seconds: see {self.log}.")
            time.sleep(POLL_SECONDS)

    def start(self) -> Self:
        """Start and wait until it is ready."""
        self.launch()
        try:
            self.wait_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def ask(self) -> None:
        """Ask it to stop without waiting, so that several can stop side by side."""
        if self.child and self.running and not self.asked:
            self.asked = True
            self.child.send_signal(self.stop_signal)

    def stop(self) -> None:
        """Ask, wait for the patience given, then kill with all it started. Stopping twice is fine."""
        if self.child is None:
            return
        if self.running:
            self.ask()
            try:
                self.child.wait(self.patience)
            except subprocess.TimeoutExpired:
                end_group(self.pid)
                self.child.wait()
        end_group(self.pid)
        self._ended()

    def kill(self) -> None:
        """Kill -9 the process and all it started, as a crash would."""
        if self.child:
            end_group(self.pid)
            self.child.wait()
            self._ended()

    def said(self, words: str) -> bool:
        """Whether these words stand in the log since this start."""
        return words in self.output()

    def output(self) -> str:
        """What it wrote since this start."""
        if not self.log.exists():
            return ""
        with self.log.open("rb") as handle:
            handle.seek(self.log_start)
            return handle.read().decode(errors="replace")

    def last_words(self) -> str:
        """The last line it wrote, to be shown with a failure."""
        lines = [line.strip() for line in self.output().splitlines() if line.strip()]
        return lines[-1] if lines else "it said nothing"

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def _pid_file(self) -> Path:
        return self.home.folder("pids") / self.name

    def _ended(self) -> None:
        Guard.current(self.home).note(f"- {self.pid}")
        self._pid_file.unlink(missing_ok=True)
        self.child = None

    def _end_left_over(self) -> None:
        """End the process an earlier launcher left, if the number still means the same process."""
        try:
            number, _, born = self._pid_file.read_text().partition(" ")
            pid = int(number)
        except (OSError, ValueError):
            return
        if alive(pid) and birth(pid) == born:
            end({pid: (self.stop_signal, self.patience)})
        self._pid_file.unlink(missing_ok=True)

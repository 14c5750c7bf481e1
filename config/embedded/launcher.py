"""`make run`: everything from nothing to a page in the browser, and everything stopped again."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from config.embedded import environment as packages
from config.embedded import interrupts, libraries, say
from config.embedded.backing import Backing, backing
from config.embedded.home import Home, holder
from config.embedded.machine import ROOT, alive, free_port, port_taken
from config.embedded.process import Process
from config.embedded.services import MailCatcher, beat, environment, web, worker
from config.embedded.trouble import Trouble

WEB_PORT, MAIL_PORT = 8000, 8025
START_SECONDS = 180.0
LOOK_SECONDS = 0.5


@dataclass(frozen=True)
class Step:
    """A management command of the start. It runs again when a file it depends on has changed, or once for ever."""

    text: str
    command: tuple[str, ...]
    files: tuple[str, ...] = ()

    def mark(self) -> str:
        """Changes when the step has to run again."""
        paths = sorted({path for pattern in self.files for path in ROOT.glob(pattern)})
        return hashlib.sha256(
            b"\0".join([*map(os.fsencode, paths), *(path.read_bytes() for path in paths)])
        ).hexdigest()


MIGRATIONS = ("*/migrations/*.py", "clinic/protection.py", "clinic/grants.py")
LIBRARY = ("programs/library/**/*.toml",)
STEPS = (
    Step("Bringing the database up to date", ("migrate", "--verbosity", "0"), MIGRATIONS),
    Step("Loading the exercise library", ("load_library", "--verbosity", "0"), (*MIGRATIONS, *LIBRARY)),
    Step("Creating a demo clinic with fictional runners (once)", ("demo",)),
)


def run(_arguments: Sequence[str] = (), *, home: Home | None = None, steps: Sequence[Step] = STEPS) -> int:
    """Start, wait for Ctrl-C, stop. Returns the exit code; raises Trouble when it cannot start."""
    interrupts.install()
    port = chosen_port()
    home = home or Home()
    home.take()
    if port_taken(port):
        raise Trouble(
            f"Port {port} is taken by another program: end that one, or choose another port with `PORT={port + 1} make run`."
        )
    say.line("Strideback is starting.")
    try:
        libraries.ensure_text_libraries()
        packages.ensure(packages.LOCAL)
        with backing(home) as behind:
            return _serve(home, behind, port, steps)
    except KeyboardInterrupt:
        say.line(f"Stopped. Your data stay in {home.path}.")
        return 0
    finally:
        home.give_back()


def stop(_arguments: Sequence[str] = ()) -> int:
    """Ask the copy that runs from this folder to stop, and wait until it has."""
    lock = ROOT / ".strideback" / "lock"
    pid = holder(lock)
    if not pid or not alive(pid):
        say.line("Nothing is running here.")
        return 0
    os.kill(pid, 15)
    deadline = time.monotonic() + 60
    while alive(pid):
        if time.monotonic() > deadline:
            raise Trouble(f"Process {pid} has not stopped within a minute: see {lock.parent / 'logs'}.")
        time.sleep(0.1)
    say.line("Stopped.")
    return 0


def chosen_port() -> int:
    """PORT, or 8000. Raises Trouble for something that is no port."""
    text = os.environ.get("PORT") or str(WEB_PORT)
    if not text.isdecimal() or not 1024 <= int(text) <= 65535:
        raise Trouble(f"PORT is {text}, but has to be a number from 1024 to 65535.")
    return int(text)


def _serve(home: Home, behind: Backing, port: int, steps: Sequence[Step]) -> int:
    mail = MailCatcher(home, web_port=free_port(MAIL_PORT))
    site = f"http://localhost:{port}"
    env = environment(home, database=behind.database, broker=behind.broker, mail=mail, site=site)
    env["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
    for step in steps:
        take_step(step, home=home, env=env, marks=behind.marks)
    started = [mail, worker(home, env), beat(home, env), web(home, env, port=port)]
    try:
        with say.step("Starting mail catcher, worker, clock and web server"):
            for process in started:
                process.launch()
            for process in started:
                process.wait_ready(START_SECONDS)
        _welcome(home, site, mail)
        _watch(started)
    finally:
        say.line("Stopping; the worker finishes what it has begun, for at most 15 seconds …")
        for process in reversed(started):
            process.ask()
        for process in reversed(started):
            process.stop()
    return 1


def take_step(step: Step, *, home: Home, env: dict[str, str], marks: Path) -> None:
    """Run one management command unless its mark says it is done. Raises Trouble with its last words."""
    mark = marks / f"done-{step.command[0]}"
    if mark.exists() and mark.read_text() == step.mark():
        return
    log = home.log("setup")
    with say.step(step.text), log.open("ab") as output:
        command = [sys.executable, "manage.py", *step.command]
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=output, stderr=output, check=False)
    if done.returncode:
        words = [line for line in log.read_text(errors="replace").splitlines() if line.strip()][-1:]
        raise Trouble(f"`manage.py {step.command[0]}` failed: {(words or ['it said nothing'])[0]} (all of it: {log})")
    mark.write_text(step.mark())


def _welcome(home: Home, site: str, mail: MailCatcher) -> None:
    say.line()
    say.line(f"Strideback is ready:  {site}")
    say.line(f"The mail it sends:    {mail.address}")
    logins = home.path / "demo-logins.txt"
    if logins.exists():
        say.line()
        say.line(logins.read_text().strip())
    say.line()
    say.line(f"Ctrl-C stops everything; the data stay. Logs: {home.path / 'logs'}")


def _watch(started: Sequence[Process]) -> None:
    """Return when something ended by itself, or when the `make` that started this was killed."""
    parent = os.getppid() if os.environ.get("MAKELEVEL") else 0
    while True:
        for process in started:
            if not process.running:
                raise Trouble(f"{process.name} ended by itself: {process.last_words()} (all of it: {process.log})")
        if parent and os.getppid() != parent:
            return
        time.sleep(LOOK_SECONDS)

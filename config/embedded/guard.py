"""Stops what a killed launcher leaves behind, in the right order, on Linux and macOS alike.

It runs beside the launcher and reads from its pipe which processes were started and which have ended. The pipe closes
when the launcher ends for whatever reason, kill -9 included; what is then still noted is stopped, the last started first.
"""

import os
import signal
import sys
import time
from contextlib import suppress

from config.embedded.machine import alive


def end(pid: int, soft: int, patience: float) -> None:
    """Ask a process to stop, then insist on its whole group."""
    try:
        os.kill(pid, soft)
        deadline = time.monotonic() + patience
        while alive(pid) and time.monotonic() < deadline:
            time.sleep(0.05)
    except (ProcessLookupError, PermissionError):
        pass
    end_group(pid)


def end_group(pid: int) -> None:
    """Kill what is left of a process group; nothing left is fine."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def main() -> None:
    """Read "+ pid signal patience" and "- pid" lines until the pipe closes, then end what is left."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)
    running: dict[int, tuple[int, float]] = {}
    for line in sys.stdin:
        sign, pid, *how = line.split()
        if sign == "+":
            running[int(pid)] = (int(how[0]), float(how[1]))
        else:
            running.pop(int(pid), None)
    for pid, (soft, patience) in reversed(running.items()):
        end(pid, soft, patience)


if __name__ == "__main__":
    main()

"""Stops what a killed launcher leaves behind, in the right order, on Linux and macOS alike.

It runs beside the launcher and reads from its pipe which processes were started and which have ended. The pipe closes
when the launcher ends for whatever reason, kill -9 included; what is then still noted is stopped: what works first,
then the broker, the database last.
"""

import os
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress

from config.embedded.machine import alive


def end(pids: Mapping[int, tuple[int, float]]) -> None:
    """Ask processes to stop, all at once, each with its signal; insist on its whole group when its patience is over."""
    started = time.monotonic()
    for pid, (soft, _patience) in pids.items():
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, soft)
    for pid, (_soft, patience) in pids.items():
        while alive(pid) and time.monotonic() < started + patience:
            time.sleep(0.05)
        end_group(pid)


def end_group(pid: int) -> None:
    """Kill what is left of a process group; nothing left is fine."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def main() -> None:
    """Read "+ pid layer signal patience" and "- pid" lines until the pipe closes, then end what is left, top layer first."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)
    layers: dict[int, dict[int, tuple[int, float]]] = {}
    for line in sys.stdin:
        sign, pid, *how = line.split()
        if sign == "+":
            layers.setdefault(int(how[0]), {})[int(pid)] = (int(how[1]), float(how[2]))
        else:
            for layer in layers.values():
                layer.pop(int(pid), None)
    for _number, layer in sorted(layers.items(), reverse=True):
        end(layer)


if __name__ == "__main__":
    main()

"""What the person at the terminal sees: one line a step, with the seconds it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def line(text: str = "") -> None:
    """Print one line at once, also into a pipe; a closed terminal is no reason to fail."""
    try:
        print(text, flush=True)
    except (BrokenPipeError, OSError):
        sys.stdout = open("/dev/null", "w")  # noqa: SIM115


@contextmanager
def step(text: str) -> Iterator[None]:
    """Announce a step before it starts and say how long it took."""
    started = time.monotonic()
    line(f"  {text} …")
    yield
    seconds = time.monotonic() - started
    if seconds >= 1:
        line(f"    {seconds:.0f} s")

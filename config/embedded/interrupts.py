"""Ctrl-C and the polite kill, held back for the moments in which a child is started but not yet noted."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from config.embedded import say


class _State:
    holding = 0
    asked = False


def install() -> None:
    """Make SIGINT, SIGTERM and SIGHUP raise KeyboardInterrupt once.

    Set explicitly: a program started in the background inherits an ignored SIGINT and would never stop.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _handle)


def _handle(_number: int, _frame: FrameType | None) -> None:
    if _State.asked:
        os.write(2, b"  Still stopping, a moment please.\n")
        return
    _State.asked = True
    if not _State.holding:
        say.line()
        raise KeyboardInterrupt


@contextmanager
def held() -> Iterator[None]:
    """Put off an interruption until the block is done."""
    _State.holding += 1
    try:
        yield
    finally:
        _State.holding -= 1
    if _State.asked and not _State.holding:
        raise KeyboardInterrupt

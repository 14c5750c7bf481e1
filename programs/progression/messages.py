"""Words that leave the pure packages are messages: whole sentences with named gaps, translated by whoever
shows them.
"""

from collections.abc import Callable

Gettext = Callable[[str], str]


def gettext_noop(message: str) -> str:
    """Marks a message for the translators where it is written down; the translation happens where it is
    shown.
    """
    return message

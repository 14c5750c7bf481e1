"""Logs carry ids only: a patient's link is a key, and what is typed into a search is mostly a name. Neither is logged."""

import logging
import re

LINK = re.compile(r"(/(?:my|unsubscribe|calendar)/)[A-Za-z0-9_-]{16,}")
SEARCH = re.compile(r"([?&]q=)[^&\s\"']+")


class HideLinkTokens(logging.Filter):
    """Replaces the secret part of a patient's link, and the words of a search, in message and arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = SEARCH.sub(r"\1(hidden)", LINK.sub(r"\1(hidden)", message))
        if hidden != message:
            record.msg, record.args = hidden, ()
        return True

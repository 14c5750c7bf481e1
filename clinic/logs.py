"""Logs carry ids only: a patient's link is a key and never reaches a log line."""

import logging
import re

LINK = re.compile(r"(/(?:my|unsubscribe)/)[A-Za-z0-9_-]{16,}")


class HideLinkTokens(logging.Filter):
    """Replaces the secret part of a patient's link in message and arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if LINK.search(message):
            record.msg, record.args = LINK.sub(r"\1(hidden)", message), ()
        return True

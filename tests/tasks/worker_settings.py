"""The tests' settings with a lease short enough to see it run out."""

from config.settings.test import *  # noqa: F403

HANDOUT_LEASE_SECONDS = 3
REMINDER_LEASE_SECONDS = 3
LETTER_LEASE_SECONDS = 3
DIGEST_LEASE_SECONDS = 3

"""The runner's calendar address."""

import uuid

from django.db import models

from clinic.models import ClinicOwned


class CalendarFeed(ClinicOwned):
    """One random address per program that a calendar asks for its planned days; it opens nothing else.

    The address is derived from `key` with the server's secret (programs.reminders.feed_links) so that it can be shown
    again; only its hash is looked up. A renewed address has a new key.
    """

    program = models.OneToOneField("programs.Program", on_delete=models.CASCADE, related_name="calendar_feed")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.id)

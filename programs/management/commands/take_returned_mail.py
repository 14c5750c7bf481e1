"""Take a returned or reported mail from standard input, as mail servers hand mail to a program."""

import sys
from email import message_from_binary_file
from typing import Any

from django.core.management.base import BaseCommand

from clinic.tenancy import all_clinic_ids, clinic_scope
from programs.reminders.returned import read_returned, take_returned


class Command(BaseCommand):
    help = "Pipe the mail that reaches the sender's address in here; what is no notice is left alone."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        returned = read_returned(message_from_binary_file(sys.stdin.buffer))
        if returned is None:
            return
        for clinic_id in all_clinic_ids():
            with clinic_scope(clinic_id, actor="system:programs.reminders"):
                if take_returned(returned=returned):
                    return

"""The first steps on a server: a clinic and its first administrator, who chooses a password through the printed link."""

import zoneinfo
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from clinic.invitations import password_link
from clinic.models import Clinic, Membership, Role, User
from clinic.tenancy import clinic_scope


class Command(BaseCommand):
    help = "Create a clinic with its first administrator; prints the link where that person chooses a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="the clinic's name, as patients read it")
        parser.add_argument("--time-zone", default="Europe/London", help="for example Europe/Lisbon")
        parser.add_argument("--administrator", required=True, help="the administrator's name")
        parser.add_argument("--email", required=True, help="the administrator's e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        try:
            validate_email(options["email"])
            zoneinfo.ZoneInfo(options["time_zone"])
        except (ValidationError, zoneinfo.ZoneInfoNotFoundError, ValueError) as error:
            raise CommandError(f"Check --email and --time-zone: {error}") from error
        user = User.objects.filter(email__iexact=options["email"]).first()
        clinic = Clinic(name=options["name"], time_zone=options["time_zone"])
        with clinic_scope(clinic.pk, actor="system:create_clinic"):
            clinic.save(force_insert=True)
            user = user or User.objects.create_user(email=options["email"], name=options["administrator"])
            Membership.objects.create(clinic=clinic, user=user, role=Role.ADMINISTRATOR)
        self.stdout.write(f"{clinic.name} is there. Its administrator logs in as {user.email}.")
        if not user.has_usable_password():
            self.stdout.write(f"Choose a password here: {password_link(user)}")

"""Users, clinics and who works where."""

import uuid
from datetime import time
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models.base import ClinicOwned


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who works in one or more clinics and logs in by e-mail. Patients have no account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("E-mail"), unique=True)
    name = models.CharField(_("Name"), max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        return "".join(part[0] for part in self.name.split()[:2]).upper()


class Clinic(models.Model):
    """One tenant. Emergency words are the clinic's own, since they differ by country."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("Name"), max_length=120)
    phone = models.CharField(_("Telephone"), max_length=40, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    address = models.TextField(_("Address"), max_length=400, blank=True)
    time_zone = models.CharField(_("Time zone"), max_length=64, default="Europe/London")
    language = models.CharField(_("Language"), max_length=10, default="en")
    emergency_number = models.CharField(_("Emergency number"), max_length=20, default="999")
    urgent_number = models.CharField(_("Number for same-day help"), max_length=20, default="111", blank=True)
    emergency_place = models.CharField(_("Where emergencies go"), max_length=60, default="A&E")
    paper = models.CharField(_("Paper"), max_length=6, choices=[("A4", "A4"), ("Letter", "Letter")], default="A4")
    colour = models.CharField(_("Colour on paper"), max_length=7, blank=True, default="", db_default="")
    quiet_from = models.TimeField(_("No reminders from"), default=time(21, 0))
    quiet_until = models.TimeField(_("No reminders until"), default=time(8, 0))
    reminders_per_week = models.PositiveSmallIntegerField(_("Most reminders in a week"), default=4)
    pause_after_ignored = models.PositiveSmallIntegerField(_("Pause after unanswered reminders"), default=4)
    ask_birth_year = models.BooleanField(
        _("Ask runners for their year of birth before their page opens"), default=False, db_default=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class ClinicLogo(ClinicOwned):
    """What stands beside the clinic's name on paper; a row of its own, since the clinic itself is read with every page."""

    image = models.BinaryField(help_text="PNG, drawn anew by clinic.pictures.")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clinic"], name="one_logo_per_clinic")]

    def __str__(self) -> str:
        return str(self.clinic_id)


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    CLINICIAN = "clinician", _("Clinician")
    READER = "reader", _("Reader")


class Membership(ClinicOwned):
    """A person's place in a clinic. Ended, never deleted: signatures keep their author."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=20, choices=Role)
    # As the administrator typed it; empty once the person has come in. The database default keeps older code working.
    invited_as = models.CharField(_("Invited as"), max_length=120, blank=True, default="", db_default="")
    weekly_digest = models.BooleanField(_("A letter every Monday"), default=False, db_default=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clinic", "user"], name="one_membership_per_clinic"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.user_id}"

    @property
    def shown_name(self) -> str:
        """Until the invited person has come in, what the administrator typed: whether an account existed stays unsaid."""
        return self.invited_as or self.user.name

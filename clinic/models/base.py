"""What every clinic-owned record has."""

import uuid

from django.db import models


class ClinicOwned(models.Model):
    """A row of one clinic. The database hides it from every other (see clinic.protection); queries still say which clinic."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey("clinic.Clinic", on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

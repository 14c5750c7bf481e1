"""What was written and what was read, by whom. Append-only: the application's role can neither change nor delete it."""

import uuid

from django.db import models

from clinic.models.base import ClinicOwned


class AuditEntry(models.Model):
    """One write, recorded by the database's own trigger (clinic.protection): the application cannot forget or forge it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey("clinic.Clinic", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    table_name = models.CharField(max_length=63)
    row_id = models.UUIDField()
    operation = models.CharField(max_length=6)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["clinic", "-at"], name="audit_by_time"),
            models.Index(fields=["row_id"], name="audit_by_row"),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.table_name} {self.row_id}"


class AccessEntry(ClinicOwned):
    """One reading of a patient's record, or of a page that lists patients (then without a patient)."""

    user = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+", null=True)
    patient = models.ForeignKey("clinic.Patient", on_delete=models.CASCADE, related_name="+", null=True)
    what = models.CharField(max_length=80)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["clinic", "-created_at"], name="access_by_time")]

    def __str__(self) -> str:
        return f"{self.what} {self.patient_id}"

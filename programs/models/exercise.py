"""The exercise library as rows, so that it can be searched and clinics can add their own."""

import unicodedata
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


def as_searched(text: str) -> str:
    """Text as people look for it: case and accents removed, the same in every database."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


class Exercise(models.Model):
    """Our library (clinic is empty, loaded from programs/library) or a clinic's own exercise."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey("clinic.Clinic", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    key = models.SlugField(max_length=60)
    kind = models.CharField(_("Kind"), max_length=12)
    name = models.CharField(_("Name"), max_length=120)
    search_text = models.TextField(editable=False)
    content = models.JSONField(help_text="All texts and doses of the entry, as loaded.")
    content_hash = models.CharField(max_length=64, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "key"], nulls_distinct=False, name="exercise_key_once_per_clinic"
            ),
        ]

    def __str__(self) -> str:
        return self.name

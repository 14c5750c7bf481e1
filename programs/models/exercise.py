"""The exercise library as rows, so that it can be searched and clinics can add their own."""

import unicodedata
import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.models import ClinicOwned


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
    adapts = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="adaptations",
        help_text="Our entry this clinic's own one replaces; its content holds only what the clinic changed.",
    )
    adapted_hash = models.CharField(
        max_length=64, blank=True, db_default="", help_text="content_hash of our entry when it was adapted."
    )
    video_url = models.URLField(_("Link to a video"), max_length=300, blank=True, db_default="")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "key"], nulls_distinct=False, name="exercise_key_once_per_clinic"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def whole(self) -> dict[str, Any]:
        """All texts and doses of the entry: of an adaptation, ours as it is today with the clinic's changes over it.

        No query when the entry was read with select_related("adapts").
        """
        return {**self.adapts.content, **self.content} if self.adapts else self.content


class ExercisePicture(ClinicOwned):
    """A clinic's own picture of an exercise: never the file that was sent, always one we drew anew from its pixels.

    A picture is never changed, since issued programs show it: another one is another row and the newest counts.
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="pictures")
    image = models.BinaryField(help_text="PNG, at most 1200 pixels wide and high.")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    words = models.CharField(_("What the picture shows"), max_length=300)
    by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(
        null=True, blank=True, help_text="No longer shown with the exercise; programs issued with it keep it."
    )

    def __str__(self) -> str:
        return str(self.id)


class ClinicFigure(ClinicOwned):
    """A drawing a clinic adjusted: the same data as programs.figures/poses, for one exercise of ours or the clinic's own."""

    exercise_key = models.SlugField(max_length=60)
    data = models.JSONField(help_text="One figure as programs.figures.reading takes it.")
    by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clinic", "exercise_key"], name="one_figure_per_exercise")]

    def __str__(self) -> str:
        return self.exercise_key

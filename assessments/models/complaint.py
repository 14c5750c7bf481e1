"""What the runner says and shows: where it hurts, what has become hard, and how it has changed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment
from clinic.models import ClinicOwned


class PainArea(ClinicOwned):
    """One region of the body chart that hurts, and how. Regions and qualities are those of reasoning.body_chart."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="pain_areas")
    region = models.CharField(max_length=40)
    side = models.CharField(max_length=5, blank=True, help_text="left or right; empty for a region in the middle.")
    qualities = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    is_worst = models.BooleanField(_("The worst area"), default=False)
    by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "region", "side"], name="one_area_per_region_and_side"),
            models.UniqueConstraint(fields=["assessment"], condition=models.Q(is_worst=True), name="one_worst_area"),
            models.CheckConstraint(condition=models.Q(side__in=["", "left", "right"]), name="area_side_known"),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.side}"


class Activity(ClinicOwned):
    """Something the runner can no longer do well, in the runner's own words (Patient-Specific Functional Scale)."""

    episode = models.ForeignKey("clinic.Episode", on_delete=models.CASCADE, related_name="activities")
    number = models.PositiveSmallIntegerField(help_text="1 to 3.")
    words = models.CharField(_("Activity in the runner's words"), max_length=120)
    by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["episode", "number"], name="one_activity_per_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1, number__lte=3), name="at_most_three_activities"),
            models.CheckConstraint(condition=~models.Q(words=""), name="activity_has_words"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class OutcomeScore(ClinicOwned):
    """One score of one visit: 0 (cannot) to 10 (as before) for an activity, or -7 to 7 for the change as a whole."""

    class Measure(models.TextChoices):
        PSFS = "psfs", _("Activity (PSFS)")
        GROC = "groc", _("Change as a whole (GROC)")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="outcome_scores")
    measure = models.CharField(max_length=10, choices=Measure)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, null=True, blank=True, related_name="scores")
    value = models.SmallIntegerField()
    by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "measure", "activity"], name="one_score_per_measure", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="score_in_its_range",
                condition=models.Q(measure="psfs", activity__isnull=False, value__gte=0, value__lte=10)
                | models.Q(measure="groc", activity__isnull=True, value__gte=-7, value__lte=7),
            ),
        ]

    def __str__(self) -> str:
        return self.measure

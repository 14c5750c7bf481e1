"""What the clinician concluded. The app lays out evidence; this is where a person decides."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment
from clinic.models import ClinicOwned


class Conclusion(ClinicOwned):
    """Working diagnosis with side, stage, irritability and severity; frozen together with its assessment."""

    class Diagnosis(models.TextChoices):
        HAMSTRING_STRAIN = "hamstring_strain", _("Hamstring strain")
        PHT = "pht", _("Proximal hamstring tendinopathy")
        SIJ = "sij", _("Referred sacroiliac pain")
        NERVE = "nerve", _("Sciatic nerve tension")
        MIXED = "mixed", _("Mixed picture")
        OUTSIDE = "outside", _("None of these")
        REFER = "refer", _("Refer on")

    class Level(models.TextChoices):
        LOW = "low", _("Low")
        MODERATE = "moderate", _("Moderate")
        HIGH = "high", _("High")

    class Severity(models.TextChoices):
        MILD = "mild", _("Mild")
        MODERATE = "moderate", _("Moderate")
        SEVERE = "severe", _("Severe")

    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="conclusion")
    diagnosis = models.CharField(_("Working diagnosis"), max_length=20, choices=Diagnosis)
    side = models.CharField(
        _("Side"), max_length=5, choices=[("left", _("Left")), ("right", _("Right")), ("both", _("Both"))]
    )
    stage = models.PositiveSmallIntegerField(_("Stage"), null=True, blank=True)
    irritability = models.CharField(_("Irritability"), max_length=10, choices=Level, blank=True)
    severity = models.CharField(_("Severity"), max_length=10, choices=Severity, blank=True)
    wording = models.TextField(_("In your own words"), max_length=4000, blank=True)
    unexamined_reason = models.CharField(_("Why the other causes were not examined"), max_length=500, blank=True)
    unscreened_reason = models.CharField(
        _("Why screening questions were not asked"), max_length=500, blank=True, db_default=""
    )
    by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.diagnosis

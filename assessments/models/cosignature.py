"""A second clinician's signature under a signed assessment."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment
from clinic.models import ClinicOwned


class CoSignature(ClinicOwned):
    """A colleague was asked to read a signed assessment, and agreed or said what they see differently.

    The assessment itself stays as it was signed; whoever disagrees writes why, and the signer amends.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        SIGNED = "signed", _("Co-signed")
        DECLINED = "declined", _("Not co-signed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="cosignatures")
    asked_by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    question = models.CharField(_("What to look at"), max_length=500, blank=True)
    words = models.CharField(_("Answer"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(asked_by=models.F("asked_of")), name="another_person_cosigns"),
            models.CheckConstraint(
                name="cosignature_answered",
                condition=models.Q(state="asked", answered_at=None)
                | (~models.Q(state="asked") & models.Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="declined", words=""), name="declined_cosignature_has_reason"
            ),
            models.UniqueConstraint(
                fields=["assessment", "asked_of"],
                condition=models.Q(state__in=["asked", "signed"]),
                name="one_cosignature_per_person",
            ),
        ]

    def __str__(self) -> str:
        return self.state

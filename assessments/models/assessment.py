"""One examination of one episode, its answers, and what was done about red flags."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.models import ClinicOwned


class Assessment(ClinicOwned):
    """A visit's findings. Signing freezes it, in the database too; an amendment is a new version that points back."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SIGNED = "signed", _("Signed")

    episode = models.ForeignKey("clinic.Episode", on_delete=models.CASCADE, related_name="assessments")
    visit = models.PositiveSmallIntegerField(_("Visit"), default=1)
    examined_on = models.DateField(_("Examined on"))
    clinician = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    amends = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="amendments")
    amendment_reason = models.CharField(max_length=300, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    knowledge_version = models.CharField(max_length=40, blank=True)
    shown = models.JSONField(null=True, blank=True, help_text="The reasoning as it stood on the screen when signed.")

    class Meta:
        ordering = ["-examined_on", "-created_at"]
        constraints = [
            models.CheckConstraint(
                name="signed_has_signature",
                condition=models.Q(state="draft", signed_at=None, signed_by=None)
                | models.Q(state="signed", signed_at__isnull=False, signed_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["episode"], condition=models.Q(state="draft"), name="one_open_assessment_per_episode"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_signed(self) -> bool:
        return self.state == self.State.SIGNED


class Answer(ClinicOwned):
    """One finding on one side ("" where a finding has no side). No row, or not_assessed, means it was not examined.

    An answer with `carried_from` is what an earlier visit found. It is shown, marked, and means nothing until confirmed.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=40)
    side = models.CharField(max_length=5, blank=True)
    value = models.CharField(max_length=40, help_text="present, absent, not_assessed, a choice, or a number as text.")
    answered_at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")
    carried_from = models.ForeignKey(
        Assessment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The earlier assessment this answer was taken over from; empty once it was confirmed today.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "key", "side"], name="one_answer_per_finding_and_side"),
            models.CheckConstraint(condition=models.Q(side__in=["", "left", "right"]), name="answer_side_known"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.side}"


class AnswerStream(ClinicOwned):
    """How far the answers sent by one browser have come, so that one sent twice after a lost connection counts once."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="streams")
    device = models.UUIDField(
        help_text="Random, made by the browser for this assessment; says nothing about the device."
    )
    last = models.PositiveBigIntegerField(
        default=0, help_text="Number of the last answer taken, counted by the browser."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "device"], name="one_stream_per_device")]

    def __str__(self) -> str:
        return f"{self.device} {self.last}"


class RedFlagDecision(ClinicOwned):
    """A named clinician acted on a red flag, or released it with a reason. Kept beside the flag for good."""

    class Kind(models.TextChoices):
        ACTED = "acted", _("Acted on")
        RELEASED = "released", _("Released")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="red_flag_decisions")
    flag = models.CharField(max_length=10)
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(_("What was done, or why it is released"), max_length=500)
    by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="red_flag_decision_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.flag} {self.kind}"

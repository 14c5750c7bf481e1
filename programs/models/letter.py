"""Letters about an episode: a draft that is written, then a frozen content; and the paper made from it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.models import ClinicOwned
from programs.models.jobs import Job


class Letter(ClinicOwned):
    """A letter that stands on one signed assessment. Issuing freezes it; the database refuses any change afterwards.

    Stored are the writer's own paragraphs and which sections are left out. Everything else a letter says is composed from
    the record each time it is looked at, until `content` keeps it for good.
    """

    class Kind(models.TextChoices):
        REFERRAL = "referral", _("Referral")
        DISCHARGE = "discharge", _("Discharge")
        GP = "gp", _("Update for the GP")

    episode = models.ForeignKey("clinic.Episode", on_delete=models.CASCADE, related_name="letters")
    assessment = models.ForeignKey("assessments.Assessment", on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(_("Kind of letter"), max_length=10, choices=Kind)
    writer = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")
    recipient_name = models.CharField(_("Name"), max_length=300, blank=True)
    recipient_organisation = models.CharField(_("Practice or hospital"), max_length=300, blank=True)
    recipient_address = models.TextField(_("Address"), max_length=600, blank=True)
    reference = models.CharField(_("Their reference"), max_length=80, blank=True)
    opening = models.TextField(_("Opening"), max_length=4000, blank=True)
    question = models.TextField(_("What is asked"), max_length=4000, blank=True)
    closing = models.TextField(_("Closing"), max_length=4000, blank=True)
    left_out = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    has_chart = models.BooleanField(
        _("Add the progress chart"), default=False, db_default=False, help_text="As of the day the letter is issued."
    )
    revision = models.PositiveIntegerField(default=1, help_text="Counts the times it was written.")
    page = models.UUIDField(null=True, blank=True, help_text="The opened page that wrote it last.")
    changed_at = models.DateTimeField(auto_now=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    content = models.JSONField(null=True, blank=True, help_text="All that the letter says, as issued.")
    content_key = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the content.")

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="issued_letter_has_content",
                condition=models.Q(issued_at=None, content__isnull=True, content_key="")
                | models.Q(issued_at__isnull=False, content__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["assessment", "kind"], condition=models.Q(issued_at=None), name="one_open_letter_per_kind"
            ),
            models.UniqueConstraint(
                fields=["assessment", "content_key"],
                condition=models.Q(issued_at__isnull=False),
                name="same_letter_issued_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_issued(self) -> bool:
        return self.issued_at is not None


class LetterPaper(Job):
    """The PDF of one issued letter, made once by a worker."""

    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="paper")
    pdf = models.BinaryField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "claimed_until"], name="letter_papers_open")]

    def __str__(self) -> str:
        return str(self.id)

"""Where web push finds a runner's phone."""

from django.db import models

from clinic.models import ClinicOwned


class PushSubscription(ClinicOwned):
    """One browser that wants reminders. The push service's address is a secret of the phone; it is only called, never shown."""

    link = models.ForeignKey("programs.PatientLink", on_delete=models.CASCADE, related_name="subscriptions")
    endpoint = models.TextField()
    endpoint_hash = models.CharField(max_length=64, help_text="SHA-256 of the address.")
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=200, blank=True, help_text="By the runner, or what the push service said.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "endpoint_hash"], name="one_subscription_per_browser")]

    def __str__(self) -> str:
        return str(self.id)

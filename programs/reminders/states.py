"""What became of a message, in one word for staff."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.models import Job
from programs.models.jobs import Mail

REFUSED_FROM = 500  # SMTP: the server will never take it; below that it asks to try later
STATES = {
    Job.State.QUEUED: gettext_lazy("Waiting to be sent"),
    Job.State.WORKING: gettext_lazy("Being sent"),
    Job.State.DONE: gettext_lazy("Sent"),
    Job.State.FAILED: gettext_lazy("Failed"),
    Job.State.CANCELLED: gettext_lazy("Not needed"),
}


def is_uncertain(mail: Mail) -> bool:
    """The line broke or the worker died while it was leaving: it may have arrived."""
    return mail.state == Job.State.FAILED and mail.sending_at is not None


def state_of(mail: Mail) -> str:
    """Failed in four ways that staff answer differently: it may have arrived, it came back, it was refused, or nobody took
    it. Only what a server took carries its Message-ID still.
    """
    if is_uncertain(mail):
        return _("Uncertain")
    if mail.state == Job.State.FAILED and (mail.smtp_code or 0) >= REFUSED_FROM:
        return _("Came back") if mail.message_id else _("Refused by the mail server")
    return str(STATES[Job.State(mail.state)])

"""The runner's link by e-mail: staff send it and can take it back for a moment; a runner who lost it gets it at once."""

from datetime import timedelta

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, Value
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from clinic.models import User
from programs.jobs import ring, start_over
from programs.models import LinkMail, Program
from programs.reminders.link_tasks import send_link_mail

UNDO_FOR = timedelta(minutes=2)
WAITING = (LinkMail.State.QUEUED, LinkMail.State.WORKING)


@transaction.atomic
def send_link(
    *, program: Program, kind: LinkMail.Kind | str, by: User | None = None, delay: timedelta = UNDO_FOR
) -> LinkMail:
    """Written down to leave after `delay`; a lost link's leaves at once whatever `delay` says. One that already waits is
    answered again, so a second click sends nothing more. Whether it may leave is judged when it leaves. Three queries.
    """
    Program.objects.select_for_update(of=("self",)).get(pk=program.pk)
    waiting = LinkMail.objects.filter(program=program, kind=kind, state__in=WAITING).first()
    if waiting is not None:
        return waiting
    mail = LinkMail.objects.create(clinic_id=program.clinic_id, program=program, kind=kind, by=by)
    if kind == LinkMail.Kind.LOST or not delay:
        ring(send_link_mail, program.clinic_id, mail.pk)
    else:
        leaves = ExpressionWrapper(Now() + Value(delay), output_field=DateTimeField())
        LinkMail.objects.filter(pk=mail.pk).update(not_before=leaves)  # the sweep rings then
        mail.refresh_from_db(fields=["not_before"])
    return mail


@transaction.atomic
def take_back(*, by: User, mail: LinkMail) -> bool:
    """It does not leave. False when it left already or is leaving. Taking it back twice changes nothing more."""
    reason = _("Taken back by %(name)s before it left.") % {"name": by.name}
    waiting = LinkMail.objects.filter(pk=mail.pk, state=LinkMail.State.QUEUED, sending_at=None)
    changed = waiting.update(state=LinkMail.State.CANCELLED, finished_at=Now(), not_before=None, error=reason)
    return bool(changed)


@transaction.atomic
def resend_link(*, by: User, mail: LinkMail) -> bool:
    """A failed one once more, now. False when it is not the newest, or no longer failed: a second click does nothing."""
    newest = LinkMail.objects.filter(program=mail.program_id, kind=mail.kind).order_by("-created_at").first()
    if newest is None or newest.pk != mail.pk:
        return False
    again = start_over(mail, only_if=[LinkMail.State.FAILED], sending_at=None, smtp_code=None, by=by)
    if again:
        ring(send_link_mail, mail.clinic_id, mail.pk)
    return again

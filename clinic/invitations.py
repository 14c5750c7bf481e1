"""The mail that brings a new colleague in. It names the clinic and the colleague who invites, never a patient."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from clinic.models import Membership, User


def password_link(user: User) -> str:
    """Where a person chooses a password; valid for PASSWORD_RESET_TIMEOUT seconds and until it was used once."""
    kwargs = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=kwargs)


def send_invitation(*, to: User, as_name: str, role: str, inviter: Membership) -> None:
    """One mail over SMTP, in the calling process. Raises SMTPException or OSError when it was not accepted."""
    words = {
        "name": as_name,
        "role": role,
        "inviter": inviter.user.name,
        "clinic": inviter.clinic.name,
        "password_link": "" if to.has_usable_password() else password_link(to),
        "login_link": settings.SITE_URL + reverse(settings.LOGIN_URL),
        "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
    }
    EmailMessage(
        subject=" ".join(render_to_string("clinic/mail/invitation_subject.txt", words).split()),
        body=render_to_string("clinic/mail/invitation.txt", words),
        to=[to.email],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()

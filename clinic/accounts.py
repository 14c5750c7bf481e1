"""How accounts behave here: nobody signs up, people are invited by their clinic; every refusal says what to do."""

from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import password_reset
from allauth.core import context
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.models import User


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]
    """Our words and our rules on top of allauth's flows, which are safe against guessing who has an account."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": gettext_lazy(
            "Too many wrong passwords. Wait five minutes, then try again, or ask for a new password."
        ),
        "email_password_mismatch": gettext_lazy("This e-mail address and password do not belong together. Try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def send_mail(self, template_prefix: str, email: str, context_: dict[str, Any]) -> None:
        """A mail server that does not answer is said in words, the same for an address with and without an account."""
        try:
            super().send_mail(template_prefix, email, context_)
        except (SMTPException, OSError):
            messages.error(context.request, _("The mail could not be sent just now. Try again in a few minutes."))


@receiver(password_reset)
def forget_wrong_passwords(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Whoever has just chosen a new password through their mailbox need not wait for the old wrong tries."""
    ClosedSignup()._delete_login_attempts_cached_email(request, email=user.email)

"""A letter by e-mail: plain text and HTML from two templates of one name, from the clinic, answered to the clinic."""

from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from clinic.models import Clinic


def written(
    *,
    clinic: Clinic,
    to: str,
    subject: str,
    template: str,
    context: dict[str, Any],
    message_id: str,
    headers: dict[str, str] | None = None,
) -> EmailMultiAlternatives:
    """In the language that is active. `subject` names nobody and nothing clinical: it is read on locked screens."""
    context = {"clinic": clinic} | context
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{template}.txt", context),
        from_email=formataddr((clinic.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        to=[to],
        reply_to=[clinic.email] if clinic.email else None,
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"} | (headers or {}),
    )
    mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return mail

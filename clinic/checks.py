"""System checks that say in words what is missing."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register


@register()
def database_addresses(**_kwargs: Any) -> list[Error]:
    if settings.DATABASE_URL:
        return []
    return [
        Error(
            "DATABASE_URL is not set.",
            hint="`make run` starts everything with its own database; servers set it in the environment.",
            id="clinic.E001",
        )
    ]

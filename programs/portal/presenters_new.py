"""The questions of "something new" as the page asks them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from programs.portal.forms import SomethingNew
from programs.progression.screening import QUESTIONS


@dataclass(frozen=True)
class Asked:
    """One question; `said` is "yes", "no", "unsure" or "" for not touched."""

    key: str
    words: str
    urgency: str
    said: str


def asked_questions(form: SomethingNew | None) -> list[Asked]:
    """All of them in their order, with what was chosen when the form comes back."""
    given = form.data if form else {}
    return [Asked(each.key, each.words(_), each.urgency.value, str(given.get(each.key, ""))) for each in QUESTIONS]

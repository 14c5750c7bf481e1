"""First words for the writer's own paragraphs: names, dates and what a red flag asks for. The writer changes all of it."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programs.letters.basis import Basis

CAUSES_ELSEWHERE = ("refer", "outside")


def opening(basis: Basis, kind: str) -> str:
    values = {"name": basis.patient, "age": basis.age, "day": date_format(basis.examined_on, "j F Y")}
    words = {
        "referral": _("Thank you for seeing %(name)s, aged %(age)s, whom I examined on %(day)s."),
        "discharge": _("I write about the end of physiotherapy for %(name)s, aged %(age)s, last examined on %(day)s."),
        "gp": _("I write to keep you informed about %(name)s, aged %(age)s, whom I examined on %(day)s."),
    }[kind]
    return _("Dear colleague,") + "\n\n" + words % values


def question(basis: Basis, kind: str) -> str:
    """What an open or acted-on red flag asks for comes first; else what the conclusion leaves open."""
    flags = basis.panel.get("flags", ())
    asked = [
        flag["referral"] for flag in flags if flag.get("stops") and not flag.get("is_released") and flag.get("referral")
    ]
    if asked:
        return "\n\n".join(asked)
    caution = [flag["action"] for flag in flags if not flag.get("stops") and flag.get("action")]
    if kind == "referral":
        return "\n\n".join([*caution, _opinion(basis)])
    return "\n\n".join(caution) or _("No action is asked of you. Please refer again if the pain comes back or changes.")


def _opinion(basis: Basis) -> str:
    if basis.conclusion and basis.conclusion.diagnosis in CAUSES_ELSEWHERE:
        return _(
            "Please would you assess for a cause other than the hamstring, the sacroiliac joint and the sciatic nerve."
        )
    return _(
        "Please would you give your opinion on the working diagnosis, and on whether imaging would change the plan."
    )


def closing(basis: Basis) -> str:
    phone = _(" on %(phone)s") % {"phone": basis.head.phone} if basis.head.phone else ""
    return _("Please call me%(phone)s with any question.") % {"phone": phone} + "\n\n" + _("With kind regards,")

"""Referrals for red flags: what a hospital needs, from the record only, as a sheet and as text to paste."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.models import Assessment
from assessments.wording import Panel
from assessments.wording.flags import FlagCard
from clinic import presenters
from clinic.models import Clinic, User

R1 = "r1"
CAUDA_EQUINA = "RF01"
URGENCY = {R1: lazy("Emergency: to be seen now"), "r2": lazy("Urgent")}
NO_LINES: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A heading with its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Referral:
    """One sheet: for one red flag, on one page."""

    id: str
    title: str
    urgency: str
    parts: tuple[Part, ...]
    by_hand: tuple[str, ...]

    @property
    def text(self) -> str:
        """The same as plain text."""
        parts = [f"{part.title}\n" + "\n".join(f"- {line}" for line in part.lines) for part in self.parts]
        return "\n\n".join([f"{self.title}\n{self.urgency}", *parts])


def referrals_of(
    assessment: Assessment, panel: Panel, *, clinic: Clinic, by: User, at: datetime
) -> tuple[Referral, ...]:
    """One for every red flag that stops and was not released. No query when patient and clinician are loaded."""
    return tuple(
        Referral(
            id=flag.id,
            title=_("Referral: %(title)s") % {"title": flag.title},
            urgency=str(URGENCY[flag.tier]),
            parts=tuple(part for part in _parts(flag, assessment, clinic, by=by, at=at) if part.lines),
            by_hand=_by_hand(flag),
        )
        for flag in panel.flags
        if flag.stops and not flag.is_released
    )


def _parts(flag: FlagCard, assessment: Assessment, clinic: Clinic, *, by: User, at: datetime) -> Iterable[Part]:
    yield Part(_("To"), (_("%(place)s (emergency number %(number)s)") % {
        "place": clinic.emergency_place, "number": clinic.emergency_number
    },) if flag.tier == R1 else NO_LINES)  # fmt: skip
    yield Part(_("Patient"), _patient(assessment))
    yield Part(_("Asked for"), (flag.referral,))
    yield Part(_("Pathway"), (flag.action,))
    yield Part(_("Found"), (*flag.why, *flag.notes))
    yield Part(_("Also asked or examined for this"), flag.asked)
    yield Part(_("Decided"), (flag.decided,) if flag.decided else NO_LINES)
    yield Part(_("Safety-net, to be said and given to the patient"), _safety_net(clinic))
    yield Part(_("From"), _sender(assessment, clinic, by=by, at=at))


def _by_hand(flag: FlagCard) -> tuple[str, ...]:
    """Lines to fill in on paper: what the record does not know."""
    if flag.id == CAUDA_EQUINA:
        return (_("Urine last passed normally at:"),)
    return NO_LINES if flag.tier == R1 else (_("To:"),)


def _patient(assessment: Assessment) -> tuple[str, ...]:
    episode, patient = assessment.episode, assessment.episode.patient
    born = _("Born %(day)s, %(age)s years") % {
        "day": formats.date_format(patient.date_of_birth, "j M Y"),
        "age": patient.age_on(assessment.examined_on),
    }
    sex = str(patient.get_sex_display()) if patient.sex else ""
    pain = _("Pain: %(where)s") % {"where": presenters.thigh(episode).lower()}
    since = presenters.duration(episode, assessment.examined_on)
    reach = ", ".join(filter(None, [patient.phone, patient.email]))
    lines = (patient.full_name, f"{born}, {sex.lower()}" if sex else born, f"{pain}, {since}" if since else pain, reach)
    return tuple(filter(None, lines))


def _safety_net(clinic: Clinic) -> tuple[str, ...]:
    words = {"number": clinic.emergency_number, "place": clinic.emergency_place}
    return (
        _("Call %(number)s or go to %(place)s at once with: new trouble passing urine or opening the bowels, or not"
          " feeling it; numbness between the legs or no feeling during sex; new numbness or weakness in both legs, or a"
          " floppy foot; sudden chest pain or shortness of breath.") % words,
        _("The same if it gets quickly worse on the way or while waiting."),
    )  # fmt: skip


def _sender(assessment: Assessment, clinic: Clinic, *, by: User, at: datetime) -> tuple[str, ...]:
    examined = _("Examined by %(name)s on %(day)s") % {
        "name": assessment.clinician.name,
        "day": formats.date_format(assessment.examined_on, "j M Y"),
    }
    written = _("Written by %(name)s, %(when)s") % {
        "name": by.name,
        "when": formats.date_format(timezone.localtime(at), "j M Y, H:i"),
    }
    clinic_lines = [" ".join(clinic.address.split()), ", ".join(filter(None, [clinic.phone, clinic.email]))]
    return (examined, written, clinic.name, *filter(None, clinic_lines))

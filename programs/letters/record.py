"""What the patient's record shows of letters: those issued, those being written, and where a new one begins."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from clinic.permissions import Permission
from clinic.timeline import Can, EpisodeNews, Step, Story, TimelineEntry
from programs.letters.queries import Told, told_of_patient
from programs.models import Letter


def story(clinic_id: UUID, patient_id: UUID, can: Can) -> Story:
    """Entries of one patient's letters, and a step for each episode with a signed assessment. One query."""
    told = told_of_patient(clinic_id, patient_id)
    newest: dict[UUID, Told] = {}
    for one in told:  # newest first
        if not one.is_amended:
            newest.setdefault(one.episode_id, one)
    may = can(Permission.SIGN)
    steps = {
        episode_id: EpisodeNews(
            steps=(Step(_("Write a letter"), reverse("programs:letter_new", args=[one.assessment_id])),)
        )
        for episode_id, one in newest.items()
        if may
    }
    return Story(entries=tuple(_entry(one) for one in told if one.letter_id), episodes=steps)


def _entry(told: Told) -> TimelineEntry:
    kind = str(Letter.Kind(told.kind).label)
    url = reverse("programs:letter", args=[told.letter_id])
    if told.issued_at:
        values = {"kind": kind, "name": told.recipient}
        detail = _("%(kind)s, to %(name)s") % values if told.recipient else kind
        return TimelineEntry(
            at=told.issued_at, title=_("Letter issued"), detail=detail, url=url, kind="letter", tone="for"
        )
    detail = _("%(kind)s, by %(name)s") % {"kind": kind, "name": told.writer}
    return TimelineEntry(at=told.created_at, title=_("Letter being written"), detail=detail, url=url, kind="letter")

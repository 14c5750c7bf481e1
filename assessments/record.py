"""What the patient's record shows of assessments: what happened, where each episode stands, what can be done next."""

from collections import defaultdict
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import Conclusion, CoSignature
from assessments.queries import Asked, Told, told_of_patient
from clinic.permissions import Permission
from clinic.timeline import Can, EpisodeNews, Step, Story, TimelineEntry


def story(clinic_id: UUID, patient_id: UUID, can: Can) -> Story:
    """Entries, states and steps of one patient's assessments. One query."""
    by_episode: dict[UUID, list[Told]] = defaultdict(list)
    for told in told_of_patient(clinic_id, patient_id):
        by_episode[told.episode_id].append(told)
    examined = [told for items in by_episode.values() for told in items if told.id]
    amended = {told.amends_id for told in examined if told.is_signed}
    return Story(
        entries=(
            *(_entry(told, is_amended=told.id in amended) for told in examined),
            *(_cosigned(told, asked) for told in examined for asked in told.cosignatures),
        ),
        episodes={key: _news(items, can) for key, items in by_episode.items()},
    )


def _said(told: Told) -> str:
    """ "Proximal hamstring tendinopathy, right"."""
    if not told.diagnosis:
        return ""
    side = Conclusion(side=told.side).get_side_display().lower()
    return f"{Conclusion.Diagnosis(told.diagnosis).label}, {side}"


def _entry(told: Told, *, is_amended: bool) -> TimelineEntry:
    number = {"number": told.visit}
    if not told.is_signed or told.signed_at is None:
        return TimelineEntry(
            at=told.created_at,
            title=_("Assessment opened, visit %(number)s") % number,
            detail=told.clinician,
            url=reverse("assessments:intake", args=[told.id]),
            kind="assessment",
        )
    title = _("Amendment signed, visit %(number)s") if told.amends_id else _("Assessment signed, visit %(number)s")
    return TimelineEntry(
        at=told.signed_at,
        title=title % number,
        detail=_("%(said)s (amended later)") % {"said": _said(told)} if is_amended else _said(told),
        url=reverse("assessments:signed", args=[told.id]),
        kind="assessment",
        tone="caution" if told.diagnosis == Conclusion.Diagnosis.REFER else "quiet",
    )


def _cosigned(told: Told, asked: Asked) -> TimelineEntry:
    """What became of a colleague's co-signature, or that it was asked for."""
    words = {
        CoSignature.State.ASKED: _("%(name)s asked to co-sign, visit %(number)s"),
        CoSignature.State.SIGNED: _("Co-signed by %(name)s, visit %(number)s"),
        CoSignature.State.DECLINED: _("%(name)s did not co-sign, visit %(number)s"),
        CoSignature.State.WITHDRAWN: _("Co-signature no longer asked of %(name)s, visit %(number)s"),
    }[CoSignature.State(asked.state)]
    return TimelineEntry(
        at=asked.at,
        title=words % {"name": asked.name, "number": told.visit},
        detail=asked.words,
        url=reverse("assessments:signed", args=[told.id]),
        kind="assessment",
        tone={"signed": "for", "declined": "caution"}.get(asked.state, "quiet"),
    )


def _news(items: list[Told], can: Can) -> EpisodeNews:
    """States and steps of one episode; `items` newest first."""
    draft = next((told for told in items if told.id and not told.is_signed), None)
    signed = next((told for told in items if told.is_signed), None)
    states, steps = [], []
    if draft:
        states.append(_("Draft, visit %(number)s") % {"number": draft.visit})
        may = can(Permission.ASSESS)
        text = _("Go on with the assessment") if may else _("Look at the open assessment")
        steps.append(Step(text, reverse("assessments:intake", args=[draft.id]), main=may))
    if signed:
        stage = _(", stage %(stage)s") % {"stage": signed.stage} if signed.stage else ""
        states.append(_said(signed) + stage)
        steps.append(Step(_("Open the signed assessment"), reverse("assessments:signed", args=[signed.id])))
    if not draft and can(Permission.ASSESS) and items[0].closed_on is None:
        text = _("Start the follow-up") if signed else _("Start the assessment")
        address = reverse("assessments:start", args=[items[0].episode_id])
        steps.append(Step(text, address, main=not signed, post=True))
    return EpisodeNews(states=tuple(state for state in states if state), steps=tuple(steps))

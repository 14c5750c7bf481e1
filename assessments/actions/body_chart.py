"""Marking the body chart. A region nobody changed is not written again; one changed by somebody else is left alone."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.actions.drafts import locked_draft
from assessments.actions.streams import taken_before
from assessments.chart import IDS, ChartGiven, Marked, area_of, place_id, place_words, qualities_words, state_of
from assessments.models import Assessment, PainArea
from assessments.reasoning.body_chart import Area, Place
from assessments.sending import Sent
from clinic.models import User

Rows = dict[Place, PainArea]


@dataclass
class ChartOutcome:
    """What became of a chart that was sent. `removed` can be put back as they were; `overtaken` says why not, in words."""

    saved: list[Area] = field(default_factory=list)
    removed: list[Area] = field(default_factory=list)
    overtaken: dict[Place, str] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        return bool(self.saved or self.removed)


@transaction.atomic
def mark_chart(*, by: User, assessment: Assessment, given: ChartGiven, sent: Sent | None = None) -> ChartOutcome:
    """Store every region that may be stored and say for each other one why not. At most seven queries, however many.

    Nothing is answered from it: findings stay as they are until a clinician agrees. A message sent again (`sent`) writes
    nothing.
    """
    draft = locked_draft(assessment)
    if sent is not None and taken_before(assessment=draft, sent=sent):
        return ChartOutcome()
    rows: Rows = {
        (row.region, row.side): row
        for row in PainArea.objects.filter(clinic_id=draft.clinic_id, assessment=draft).select_related("by")
    }
    outcome = ChartOutcome()
    for item in given.marked:
        _apply(item, rows.get(item.place), outcome)
    _store(draft, by, rows, outcome)
    if given.worst is not None and given.worst != given.worst_seen:
        _choose_worst(draft, by, given, outcome)
    return outcome


def _apply(item: Marked, row: PainArea | None, outcome: ChartOutcome) -> None:
    before = area_of(row) if row else None
    wanted, stored = state_of(item.area), state_of(before)
    if wanted in (stored, item.seen):
        return
    if item.seen != stored:
        outcome.overtaken[item.place] = _overtaken_words(item, row)
    elif item.area is None and before is not None:
        outcome.removed.append(before)
    elif item.area is not None:
        outcome.saved.append(item.area)


def _overtaken_words(item: Marked, row: PainArea | None) -> str:
    mine = (qualities_words(item.area) or _("marked")) if item.area else _("not marked")
    names = {"area": place_words(item.place), "mine": mine}
    if row is None:
        return _("%(area)s was removed meanwhile; “%(mine)s” was not saved. Mark it again if you disagree.") % names
    names |= {"who": row.by.name, "theirs": qualities_words(area_of(row)) or _("marked")}
    return _("%(area)s: %(who)s recorded “%(theirs)s” meanwhile; “%(mine)s” was not saved.") % names


def _store(draft: Assessment, by: User, rows: Rows, outcome: ChartOutcome) -> None:
    mine = PainArea.objects.filter(clinic_id=draft.clinic_id, assessment=draft)
    if outcome.removed:
        mine.filter(pk__in=[rows[area.place].pk for area in outcome.removed]).delete()
    if outcome.saved:
        PainArea.objects.bulk_create(
            [
                PainArea(
                    clinic_id=draft.clinic_id,
                    assessment=draft,
                    region=area.region,
                    side=area.side,
                    qualities=list(area.qualities),
                    is_worst=area.place in rows and rows[area.place].is_worst,
                    by=by,
                )
                for area in outcome.saved
            ],
            update_conflicts=True,
            unique_fields=["assessment", "region", "side"],
            update_fields=["qualities", "by"],
        )


def _choose_worst(draft: Assessment, by: User, given: ChartGiven, outcome: ChartOutcome) -> None:
    """One worst area, or none. An area that is not marked (any more) cannot be the worst."""
    mine = PainArea.objects.filter(clinic_id=draft.clinic_id, assessment=draft).select_related("by")
    now = {place_id((row.region, row.side)): row for row in mine}
    stored = next((name for name, row in now.items() if row.is_worst), "")
    wanted = given.worst or ""
    if wanted == stored or (wanted and wanted not in now):
        return
    if stored and given.worst_seen != stored:
        words = _("%(who)s chose %(area)s as the worst area meanwhile; yours was not saved.")
        outcome.overtaken[IDS[stored]] = words % {"who": now[stored].by.name, "area": place_words(IDS[stored])}
        return
    for name, is_worst in ((stored, False), (wanted, True)):
        if name:
            mine.filter(pk=now[name].pk).update(is_worst=is_worst, by=by)
            outcome.saved.append(area_of(now[name]))

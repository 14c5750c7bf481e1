"""What the runner says about the course: three activities in the runner's words, their scores, the change as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from assessments.actions.drafts import locked_draft
from assessments.errors import AnsweredMeanwhile, AnswerRefused, Refused
from assessments.models import Activity, Assessment, OutcomeScore
from assessments.reasoning.outcomes import GROC, OUTCOMES, PSFS
from assessments.said import WORDS, Said
from clinic.models import User

LONGEST_WORDS = 120


@dataclass
class Told:
    """What became of what was said, by place: stored now, and for each that was not written the reason."""

    saved: set[str] = field(default_factory=set)
    refused: dict[str, Refused] = field(default_factory=dict)
    overtaken: set[str] = field(default_factory=set)


class _Sheet:
    """The measures of one draft under its lock, kept true while they are written one after the other."""

    def __init__(self, draft: Assessment, by: User) -> None:
        self.draft, self.by = draft, by
        signed = OutcomeScore.objects.filter(activity=OuterRef("pk"), assessment__state=Assessment.State.SIGNED)
        own = Activity.objects.filter(clinic_id=draft.clinic_id, episode_id=draft.episode_id)
        rows = list(own.select_related("by").annotate(is_kept=Exists(signed)))
        self.kept = {row.number for row in rows if row.is_kept}
        self.activities: dict[int, Activity] = {row.number: row for row in rows}
        scores = OutcomeScore.objects.filter(clinic_id=draft.clinic_id, assessment=draft).select_related("by")
        self.scores = {row.activity_id: row for row in scores}

    def row(self, item: Said) -> Activity | OutcomeScore | None:
        activity = self.activities.get(item.number)
        if item.kind == WORDS:
            return activity
        return self.scores.get(activity.pk if activity else None) if item.number == 0 or activity else None

    def stored(self, item: Said) -> str:
        row = self.row(item)
        if row is None:
            return ""
        return row.words if isinstance(row, Activity) else str(row.value)

    def write(self, item: Said) -> None:
        if item.kind == WORDS:
            self._write_words(item)
        else:
            self._write_score(item)

    def _write_words(self, item: Said) -> None:
        activity = self.activities.get(item.number)
        if item.number in self.kept:
            raise AnswerRefused(
                _(
                    "This activity was scored at a signed visit, so its words stay. Name another activity in a free line."
                )
            )
        if len(item.value) > LONGEST_WORDS:
            raise AnswerRefused(_("Say it in %(most)s letters or fewer.") % {"most": LONGEST_WORDS})
        if not item.value:
            if activity is not None:
                activity.delete()
                self.scores.pop(activity.pk, None)
                del self.activities[item.number]
            return
        if activity is None:
            activity = Activity(
                clinic_id=self.draft.clinic_id, episode_id=self.draft.episode_id, number=item.number, by=self.by
            )
        activity.words, activity.by = item.value, self.by
        activity.save()
        self.activities[item.number] = activity

    def _write_score(self, item: Said) -> None:
        activity = self.activities.get(item.number)
        if item.number and activity is None:
            raise AnswerRefused(_("Name the activity first, then score it."))
        measure = OUTCOMES[PSFS if item.number else GROC]
        key = activity.pk if activity else None
        row = self.scores.get(key)
        if not item.value:
            if row is not None:
                row.delete()
                del self.scores[key]
            return
        value = _whole(item.value)
        if value is None or not measure.lowest <= value <= measure.highest:
            words = _("Choose a whole number from %(low)s to %(high)s.")
            raise AnswerRefused(words % {"low": measure.lowest, "high": measure.highest})
        if row is None:
            row = OutcomeScore(
                clinic_id=self.draft.clinic_id, assessment=self.draft, measure=measure.key, activity=activity
            )
        row.value, row.by = value, self.by
        row.save()
        self.scores[key] = row


def _whole(text: str) -> int | None:
    plain = text.replace("−", "-")
    return int(plain) if plain.removeprefix("-").isdecimal() and len(plain) < 4 else None


@transaction.atomic
def record_outcomes(*, by: User, assessment: Assessment, said: Iterable[Said]) -> Told:
    """Store what was said and say for everything else why not. Three queries, and one for each thing written.

    An activity keeps its words from its first signed score on, by the database too: another thing that has become hard is
    another activity. What a colleague changed since it was shown (`seen`) is left as it is. "" clears.
    """
    sheet = _Sheet(locked_draft(assessment), by)
    told = Told()
    for item in said:
        before = sheet.stored(item)
        if item.value == before or (item.seen is not None and item.value == item.seen):
            continue
        if not item.expects(before):
            told.refused[item.place] = AnsweredMeanwhile(_overtaken(sheet.row(item), before))
            told.overtaken.add(item.place)
            continue
        try:
            sheet.write(item)
        except AnswerRefused as error:
            told.refused[item.place] = error
        else:
            told.saved.add(item.place)
    return told


def _overtaken(row: Activity | OutcomeScore | None, before: str) -> str:
    if row is None:
        return _("This was cleared meanwhile; yours was not saved. Answer again if you disagree.")
    words = _("%(who)s recorded “%(theirs)s” meanwhile; yours was not saved. Answer again if you disagree.")
    return words % {"who": row.by.name, "theirs": before}

"""Something new, as the program's page shows it at the very top until somebody has dealt with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from programs.models import NewSymptom
from programs.progression.reports import LATE_FROM
from programs.progression.screening import Urgency, question, urgency_of


@dataclass(frozen=True)
class NewSymptomView:
    """One answer of the runner's: questions answered yes and those left open, in the words they were asked in."""

    row: NewSymptom
    said_yes: Sequence[str]
    left_open: Sequence[str]
    is_emergency: bool
    late_h: int


@dataclass(frozen=True)
class NewSymptomsView:
    """Everything nobody has dealt with, oldest first. `until` is the arrival of the newest one shown."""

    shown: Sequence[NewSymptomView]
    is_urgent: bool
    is_emergency: bool
    until: str


def new_symptoms_view(rows: Sequence[NewSymptom]) -> NewSymptomsView | None:
    """None when nothing new is open. An answer without a yes and with nothing left open needs nobody."""
    open_ones = [_view(row) for row in rows if row.is_urgent or None in row.answers.values()]
    if not open_ones:
        return None
    return NewSymptomsView(
        shown=open_ones,
        is_urgent=any(each.row.is_urgent for each in open_ones),
        is_emergency=any(each.is_emergency for each in open_ones),
        until=max(each.row.created_at for each in open_ones).isoformat(),
    )


def _view(row: NewSymptom) -> NewSymptomView:
    gap = row.created_at - row.told_at
    return NewSymptomView(
        row=row,
        said_yes=[question_words(key) for key, said in row.answers.items() if said],
        left_open=[question_words(key) for key, said in row.answers.items() if said is None],
        is_emergency=urgency_of(row.answers) is Urgency.EMERGENCY,
        late_h=int(gap.total_seconds() // 3600) if gap >= LATE_FROM else 0,
    )


def question_words(key: str) -> str:
    """As it was asked; a question of an older version by its key."""
    asked = question(key)
    return asked.words(_) if asked else key

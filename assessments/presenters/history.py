"""What was found before today, beside each finding: shown, never counted, and carried over only when somebody says so."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.safestring import SafeString

from assessments.actions.carrying import may_be_carried
from assessments.answers import Place
from assessments.mapping import Answers
from assessments.models import Answer, Assessment
from assessments.presenters.rows import SIDE_WORDS
from assessments.reasoning import FINDINGS
from assessments.wording.labels import value_words


@dataclass(frozen=True)
class Before:
    """What one side was found like, and whether it waits in today's examination to be confirmed."""

    place: str
    side: str
    words: str
    is_carried: bool


@dataclass(frozen=True)
class FoundThen:
    """One finding as the newest visit that examined it found it. `may_carry` while nothing is answered today."""

    key: str
    label: str
    day: str
    visit_id: UUID
    sides: tuple[Before, ...]
    may_carry: bool

    @property
    def is_carried(self) -> bool:
        return any(side.is_carried for side in self.sides)


@dataclass(frozen=True)
class Visit:
    """An earlier signed visit, to be opened beside the page."""

    id: UUID
    number: int
    day: str
    is_other_episode: bool


@dataclass
class History:
    """Everything known from before, by finding; `visits` newest first."""

    visits: list[Visit] = field(default_factory=list)
    found: dict[str, list[Answer]] = field(default_factory=dict)

    @property
    def carries(self) -> bool:
        """Whether anything of this episode was found before."""
        return bool(self.found)


def history_of(rows: Iterable[Answer], visits: Iterable[Assessment] = (), *, episode_id: UUID) -> History:
    """`rows` are queries.earlier_answers, `visits` queries.earlier_visits."""
    today = timezone.localdate()
    found: dict[str, list[Answer]] = defaultdict(list)
    for row in rows:
        if row.key in FINDINGS:
            found[row.key].append(row)
    shown = [
        Visit(visit.pk, visit.visit, day_words(visit.examined_on, today), visit.episode_id != episode_id)
        for visit in visits
    ]
    return History(shown, dict(found))


def day_words(day: date, today: date) -> str:
    """ "12 Nov", with the year when it is another one."""
    return formats.date_format(day, "j M" if day.year == today.year else "j M Y")


def found_then(key: str, history: History, answers: Answers) -> FoundThen | None:
    """What stands beside a finding; None when no earlier visit of this episode examined it."""
    rows = history.found.get(key)
    if not rows:
        return None
    newest = max(rows, key=lambda row: row.assessment.visit).assessment
    today = timezone.localdate()
    sides = tuple(_before(row, newest, answers, today) for row in rows)
    return FoundThen(
        key=key,
        label=FINDINGS[key].label,
        day=day_words(newest.examined_on, today),
        visit_id=newest.pk,
        sides=sides,
        may_carry=may_be_carried(key) and any((row.key, row.side) not in answers for row in rows),
    )


def _before(row: Answer, newest: Assessment, answers: Answers, today: date) -> Before:
    words = value_words(FINDINGS[row.key], row.value)
    if row.side:
        words = f"{str(SIDE_WORDS[row.side]).lower()} {words}"
    if row.assessment_id != newest.pk:
        words = f"{words} ({day_words(row.assessment.examined_on, today)})"
    mine = answers.get((row.key, row.side))
    place = f"{row.key}-{row.side}" if row.side else row.key
    return Before(place, row.side, words, mine is not None and mine.carried_from_id is not None)


def before_html(found: FoundThen | None, *, assessment_id: UUID, can_write: bool, swap: bool = False) -> SafeString:
    """The line under the name of a finding. Empty where nothing was found before."""
    if found is None:
        return SafeString("")
    context = {"found": found, "assessment_id": assessment_id, "can_write": can_write, "swap": swap}
    return render_to_string("assessments/before.html", context)


def lines_before(history: History, answers: Answers, *, assessment_id: UUID, can_write: bool) -> Mapping[str, str]:
    """The lines of all findings that have one, by finding."""
    return {
        key: before_html(found_then(key, history, answers), assessment_id=assessment_id, can_write=can_write)
        for key in history.found
    }


def carried_values(answers: Answers) -> dict[Place, str]:
    """Carried answers nobody confirmed, with their values, as the rows mark them."""
    return {place: row.value for place, row in answers.items() if row.carried_from_id is not None}

"""A row of the caseload: who, why with its fact, the line, adherence, one next step, and what may be put off."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.models import Patient
from programs.caseload.handling import mark_of
from programs.caseload.progress import WINDOW, TwoWeeks
from programs.caseload.reasons import ATTENTION, Reason, missing_in
from programs.caseload.sparkline import Line, pain_line
from programs.caseload.why import Case, Why, why_of
from programs.models import Program, Standing
from programs.presenters.handover import missing_words
from programs.presenters.words import condition_of
from programs.progression.adherence import Adherence
from programs.progression.decision_words import window_words

NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Links:
    """The record behind the name, the program behind the next step, its charts, and where a case is put off."""

    patient: str
    program: str
    progress: str
    handle: str


@dataclass(frozen=True)
class Row:
    """`seen` marks the facts that are shown, for putting them off; empty where there is nothing to put off. `handled`: the
    newest handling of a case that was put off, to take it back."""

    program: UUID
    patient: Patient
    condition: str
    why: Why
    line: Line | None
    done: str
    rest: str
    links: Links
    note: str = ""
    seen: str = ""
    handled: UUID | None = None


@dataclass(frozen=True)
class EndedRow:
    patient: Patient
    condition: str
    reason: str
    links: Links


@lru_cache(maxsize=8)
def _address(name: str) -> str:
    """An address with a gap: working fifty out one by one costs more than the rest of a row."""
    return reverse(name, args=[NOBODY]).replace(str(NOBODY), "%s")


def links_of(program: Program, place: str = "") -> Links:
    return Links(
        patient=_address("clinic:patient") % program.episode.patient_id,
        program=_address("programs:program") % program.pk + (place and f"#{place}"),
        progress=_address("programs:progress") % program.pk,
        handle=_address("programs:case_handle") % program.pk,
    )


def _told(standing: Standing, counts: Adherence, today: date) -> tuple[str, str]:
    """What was done, and what was not done honestly apart from what was not reported: the words of the program's own page
    ("9 of 12 planned done, 2 skipped, 1 not reported, last 14 days") on two lines.
    """
    if counts.planned:
        done, _comma, rest = window_words(counts, WINDOW.days, _).partition(", ")
        return done, rest
    if standing.starts_on > today:
        return _("nothing due"), _("first session %(day)s") % {"day": date_format(standing.starts_on, "j F")}
    return _("nothing due"), _("first session today") if counts.not_yet else _("nothing planned in these two weeks")


def row_of(case: Case, weeks: TwoWeeks) -> Row:
    """One running program with its one reason; a handover that is open is a quiet note."""
    standing, program, today = case.standing, case.standing.program, case.today
    missing = missing_words(missing_in(standing.handover_missing))
    why = why_of(case)
    done, rest = _told(standing, weeks.counts, today)
    may_wait = case.reason in ATTENTION and case.reason is not Reason.NEW_SYMPTOM
    return Row(
        program=program.pk,
        patient=program.episode.patient,
        condition=condition_of(program),
        why=why,
        line=pain_line(weeks.pain, standing.ceiling, today, weeks.planned_days) if weeks.pain else None,
        done=done,
        rest=rest,
        links=links_of(program, why.place),
        note=_("Not handed over yet: %(missing)s") % {"missing": missing} if missing else "",
        seen=mark_of(standing) if may_wait else "",
        handled=case.handling.pk if case.handling and case.reason is Reason.PUT_OFF else None,
    )


def open_handover_row_of(case: Case, weeks: TwoWeeks) -> Row:
    """The same program in the list of those that are not handed over."""
    row, missing = row_of(case, weeks), missing_in(case.standing.handover_missing)
    why = Why("quiet", _("Not handed over"), missing_words(missing), _("Finish"))
    return replace(row, why=why, note="", seen="", handled=None, links=links_of(case.standing.program, "handover"))


def ended_row_of(standing: Standing) -> EndedRow:
    program = standing.program
    day = date_format(program.ended_at, "j F Y") if program.ended_at else ""
    return EndedRow(
        patient=program.episode.patient,
        condition=condition_of(program),
        reason=_("Ended on %(day)s") % {"day": day},
        links=links_of(program),
    )


def title_of(attention: int, running: int) -> str:
    """The page's title is a sentence."""
    if attention:
        return ngettext("One runner needs you today", "%(n)s runners need you today", attention) % {
            "n": _number(attention)
        }
    return _("Nobody needs you today") if running else _("Your caseload is empty")


def _number(value: int) -> str:
    """Small numbers as words, since they begin a sentence."""
    words = [_("Two"), _("Three"), _("Four"), _("Five"), _("Six"), _("Seven"), _("Eight"), _("Nine")]
    return words[value - 2] if 2 <= value < 2 + len(words) else str(value)

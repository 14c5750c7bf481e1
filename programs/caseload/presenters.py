"""A row of the caseload in words: who, why with its fact, the line, adherence, and one next step."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.models import Clinic, Patient
from programs.caseload.progress import TwoWeeks
from programs.caseload.queries import Reason, missing_in
from programs.caseload.sparkline import Line, pain_line
from programs.models import Program, Standing
from programs.presenters.handover import missing_words
from programs.presenters.words import condition_of
from programs.progression.adherence import Adherence

NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Why:
    """The reason in bold, the fact under it, and what to do next."""

    tone: str
    reason: str
    fact: str
    action: str


@dataclass(frozen=True)
class Row:
    patient: Patient
    condition: str
    why: Why
    line: Line | None
    done: str
    rest: str
    links: "Links"
    note: str = ""


@dataclass(frozen=True)
class EndedRow:
    patient: Patient
    condition: str
    reason: str
    links: "Links"


@dataclass(frozen=True)
class Links:
    """The record behind the name and the program behind the next step."""

    patient: str
    program: str


@lru_cache(maxsize=8)
def _address(name: str) -> str:
    """An address with a gap: working fifty out one by one costs more than the rest of a row."""
    return reverse(name, args=[NOBODY]).replace(str(NOBODY), "%s")


def links_of(program: Program) -> Links:
    return Links(
        patient=_address("clinic:patient") % program.episode.patient_id,
        program=_address("programs:program") % program.pk,
    )


@dataclass(frozen=True)
class _Case:
    standing: Standing
    reason: int
    weeks: TwoWeeks
    clinic: Clinic
    today: date

    @property
    def is_paused(self) -> bool:
        return 0 < self.clinic.pause_after_ignored <= self.standing.reminders_ignored


def when(day: date, today: date) -> str:
    """A day as people say it."""
    days = (today - day).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}


def _last_report(case: _Case) -> str:
    day = case.standing.last_report_on
    return _("last report %(when)s") % {"when": when(day, case.today)} if day else _("no report yet")


def _pain(case: _Case) -> Why:
    standing = case.standing
    values = {
        "pain": standing.last_pain,
        "ceiling": standing.ceiling,
        "when": when(standing.last_pain_on or case.today, case.today),
    }
    return Why(
        "stop", _("Pain above the ceiling"), _("%(pain)s of 10, ceiling %(ceiling)s, %(when)s") % values, _("Call")
    )


def _mornings(case: _Case) -> Why:
    number = case.standing.worse_mornings
    title = ngettext("Worse %(n)d morning running", "Worse %(n)d mornings running", number) % {"n": number}
    pain, day = case.standing.last_morning_pain, case.standing.last_morning_on
    if pain is None or day is None:
        return Why("caution", title, _("by the next-morning answer"), _("Review"))
    fact = _("%(pain)s of 10 in the morning, %(when)s") % {"pain": pain, "when": when(day, case.today)}
    return Why("caution", title, fact, _("Review"))


def _handout(case: _Case) -> Why:  # noqa: ARG001
    return Why("caution", _("The handout could not be made"), _("see the reason and try again"), _("Open"))


def _review(case: _Case) -> Why:
    days = (case.today - case.standing.review_on).days
    if days < 1:
        return Why("caution", _("Review due"), _("the plan ended yesterday"), _("Review"))
    fact = ngettext("the plan ended %(n)d day ago", "the plan ended %(n)d days ago", days + 1) % {"n": days + 1}
    return Why("caution", _("Review due"), fact, _("Review"))


def _silent(case: _Case) -> Why:
    last = case.standing.last_report_on
    days = (case.today - (last or case.standing.starts_on)).days
    title = ngettext("Nothing reported for %(n)d day", "Nothing reported for %(n)d days", days) % {"n": days}
    fact = _("last report on %(day)s") % {"day": date_format(last, "j F")} if last else _("no report since the start")
    return Why("quiet", title, fact, _("Contact"))


def _planned(case: _Case) -> Why:
    return Why("for", _("Going as planned"), _last_report(case), _("Open"))


def _starts_later(case: _Case) -> Why:
    day = {"day": date_format(case.standing.starts_on, "l j F")}
    return Why("quiet", _("Not started yet"), _("starts on %(day)s") % day, _("Open"))


WORDS = {
    Reason.PAIN_ABOVE_CEILING: _pain,
    Reason.WORSE_MORNINGS: _mornings,
    Reason.HANDOUT_FAILED: _handout,
    Reason.REVIEW_DUE: _review,
    Reason.SILENT: _silent,
    Reason.AS_PLANNED: _planned,
    Reason.STARTS_LATER: _starts_later,
}


def _why(case: _Case) -> Why:
    why, silence = WORDS[case.reason](case), _why_no_reminders(case)
    if not silence:
        return why
    return Why(why.tone, why.reason, silence if why.tone == "quiet" else f"{why.fact}; {silence}", why.action)


def _why_no_reminders(case: _Case) -> str:
    """Reminders that stopped by themselves, so that somebody calls; empty while they come or the runner wants none."""
    if case.standing.program.episode.patient.email_refused:
        return _("reminders stopped: the e-mail address was refused")
    if not case.is_paused:
        return ""
    n = case.standing.reminders_ignored
    words = ngettext("reminders paused after %(n)d unanswered", "reminders paused after %(n)d unanswered", n)
    return words % {"n": n}


def _rest(standing: Standing, counts: Adherence, today: date) -> str:
    """What was not done, honestly apart from what was not reported."""
    if standing.starts_on > today:
        return _("first session %(day)s") % {"day": date_format(standing.starts_on, "j F")}
    if not counts.planned:
        return _("first session today") if counts.not_yet else _("nothing planned in these two weeks")
    parts = []
    if counts.skipped:
        parts.append(_("%(n)d skipped") % {"n": counts.skipped})
    if counts.not_reported:
        parts.append(_("%(n)d not reported") % {"n": counts.not_reported})
    return ", ".join(parts) or _("all reported")


def _done(counts: Adherence) -> str:
    if not counts.planned:
        return _("nothing due")
    return _("%(done)d of %(planned)d done") % {"done": counts.done, "planned": counts.planned}


def row_of(standing: Standing, reason: int, weeks: TwoWeeks, clinic: Clinic, *, today: date, handover: int = 0) -> Row:
    """One running program with its one reason. `standing` comes from programs.caseload.queries.rows_of; `handover` is its
    group among the programs not handed over, or 0: a quiet note, unless it is what the list is about.
    """
    missing = missing_words(missing_in(handover))
    return Row(
        patient=standing.program.episode.patient,
        condition=condition_of(standing.program),
        why=_why(_Case(standing, reason, weeks, clinic, today)),
        line=pain_line(weeks.pain, standing.ceiling, today, weeks.planned_days) if weeks.pain else None,
        done=_done(weeks.counts),
        rest=_rest(standing, weeks.counts, today),
        links=links_of(standing.program),
        note=_("Not handed over yet: %(missing)s") % {"missing": missing} if missing else "",
    )


def open_handover_row_of(standing: Standing, handover: int, weeks: TwoWeeks, clinic: Clinic, *, today: date) -> Row:
    """The same program in the list of those that are not handed over."""
    row = row_of(standing, Reason.AS_PLANNED, weeks, clinic, today=today)
    why = Why("quiet", _("Not handed over"), missing_words(missing_in(handover)), _("Finish"))
    return replace(row, why=why, links=replace(row.links, program=f"{row.links.program}#handover"))


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

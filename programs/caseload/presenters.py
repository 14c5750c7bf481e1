"""A row of the caseload in words: who, why with its fact, the line, adherence, and one next step."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.models import Conclusion
from clinic.models import Clinic, Patient
from programs.caseload.progress import TwoWeeks
from programs.caseload.queries import Reason
from programs.caseload.sparkline import Line, pain_line
from programs.models import Standing

SIDES = {"left": gettext_lazy("left"), "right": gettext_lazy("right"), "both": gettext_lazy("both sides")}


@dataclass(frozen=True)
class Row:
    patient: Patient
    condition: str
    tone: str
    reason: str
    fact: str
    line: Line | None
    counts: Any
    note: str
    action: str
    url: str


def _condition(case: Standing, today: date) -> str:
    program = case.program
    parts = [str(Conclusion.Diagnosis(program.diagnosis).label), str(SIDES[program.side])]
    week = (today - case.starts_on).days // 7 + 1
    words = ", ".join(parts)
    return words if week < 1 else words + " · " + _("week %(week)d") % {"week": week}


def _days_ago(day: date | None, today: date) -> str:
    if day is None:
        return _("never")
    days = (today - day).days
    if days <= 0:
        return _("today")
    return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}


def _pain(case: Standing, today: date, clinic: Clinic) -> tuple[str, str, str, str]:  # noqa: ARG001
    values = {"pain": case.last_pain, "ceiling": case.ceiling, "when": _days_ago(case.last_pain_on, today)}
    return ("stop", _("Pain above the ceiling"), _("%(pain)s of 10, ceiling %(ceiling)s, %(when)s") % values, _("Call"))


def _mornings(case: Standing, today: date, clinic: Clinic) -> tuple[str, str, str, str]:  # noqa: ARG001
    title = ngettext("Worse %(n)d morning running", "Worse %(n)d mornings running", case.worse_mornings)
    return ("caution", title % {"n": case.worse_mornings}, _("the next-morning answer"), _("Review"))


def _handout(case: Standing, today: date, clinic: Clinic) -> tuple[str, str, str, str]:  # noqa: ARG001
    return ("caution", _("The handout could not be made"), _("see the reason and try again"), _("Open"))


def _silent(case: Standing, today: date, clinic: Clinic) -> tuple[str, str, str, str]:
    since = case.last_report_on or case.starts_on
    days = (today - since).days
    title = ngettext("Nothing reported for %(n)d day", "Nothing reported for %(n)d days", days) % {"n": days}
    paused = 0 < clinic.pause_after_ignored <= case.reminders_ignored
    fact = _("no report yet since the start") if case.last_report_on is None else ""
    if paused:
        fact = _("reminders paused after %(n)d unanswered") % {"n": case.reminders_ignored}
    return ("quiet", title, fact or _("last report %(when)s") % {"when": _days_ago(since, today)}, _("Contact"))


def _review(case: Standing, today: date, clinic: Clinic) -> tuple[str, str, str, str]:  # noqa: ARG001
    fact = _("the plan ended on %(day)s") % {"day": date_format(case.review_on, "j F")}
    return ("caution", _("Review due"), fact, _("Review"))


def _planned(case: Standing, today: date, clinic: Clinic) -> tuple[str, str, str, str]:  # noqa: ARG001
    if case.starts_on > today:
        return ("quiet", _("Starts %(day)s") % {"day": date_format(case.starts_on, "j F")}, "", _("Open"))
    fact = _("last report %(when)s") % {"when": _days_ago(case.last_report_on, today)} if case.last_report_on else ""
    return ("for", _("Going as planned"), fact, _("Open"))


WORDS = {
    Reason.PAIN_ABOVE_CEILING: _pain,
    Reason.WORSE_MORNINGS: _mornings,
    Reason.HANDOUT_FAILED: _handout,
    Reason.SILENT: _silent,
    Reason.REVIEW_DUE: _review,
    Reason.AS_PLANNED: _planned,
}


def row_of(case: Standing, weeks: TwoWeeks, clinic: Clinic, today: date) -> Row:
    tone, reason, fact, action = WORDS[case.reason](case, today, clinic)  # type: ignore[attr-defined]
    return Row(
        patient=case.program.episode.patient,
        condition=_condition(case, today),
        tone=tone,
        reason=reason,
        fact=fact,
        line=pain_line(weeks.pain, case.ceiling, today) if weeks.pain else None,
        counts=weeks.counts,
        note=_("first session today") if case.starts_on == today and not weeks.counts.planned else "",
        action=action,
        url=reverse("programs:program", args=[case.program_id]),
    )


def title_of(attention: int) -> str:
    """The page's title is a sentence."""
    if attention == 0:
        return _("Nobody needs you today")
    return ngettext("One runner needs you today", "%(n)d runners need you today", attention) % {"n": attention}

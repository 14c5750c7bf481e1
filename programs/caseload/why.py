"""The reason of one row in words: what in bold, the fact under it, and one next step."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clinic.models import Clinic
from programs.caseload.reasons import Reason
from programs.models import CaseHandling, NewSymptom, Standing
from programs.progression.decision_words import change_words, reason_words
from programs.progression.proposal_types import Decision, Verdict, decision_from_json
from programs.progression.screening import QUESTIONS, Urgency, urgency_of

SHORT_WORDS = 70  # a longer question of the runner's page is quoted in part


@dataclass(frozen=True)
class Why:
    """The reason in bold, the fact under it, and what to do next; `place` is where on the program's page."""

    tone: str
    reason: str
    fact: str
    action: str
    place: str = ""


@dataclass(frozen=True)
class Case:
    """What is known of one row. `news`: what was told that nobody has dealt with; `handling`: who put it off."""

    standing: Standing
    clinic: Clinic
    today: date
    news: NewSymptom | None = None
    handling: CaseHandling | None = None

    @property
    def reason(self) -> Reason:
        return Reason(self.standing.attention)

    @property
    def is_paused(self) -> bool:
        return 0 < self.clinic.pause_after_ignored <= self.standing.reminders_ignored


NAMES = {
    Reason.NEW_SYMPTOM: gettext_lazy("Something new was reported"),
    Reason.PAIN_ABOVE_CEILING: gettext_lazy("Pain above the ceiling"),
    Reason.WORSE_MORNINGS: gettext_lazy("Worse mornings"),
    Reason.STEP_BACK: gettext_lazy("Step back proposed"),
    Reason.REVIEW_PROPOSED: gettext_lazy("Review proposed"),
    Reason.STOPPED: gettext_lazy("Stopped by the runner"),
    Reason.EMAIL_REFUSED: gettext_lazy("E-mail refused"),
    Reason.HANDOUT_FAILED: gettext_lazy("Handout not made"),
    Reason.REVIEW_DUE: gettext_lazy("Review due"),
    Reason.SILENT: gettext_lazy("Nothing reported"),
    Reason.READY: gettext_lazy("Ready to progress"),
}


def when(day: date, today: date) -> str:
    """A day as people say it."""
    days = (today - day).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}


def why_of(case: Case) -> Why:
    """In words; reminders that stopped are said with it."""
    why, silence = WORDS[case.reason](case), _why_no_reminders(case)
    if not silence or case.reason is Reason.EMAIL_REFUSED:
        return why
    return replace(why, fact=silence if why.tone == "quiet" else f"{why.fact}; {silence}")


def _new_symptom(case: Case) -> Why:
    news = case.news
    if news is None:
        return Why("stop", _("Something new was reported"), _("see what was answered"), _("Call now"), "new-symptom")
    said = [asked.words() for asked in QUESTIONS if news.answers.get(asked.key)]
    title = (
        _("Emergency sign reported")
        if urgency_of(news.answers) is Urgency.EMERGENCY
        else _("New sign reported: look at it today")
    )
    at = timezone.localtime(news.created_at)
    hour = {"when": when(at.date(), case.today), "hour": date_format(at, "H:i")}
    fact = _("%(when)s at %(hour)s") % hour
    if said:
        first = said[0] if len(said[0]) <= SHORT_WORDS else said[0].split("? ")[0].rstrip("?") + "?"
        more = ngettext(" and %(n)d more", " and %(n)d more", len(said) - 1) % {"n": len(said) - 1} if said[1:] else ""
        fact = _("Yes to “%(question)s”%(more)s, %(fact)s") % {"question": first, "more": more, "fact": fact}
    return Why("stop", title, fact, _("Call now"), "new-symptom")


def _pain(case: Case) -> Why:
    standing = case.standing
    values = {
        "pain": standing.last_pain,
        "ceiling": standing.ceiling,
        "when": when(standing.last_pain_on or case.today, case.today),
    }
    fact = _("%(pain)s of 10, ceiling %(ceiling)s, %(when)s") % values
    return _with_proposal(case, Why("stop", _("Pain above the ceiling"), fact, _("Call")))


def _mornings(case: Case) -> Why:
    number = case.standing.worse_mornings
    title = ngettext("Worse %(n)d morning running", "Worse %(n)d mornings running", number) % {"n": number}
    pain, day = case.standing.last_morning_pain, case.standing.last_morning_on
    fact = _("by the next-morning answer")
    if pain is not None and day is not None:
        fact = _("%(pain)s of 10 in the morning, %(when)s") % {"pain": pain, "when": when(day, case.today)}
    return _with_proposal(case, Why("caution", title, fact, _("Review")))


def _with_proposal(case: Case, why: Why) -> Why:
    """The rules propose to step back as well: then that is the next step."""
    if case.standing.verdict != Verdict.STEP_BACK or case.standing.is_answered:
        return why
    return replace(why, action=_("Step back"), place="decision")


def _step_back(case: Case) -> Why:
    return Why("caution", _("Step back proposed"), _weightiest(case), _("Step back"), "decision")


def _review_proposed(case: Case) -> Why:
    return Why("caution", _("Review proposed"), _weightiest(case), _("Review"), "decision")


def _ready(case: Case) -> Why:
    return Why("for", _("Ready to progress"), _weightiest(case), _("Review"), "decision")


def _weightiest(case: Case) -> str:
    """What it would change, or the first reason that asks for it. A proposal that was kept by other rules than these is not
    told here: the program's page works it out anew.
    """
    try:
        return _told(decision_from_json(case.standing.proposal or {}))
    except (KeyError, ValueError, TypeError):
        return _("see the program")


def _told(kept: Decision) -> str:
    if kept.verdict is Verdict.PROGRESS and kept.change:
        return change_words(kept.change, _)
    reasons = [reason for reason in kept.reasons if reason.verdict is kept.verdict] or list(kept.reasons)
    return reason_words(reasons[0], _) if reasons else ""


def _stopped(case: Case) -> Why:
    at = (case.standing.facts or {}).get(str(Reason.STOPPED.value))
    day = timezone.localtime(datetime.fromisoformat(at)).date() if at else case.today
    fact = _("page, reminders and calendar are off since %(when)s") % {"when": when(day, case.today)}
    return Why("caution", _("Stopped by the runner"), fact, _("Call"))


def _email(case: Case) -> Why:  # noqa: ARG001
    fact = _("reminders stopped: the e-mail address was refused; ask for another")
    return Why("caution", _("E-mail refused"), fact, _("Open"))


def _handout(case: Case) -> Why:  # noqa: ARG001
    return Why("caution", _("The handout could not be made"), _("see the reason and try again"), _("Open"))


def _review(case: Case) -> Why:
    days = (case.today - case.standing.review_on).days
    if days < 1:
        return Why("caution", _("Review due"), _("the plan ended yesterday"), _("Review"))
    fact = ngettext("the plan ended %(n)d day ago", "the plan ended %(n)d days ago", days + 1) % {"n": days + 1}
    return Why("caution", _("Review due"), fact, _("Review"))


def _silent(case: Case) -> Why:
    last = case.standing.last_report_on
    days = (case.today - (last or case.standing.starts_on)).days
    title = ngettext("Nothing reported for %(n)d day", "Nothing reported for %(n)d days", days) % {"n": days}
    fact = _("last report on %(day)s") % {"day": date_format(last, "j F")} if last else _("no report since the start")
    return Why("quiet", title, fact, _("Contact"))


def _planned(case: Case) -> Why:
    day = case.standing.last_report_on
    fact = _("last report %(when)s") % {"when": when(day, case.today)} if day else _("no report yet")
    return Why("for", _("Going as planned"), fact, _("Open"))


def _starts_later(case: Case) -> Why:
    day = {"day": date_format(case.standing.starts_on, "l j F")}
    return Why("quiet", _("Not started yet"), _("starts on %(day)s") % day, _("Open"))


def _put_off(case: Case) -> Why:
    known = sorted(int(key) for key in case.standing.facts or {})
    name = str(NAMES[Reason(known[0])]) if known else _("Put off")
    return Why("quiet", name, put_off_words(case), _("Open"))


def put_off_words(case: Case) -> str:
    """By whom, until when and why."""
    handling, until = case.handling, case.standing.quiet_until
    if handling is None or until is None:
        return ""
    values = {"name": handling.by.name, "day": date_format(until, "l j F")}
    words = (
        _("put off by %(name)s until %(day)s")
        if handling.way == CaseHandling.Way.SNOOZED
        else _("handled by %(name)s; asked again on %(day)s if nothing has changed")
    ) % values
    return f"{words}: {handling.note}" if handling.note else words


WORDS: dict[Reason, Callable[[Case], Why]] = {
    Reason.NEW_SYMPTOM: _new_symptom,
    Reason.PAIN_ABOVE_CEILING: _pain,
    Reason.WORSE_MORNINGS: _mornings,
    Reason.STEP_BACK: _step_back,
    Reason.REVIEW_PROPOSED: _review_proposed,
    Reason.STOPPED: _stopped,
    Reason.EMAIL_REFUSED: _email,
    Reason.HANDOUT_FAILED: _handout,
    Reason.REVIEW_DUE: _review,
    Reason.SILENT: _silent,
    Reason.READY: _ready,
    Reason.AS_PLANNED: _planned,
    Reason.STARTS_LATER: _starts_later,
    Reason.PUT_OFF: _put_off,
}


def _why_no_reminders(case: Case) -> str:
    """Reminders that stopped, by themselves or by the runner's choice, so that somebody calls; empty while they come."""
    patient = case.standing.program.episode.patient
    if case.reason is Reason.PUT_OFF:
        return ""
    if patient.email_refused:
        return _("reminders stopped: the e-mail address was refused")
    if case.is_paused:
        n = case.standing.reminders_ignored
        words = ngettext("reminders paused after %(n)d unanswered", "reminders paused after %(n)d unanswered", n)
        return words % {"n": n}
    return _("the runner wants no reminders") if case.reason is Reason.SILENT and not patient.reminders else ""

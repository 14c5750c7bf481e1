"""What the patient's record shows of programs, and the exercises the search of the top bar finds."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.models import Assessment
from clinic.permissions import Permission
from clinic.timeline import Can, EpisodeNews, SearchHit, Step, Story, TimelineEntry
from clinic.vocabulary.diagnoses import WorkingDiagnosis
from programs import queries
from programs.caseload.reasons import Reason
from programs.caseload.why import NAMES
from programs.models import CaseHandling, Program, ProgramDecision, ProgramVersion
from programs.presenters.handover import still_open
from programs.presenters.offers import facts_of
from programs.presenters.words import condition_of
from programs.progression.decision_words import verdict_words
from programs.progression.proposal_types import Verdict

MOST_HITS = 6
WITHOUT_PROGRAM = {WorkingDiagnosis.REFER, WorkingDiagnosis.OUTSIDE}


def story(clinic_id: UUID, patient_id: UUID, can: Can) -> Story:
    """Entries, states and steps of one patient's programs. Three queries."""
    programs = queries.programs_of_patient(clinic_id, patient_id)
    versions = queries.versions_of_patient(clinic_id, patient_id)
    newest = {version.program_id: version for version in reversed(versions)}
    concluded = queries.concluded_of_patient(clinic_id, patient_id)
    running: dict[UUID, Program] = {p.episode_id: p for p in programs if p.state != Program.State.ENDED}
    by_episode: dict[UUID, Assessment] = {}
    for assessment in concluded:  # newest first
        by_episode.setdefault(assessment.episode_id, assessment)
    episodes: dict[UUID, EpisodeNews] = defaultdict(EpisodeNews)
    for episode_id in {*running, *by_episode}:
        program = running.get(episode_id)
        version = newest.get(program.pk) if program else None
        episodes[episode_id] = _news(program, version, by_episode.get(episode_id), can)
    entries = [_issued(version) for version in versions]
    entries += [_ended(program) for program in programs if program.ended_at]
    entries += [_decided(program, told) for program in programs for told in program.decided]  # type: ignore[attr-defined]
    entries += [_handled(program, told) for program in programs for told in program.handled]  # type: ignore[attr-defined]
    entries += [_stopped(program, at) for program in programs for at in program.stopped]  # type: ignore[attr-defined]
    return Story(entries=tuple(entries), episodes=episodes)


def _issued(version: ProgramVersion) -> TimelineEntry:
    return TimelineEntry(
        at=version.issued_at,
        title=_("Program issued, version %(number)s") % {"number": version.number},
        detail=condition_of(version.program),
        url=reverse("programs:program", args=[version.program_id]),
        kind="program",
        tone="for",
    )


def _ended(program: Program) -> TimelineEntry:
    assert program.ended_at  # noqa: S101 - the caller asks for ended programs only
    return TimelineEntry(
        at=program.ended_at,
        title=_("Program ended"),
        detail=condition_of(program),
        url=reverse("programs:program", args=[program.pk]),
        kind="program",
    )


def _stopped(program: Program, at: datetime) -> TimelineEntry:
    return TimelineEntry(
        at=at,
        title=_("The runner stopped everything"),
        detail=_("page, reminders and calendar are off until the clinic gives a new link"),
        url=reverse("programs:program", args=[program.pk]),
        kind="program",
        tone="caution",
    )


def _decided(program: Program, told: Mapping[str, str]) -> TimelineEntry:
    """One answered proposal: what was proposed, what became of it, and why where a reason was given."""
    outcome = ProgramDecision.Outcome(told["outcome"]).label.lower()
    proposed = verdict_words(Verdict(told["verdict"]), _).lower()
    return TimelineEntry(
        at=datetime.fromisoformat(told["at"]),
        title=_("Proposal %(outcome)s: %(proposed)s") % {"outcome": outcome, "proposed": proposed},
        detail=" · ".join(part for part in (told["by"], told["reason"]) if part),
        url=reverse("programs:program", args=[program.pk]),
        kind="program",
    )


def _handled(program: Program, told: Mapping[str, str]) -> TimelineEntry:
    """One case of the caseload that somebody dealt with or put off."""
    values = {"reason": NAMES[Reason(int(told["attention"]))], "name": told["by"]}
    if told["way"] == CaseHandling.Way.SNOOZED:
        values["day"] = date_format(date.fromisoformat(told["until"]), "j F")
        title = _("%(reason)s: put off until %(day)s by %(name)s")
    else:
        title = _("%(reason)s: handled by %(name)s")
    return TimelineEntry(
        at=datetime.fromisoformat(told["at"]),
        title=title % values,
        detail=told["note"],
        url=reverse("programs:program", args=[program.pk]),
        kind="program",
    )


def _news(
    program: Program | None, version: ProgramVersion | None, concluded: Assessment | None, can: Can
) -> EpisodeNews:
    states: list[str] = []
    steps: list[Step] = []
    may = can(Permission.PRESCRIBE)
    if program and version:
        values = {"number": version.number, "day": date_format(version.ends_on, "j M")}
        states.append(_("Program version %(number)s, until %(day)s") % values)
        address = reverse("programs:program", args=[program.pk])
        if missing := still_open(version):
            states.append(_("Not handed over yet: %(missing)s") % {"missing": missing})
        steps.append(Step(_("Open the program"), address))
        if may and missing:
            steps.append(Step(_("Finish the handover"), f"{address}#handover"))
    elif program:
        states.append(_("Program not issued yet"))
        text = _("Go on with the program") if may else _("Look at the draft program")
        steps.append(Step(text, reverse("programs:builder", args=[program.pk]), main=may))
    if may and concluded and (program is None or program.assessment_id != concluded.pk) and _is_open(concluded):
        text = _("Propose the next program") if program else _("Propose a program")
        steps.append(Step(text, reverse("programs:propose", args=[concluded.pk]), main=program is None, post=True))
    return EpisodeNews(states=tuple(states), steps=tuple(steps))


def _is_open(concluded: Assessment) -> bool:
    return concluded.episode.closed_on is None and concluded.conclusion.diagnosis not in WITHOUT_PROGRAM


def search(clinic_id: UUID, text: str) -> list[SearchHit]:
    """The first few exercises that hold every word, mistyped ones too. Two queries."""
    found = queries.exercises(clinic_id, text=text)[:MOST_HITS]
    return [SearchHit(row.name, reverse("programs:exercise", args=[row.pk]), facts_of(row)) for row in found]

"""The intake page in its states, built in one place: fresh, with answers that were refused, stopped by an emergency."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from assessments.actions import Outcome
from assessments.answers import Place
from assessments.course import course_of
from assessments.errors import Refused
from assessments.mapping import Reading
from assessments.models import Assessment
from assessments.presenters.history import carried_values, history_of, lines_before
from assessments.presenters.intake import FilledNow, RailEntry, intake_page
from assessments.presenters.measures import measures_view
from assessments.presenters.retest import retest_card
from assessments.presenters.rows import Manner, Typed
from assessments.queries import earlier_answers, earlier_visits, reading_of
from assessments.reasoning import FINDINGS
from assessments.views.chart_context import chart_changes, chart_context, chart_rail
from assessments.wording import panel_of
from assessments.wording.labels import label_of
from clinic.http import ClinicRequest
from clinic.permissions import Permission, can


def stored_of(reading: Reading) -> dict[Place, str]:
    """What was answered today; a carried answer nobody confirmed is not."""
    return {place: row.value for place, row in reading.answers.items() if row.carried_from_id is None}


def saved_words(reading: Reading) -> str:
    if not reading.answers:
        return _("Nothing recorded yet")
    latest = timezone.localtime(max(row.answered_at for row in reading.answers.values()))
    if latest.date() == timezone.localdate():
        return _("Saved %(time)s") % {"time": formats.time_format(latest, "H:i")}
    return _("Saved %(day)s") % {"day": formats.date_format(latest, "j M")}


def frame(request: ClinicRequest, assessment: Assessment, reading: Reading) -> dict[str, Any]:
    """What every page of an open assessment shows around its own content."""
    return {
        "section": "patients",
        "assessment": assessment,
        "episode": assessment.episode,
        "can_write": can(request.membership, Permission.ASSESS),
        "panel": panel_of(reading),
        "saved_words": saved_words(reading),
        "save_url": reverse("assessments:finding", args=[assessment.pk]),
    }


def show_intake(
    request: ClinicRequest,
    assessment: Assessment,
    *,
    typed: Mapping[Place, Typed] | None = None,
    filled: FilledNow | None = None,
    flag_problem: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The intake, or the stop page while an emergency is open. Two queries, and two for what was found before today.

    `filled`: a section was just filled without script, and can be taken back.
    """
    reading = reading_of(assessment)
    context = frame(request, assessment, reading) | {"flag_problem": flag_problem}
    painful = reading.case.painful_side
    if reading.emergency:
        keys = tuple(key for flag in reading.emergency for key in flag.raised.why if key in FINDINGS)
        ids = {flag.id for flag in reading.emergency}
        context |= {
            "flags": [flag for flag in context["panel"].flags if flag.id in ids],
            "page": intake_page(
                stored_of(reading),
                painful,
                manner=Manner(can_write=context["can_write"], plain=True),
                save_url=context["save_url"],
                typed=typed,
                only=keys,
            ),
        }
        return render(request, "assessments/stop.html", context, status=status)
    found = earlier_answers(assessment) if assessment.visit > 1 else []
    history = history_of(found, earlier_visits(assessment), episode_id=assessment.episode_id)
    carried = carried_values(reading.answers)
    before = lines_before(history, reading.answers, assessment_id=assessment.pk, can_write=context["can_write"])
    course = course_of(assessment, reading.answers.values())
    retest = retest_card(course, reading, typed=typed, carried=carried, before=before)
    page = intake_page(
        stored_of(reading),
        painful,
        manner=Manner(can_write=context["can_write"]),
        save_url=context["save_url"],
        typed=typed,
        carried=carried,
        before=before,
        elsewhere=retest.keys if retest else (),
    )
    chart = chart_context(assessment, reading)
    outcomes = measures_view(course)
    context["chart_changes"] = chart_changes(course, chart.areas)
    others: list[RailEntry] = [chart_rail(chart), outcomes.rail, *([retest.rail] if retest else [])]
    context |= {
        "page": page,
        "chart": chart,
        "retest": retest,
        "outcomes": outcomes,
        "rail": page.rail(*others),
        "history": history,
        "filled": filled,
        "typed_errors": [
            {"key": key, "label": label_of(key), "words": item.error} for (key, _side), item in (typed or {}).items()
        ],
    }
    return render(request, "assessments/intake.html", context, status=status)


def typed_of(sent: dict[Place, str], outcome: Outcome) -> dict[Place, Typed]:
    """Refused answers as they were typed; overtaken ones as they are stored now, so that the screen tells the truth."""
    refused = {place: Typed.refused(sent.get(place, ""), error) for place, error in outcome.refused.items()}
    return refused | {
        place: Typed.refused(outcome.stored.get(place, ""), error) for place, error in outcome.overtaken.items()
    }


def refused_write(request: ClinicRequest, assessment: Assessment, error: Refused) -> HttpResponse:
    """The same, and for htmx in words beside "saved" and spoken."""
    response = refusal(request, assessment, error)
    if request.htmx:
        said = {"text": error.words}
        response["HX-Trigger"] = json.dumps({"answer-refused": said, "announce": said})
    return response


def saved_now() -> dict[str, str]:
    """What the page says after an answer was kept."""
    return {"text": _("Saved %(time)s") % {"time": formats.time_format(timezone.localtime(), "H:i")}}


def refusal(request: ClinicRequest, assessment: Assessment, error: Refused, *, status: int = 409) -> HttpResponse:
    """A page that says why something cannot be done and where to go instead."""
    context = {"section": "patients", "assessment": assessment, "episode": assessment.episode, "words": error.words}
    return render(request, "assessments/refused.html", context, status=status)

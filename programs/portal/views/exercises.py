"""One exercise at a time: how it is done, and what the runner says about it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programs.models import ExerciseLog, ProgramVersion
from programs.portal.access import Visit, patient_page
from programs.portal.actions import log_exercise
from programs.portal.forms import ExerciseReport
from programs.portal.presenters import Day, Step, day_of, exercise_url, pain_scale, pain_words, set_boxes, timer_of
from programs.portal.queries import replaced_version
from programs.portal.sending import onward, told_in
from programs.portal.views.frame import a_day, day_url, frame
from programs.progression.plan import PlannedSession


def _exercise(
    request: HttpRequest, visit: Visit, day: Day, step: Step, form: ExerciseReport | None = None
) -> HttpResponse:
    ceiling = (visit.version_for(day.day) or visit.version).content["pain_ceiling"]
    reported = form.data.get("pain") if form else (step.log.pain if step.log else None)
    context = frame(request, visit, day) | {
        "step": step,
        "place": day.steps.index(step) + 1,
        "is_last": day.is_last_open(step),
        "entry": step.planned.entry,
        "timer": timer_of(step.planned.dose),
        "sets": set_boxes(step.planned.dose, step.log),
        "pain": pain_scale(ceiling, reported),
        "pain_words": pain_words(ceiling),
        "form": form,
    }
    return render(request, "portal/exercise.html", context, status=422 if form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@patient_page
def exercise(request: HttpRequest, visit: Visit, day: str, line: UUID, occasion: int) -> HttpResponse:
    """One exercise: how to do it, and what the runner says about it. Answering again corrects the answer."""
    on, version = a_day(visit, day)
    this_day = day_of(visit, on)
    step = this_day.step(str(line), occasion)
    if step is None:
        return _replaced(request, visit, version, PlannedSession(on, str(line), occasion))
    if request.method != "POST":
        return _exercise(request, visit, this_day, step)
    form = ExerciseReport(request.POST)
    if not form.is_valid():
        return _exercise(request, visit, this_day, step, form)
    log = _write(request, visit, version, step.planned.session, form)
    following = day_of(visit, on).first_open
    is_correction = step.log is not None and "why" not in request.POST
    to = day_url(visit, on) if following is None or is_correction else exercise_url(visit, following.planned)
    asks_why = log and log.status == ExerciseLog.Status.SKIPPED and not log.reason and not is_correction
    return onward(request, f"{to}?{urlencode({'why': step.key})}" if asks_why else to)


def _write(
    request: HttpRequest, visit: Visit, version: ProgramVersion, session: PlannedSession, form: ExerciseReport
) -> ExerciseLog | None:
    """Keep the answer and say what follows from it. None when the plan changed in this very moment."""
    try:
        log = log_exercise(
            version=version,
            day=session.day,
            line=session.line,
            occasion=session.number,
            today=visit.today,
            told=told_in(request, timezone.now()),
            **form.cleaned_data,
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return None
    ceiling = version.content["pain_ceiling"]
    if log.pain is not None and log.pain > ceiling:
        name = next(line["name"] for line in version.content["lines"] if line["line"] == session.line)
        text = _(
            "Pain %(pain)d is above your limit of %(limit)d. Leave out “%(name)s” for today. Your clinic can see this."
        )
        messages.warning(request, text % {"pain": log.pain, "limit": ceiling, "name": name})
    return log


def _replaced(request: HttpRequest, visit: Visit, version: ProgramVersion, session: PlannedSession) -> HttpResponse:
    """The program changed while its page was open: an answer is kept where it belongs, and the new program is shown."""
    older = replaced_version(visit.program.pk, session, before=version.number)
    if older is None:
        raise Http404
    form = ExerciseReport(request.POST) if request.method == "POST" else None
    if form and form.is_valid() and _write(request, visit, older, session, form):
        messages.info(request, _("Your answer is saved. Your program has changed since: this is the new one."))
    else:
        messages.info(request, _("Your program has changed since you opened that page. This is the new one."))
    return onward(request, day_url(visit, session.day))

"""A clinic's own exercises: written, changed, retired and taken up again; ours adapted without losing what we change."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires
from programs import access, queries
from programs.actions import exercises as actions
from programs.actions.figures import keep_figure
from programs.drawings.frozen import own_figure
from programs.figures import figure_data
from programs.forms.exercises import ExerciseForm
from programs.models import Exercise
from programs.presenters import own as presenter

FORM = "programs/exercise_form.html"


def _asked(request: ClinicRequest) -> Exercise | None:
    """The exercise a new one is to be copied from (?like=), if that is one this clinic may see."""
    try:
        like = UUID(request.GET.get("like", ""))
    except ValueError:
        return None
    return access.get_exercise(request, like)


def _form_page(request: ClinicRequest, form: ExerciseForm, **more: Any) -> HttpResponse:
    context = {"section": "library", "form": form, **more}
    return render(request, FORM, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRESCRIBE)
def own_new(request: ClinicRequest) -> HttpResponse:
    """A new exercise, blank or begun as a copy; the copy keeps the drawing and the sources."""
    like = _asked(request)
    if request.method != "POST":
        initial = ExerciseForm.initial_of(like.whole, like.video_url) if like else {}
        if like:
            initial["name"] = _("%(name)s, our way") % {"name": like.name}
        return _form_page(request, ExerciseForm(initial=initial), like=like)
    form = ExerciseForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, like=like)
    exercise = actions.create_exercise(
        by=request.user,
        clinic_id=request.clinic.pk,
        content=form.content,
        video_url=form.cleaned_data["video_url"],
        like=like,
        today=timezone.localdate(),
        language=request.clinic.language,
    )
    drawn = (own_figure(like) or figure_data().get(like.key)) if like else None
    if drawn:
        keep_figure(by=request.user, clinic_id=request.clinic.pk, exercise_key=exercise.key, data=drawn)
    messages.success(request, _("Saved. It is in your clinic's library now."))
    return redirect("programs:exercise", exercise.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRESCRIBE)
def own_edit(request: ClinicRequest, exercise_id: UUID) -> HttpResponse:
    """The clinic's own is changed; ours is adapted: the same form, of which only the differences are kept."""
    exercise = access.get_exercise(request, exercise_id)
    if exercise.clinic_id is None:  # a colleague may have adapted it meanwhile
        exercise = queries.by_key([exercise.key], request.clinic.pk).get(exercise.key, exercise)
    is_adaptation = exercise.clinic_id is None or exercise.adapts_id is not None
    form = ExerciseForm(
        request.POST if request.method == "POST" else None,
        initial=ExerciseForm.initial_of(exercise.whole, exercise.video_url),
        is_adaptation=is_adaptation,
    )
    more = {"exercise": exercise, "is_adaptation": is_adaptation, "changes": presenter.changes_of(exercise)}
    if request.method == "POST" and request.POST.get("seen", "") != exercise.content_hash:
        form.add_error(
            None, _("Somebody changed this exercise meanwhile. Yours is still here: save it again to keep yours.")
        )
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, **more)
    video = form.cleaned_data["video_url"]
    try:
        if exercise.clinic_id is None:
            exercise = actions.adapt_exercise(
                by=request.user, clinic_id=request.clinic.pk, ours=exercise, content=form.content, video_url=video
            )
        else:
            exercise = actions.change_exercise(
                by=request.user, exercise=exercise, content=form.content, video_url=video, today=timezone.localdate()
            )
    except ValidationError as error:
        form.add_error(None, error)
        return _form_page(request, form, **more)
    messages.success(request, _("Saved. Programs already issued stay as they were."))
    return redirect("programs:exercise", exercise.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRESCRIBE)
def own_news(request: ClinicRequest, exercise_id: UUID) -> HttpResponse:
    """What is new in ours since it was adapted; of each field the clinic had changed, theirs or ours."""
    exercise = access.get_exercise(request, exercise_id)
    if exercise.clinic_id is None or exercise.adapts_id is None:
        raise Http404
    news = presenter.news_of(exercise)
    if request.method == "POST":
        take = {each.field for each in news if request.POST.get(f"take-{each.field}") == "ours"}
        actions.take_over(by=request.user, exercise=exercise, take=take)
        messages.success(request, _("Settled. You will be told when ours changes again."))
        return redirect("programs:exercise", exercise.pk)
    context = {"section": "library", "exercise": exercise, "news": news}
    return render(request, "programs/exercise_news.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRESCRIBE)
def own_retire(request: ClinicRequest, exercise_id: UUID) -> HttpResponse:
    """Asks first; can be taken back."""
    exercise = _own(request, exercise_id)
    if request.method != "POST":
        context = {"section": "library", "exercise": exercise, "back": reverse("programs:exercise", args=[exercise.pk])}
        return render(request, "programs/exercise_retire.html", context)
    actions.retire_exercise(by=request.user, exercise=exercise)
    if exercise.adapts_id:
        messages.success(request, _("Ours is shown again. Your changes are kept in case you want them back."))
        return redirect("programs:exercise", exercise.adapts_id)
    messages.success(request, _("Retired. Programs that have it keep it."))
    return redirect("programs:exercise", exercise.pk)


@require_POST
@requires(Permission.PRESCRIBE)
def own_restore(request: ClinicRequest, exercise_id: UUID) -> HttpResponse:
    exercise = _own(request, exercise_id)
    actions.restore_exercise(by=request.user, exercise=exercise)
    messages.success(request, _("It is offered again."))
    return redirect("programs:exercise", exercise.pk)


def _own(request: ClinicRequest, exercise_id: UUID) -> Exercise:
    """Of this clinic, not ours; or 404."""
    exercise = access.get_exercise(request, exercise_id)
    if exercise.clinic_id is None:
        raise Http404
    return exercise

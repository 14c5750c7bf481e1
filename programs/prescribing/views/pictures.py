"""A clinic's own picture of an exercise: taken in, shown, taken away. What is shown was always redrawn by us."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires
from clinic.pictures import PictureRefused, clean_picture
from programs import access
from programs.actions import exercises as actions
from programs.drawings.pictures import picture_answer
from programs.forms.exercises import PictureForm


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRESCRIBE)
def picture_new(request: ClinicRequest, exercise_id: UUID) -> HttpResponse:
    """What cannot be taken is said beside the file; the words that were typed stay."""
    exercise = access.get_exercise(request, exercise_id)
    form = PictureForm(request.POST, request.FILES) if request.method == "POST" else PictureForm()
    if form.is_bound and form.is_valid():
        try:
            kept = actions.add_picture(
                by=request.user,
                clinic_id=request.clinic.pk,
                exercise=exercise,
                picture=clean_picture(form.cleaned_data["picture"]),
                words=form.cleaned_data["words"],
            )
        except PictureRefused as refusal:
            form.add_error("picture", str(refusal))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The picture is kept. Programs issued from now on show it."))
            return redirect("programs:exercise", kept.exercise_id)
    context = {"section": "library", "exercise": exercise, "form": form}
    return render(request, "programs/exercise_picture.html", context, status=422 if form.errors else 200)


@require_POST
@requires(Permission.PRESCRIBE)
def picture_remove(request: ClinicRequest, exercise_id: UUID) -> HttpResponse:
    exercise = access.get_exercise(request, exercise_id)
    actions.remove_pictures(by=request.user, exercise=exercise)
    messages.success(request, _("The picture is removed. Programs issued with it keep it."))
    return redirect("programs:exercise", exercise.pk)


@require_safe
@requires(Permission.VIEW_PATIENTS)
def picture(request: ClinicRequest, picture_id: UUID) -> HttpResponse:
    """The picture itself, to people of this clinic. One query."""
    return picture_answer(access.get_picture(request, picture_id))

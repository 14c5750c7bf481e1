"""The next morning's question, for today or an earlier day of the week."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programs.portal.access import Visit, patient_page
from programs.portal.actions import answer_morning
from programs.portal.actions.mornings import More
from programs.portal.forms import MorningReport
from programs.portal.presenters import day_of
from programs.portal.presenters_morning import MORE, has_more
from programs.portal.sending import Told, onward, told_in
from programs.portal.views.days import show_day
from programs.portal.views.frame import a_day, day_url


@require_POST
@patient_page
def morning(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The answer belongs to the morning it was given on, also when it arrives a day later."""
    told = told_in(request, timezone.now())
    return _answered(request, visit, timezone.localdate(told.at), told)


@require_POST
@patient_page
def earlier_morning(request: HttpRequest, visit: Visit, day: str) -> HttpResponse:
    """A morning of the week that was not answered, or is corrected."""
    return _answered(request, visit, a_day(visit, day)[0], told_in(request, timezone.now()))


def _answered(request: HttpRequest, visit: Visit, day: date, told: Told) -> HttpResponse:
    form = MorningReport(request.POST)
    if not form.is_valid():
        return show_day(request, visit, day_of(visit, min(day, visit.today)), form)
    said = form.cleaned_data
    more = More(has_limp=said["limp"], is_settled=said["settled"], leg=said["leg"])
    to = day_url(visit, day)
    try:
        answer = answer_morning(
            program=visit.program,
            day=day,
            change=said["change"],
            pain=said["pain"],
            more=more,
            today=visit.today,
            told=told,
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return onward(request, to)
    if not told.is_late(timezone.now()):
        messages.success(request, _("Thank you. You can change this answer at any time this week."))
    return onward(request, to if has_more(answer) else f"{to}?morning={MORE}")

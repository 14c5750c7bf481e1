"""The door of a clinic that asks for the year of birth: once on each device, and nothing is shown before it.

It keeps out whoever finds the link, not whoever knows the runner: a year is no password, and the tries are few.
"""

import re
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from clinic.models import Clinic
from clinic.throttle import DAY, QUARTER, Limit, client_address
from programs.portal.answers import LINK_HEADER, in_asked_language
from programs.portal.sending import KEY

COOKIE = "passed"
FROM_ONE_ADDRESS = Limit("birth-year-address", settings.BIRTH_YEAR_TRIES_FROM_ONE_ADDRESS, QUARTER)
FOR_ONE_LINK = Limit("birth-year", settings.BIRTH_YEAR_TRIES, QUARTER)
FOR_ONE_LINK_A_DAY = Limit("birth-year", settings.BIRTH_YEAR_TRIES_A_DAY, DAY)
REMEMBERED = settings.BIRTH_YEAR_REMEMBERED_DAYS * DAY


def is_shut(request: HttpRequest, clinic: Clinic, link_id: UUID) -> bool:
    """Whether this device still has to be asked. No query."""
    if not clinic.ask_birth_year:
        return False
    return request.get_signed_cookie(COOKIE, default="", salt=_salt(link_id), max_age=REMEMBERED) != "1"


def ask(request: HttpRequest, token: str, clinic: Clinic, *, wrong: str = "", to: str = "") -> HttpResponse:
    """The question, and nothing of the program. A phone keeps its reports for later: 401 is neither taken nor refused.

    `wrong` is "form" for what is no year, "year" for another one than the clinic noted.
    """
    is_lost = request.method == "POST" and not wrong and KEY not in request.headers
    asked_for = to or (request.get_full_path() if request.method != "POST" else "")
    context = {
        "clinic": clinic,
        "action": reverse("programs:patient_door", args=[token]),
        "to": way_on(token, asked_for),
        "wrong": wrong,
        "is_lost": is_lost,
    }
    answer = in_asked_language(request, "portal/door.html", context, 422 if wrong else 401)
    answer[LINK_HEADER] = "door"  # kept pages wait behind it
    return answer


def way_on(token: str, to: str) -> str:
    """Where the runner wanted to go, if that is a page of this very link; else today."""
    start = reverse("programs:today", args=[token])
    is_ours = url_has_allowed_host_and_scheme(to, allowed_hosts=None) and re.match(r"[\w\-./?=&%]+\Z", to)
    return to if is_ours and to.startswith(start) and ".." not in to else start


def wait_of(request: HttpRequest, link_id: UUID) -> int:
    """Seconds to wait when this try is one too many, else 0. At most six cache calls; a try is counted before it is judged.

    Tries during a pause do not use up the day, so nobody with the link can shut the runner out for a day at once.
    """
    if not (FROM_ONE_ADDRESS.takes(client_address(request)) and FOR_ONE_LINK.takes(str(link_id))):
        return QUARTER
    return 0 if FOR_ONE_LINK_A_DAY.takes(str(link_id)) else DAY


def let_in(answer: HttpResponse, token: str, link_id: UUID) -> None:
    """Remember on this device, for this link alone, that the year was right."""
    answer.set_signed_cookie(
        COOKIE,
        "1",
        salt=_salt(link_id),
        max_age=REMEMBERED,
        path=reverse("programs:today", args=[token]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",  # links are opened from mail: a strict cookie would be asked for again each time
    )


def _salt(link_id: UUID) -> str:
    return f"strideback.door.{link_id}"

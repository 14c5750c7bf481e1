"""What a browser says about how it sends: its own count, and what it had sent before about the same finding."""

import re
from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, QueryDict

from assessments.answers import Place
from assessments.forms.findings import place_of
from assessments.sending import Sent

DEVICE, NUMBER, MINE = "X-Answer-Device", "X-Answer-Number", "mine-"
LARGEST = 2**63 - 1


def sent_with(request: HttpRequest) -> Sent | None:
    """The message's place among those of its browser; None when it was not counted (no script) or not in this form."""
    try:
        device = UUID(request.headers.get(DEVICE, ""))
    except ValueError:
        return None
    number = request.headers.get(NUMBER, "")
    if not re.fullmatch(r"[0-9]{1,19}", number) or not 0 < int(number) <= LARGEST:
        return None
    return Sent(device, int(number))


def sent_before(data: QueryDict) -> Mapping[Place, tuple[str, ...]]:
    """What the sender itself had said about each finding and what was still on its way then: fields mine-<place>."""
    return {
        place_of(name.removeprefix(MINE)): tuple(values)
        for name, values in data.lists()
        if isinstance(name, str) and name.startswith(MINE)
    }

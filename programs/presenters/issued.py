"""The program's page: what the runner has now, and the way in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from programs.handouts.qr import qr_data_uri
from programs.models import Handout, PatientLink, ProgramVersion
from programs.portal.links import LinkLostError, url_for
from programs.presenters.words import side_tag


@dataclass(frozen=True)
class LineView:
    """One exercise as issued. `override_reason`: why it was given although it was unsuitable; for staff only."""

    name: str
    side: str
    staff_text: str
    sentence: str
    note: str
    override_reason: str


def version_lines(version: ProgramVersion) -> list[LineView]:
    """From the frozen content: exactly what was issued, whatever the library says today."""
    return [
        LineView(
            line.get("staff_name", line["name"]),
            side_tag(line["side"]),
            line["staff_text"],
            line["sentence"],
            line["note"],
            line.get("override_reason", ""),
        )
        for line in version.content["lines"]
    ]


@dataclass(frozen=True)
class LinkView:
    """The runner's way in. `url` is empty when this server can no longer make it: then only renewing helps."""

    url: str
    qr: str
    last_opened_at: datetime | None


def link_view(link: PatientLink | None) -> LinkView | None:
    if link is None:
        return None
    try:
        url = url_for(link)
    except LinkLostError:
        return LinkView("", "", link.last_opened_at)
    return LinkView(url, qr_data_uri(url, on_screen=True), link.last_opened_at)


ASKING_ENDS_AFTER = timedelta(minutes=10)  # asking counts as working: a stuck job must not keep an empty room signed in
UNDER_WAY = {Handout.State.QUEUED, Handout.State.WORKING}


def asks_again(handout: Handout, now: datetime) -> bool:
    """Whether the page looks again by itself in a second."""
    since = max(handout.created_at, handout.not_before or handout.created_at)
    return handout.state in UNDER_WAY and now - since < ASKING_ENDS_AFTER

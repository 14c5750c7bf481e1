"""The question of the next morning, for today or an earlier day of the week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from programs.models import MorningCheck, RunLog
from programs.portal.access import Visit
from programs.portal.forms import MorningReport
from programs.portal.plan import plan_of
from programs.portal.presenters import pain_scale

A_DAY = timedelta(days=1)
MORE = "more"  # asks for the page with the rest of the morning's questions open
LEG_COUNTS = {"nerve", "mixed"}


@dataclass(frozen=True)
class Morning:
    """One morning as the page asks about it. `change` and the others are what was chosen; "" is left open."""

    day: date
    url: str
    answer: MorningCheck | None
    is_open: bool
    was_tapped: bool
    is_today: bool
    asks_leg: bool
    change: str
    limp: str
    settled: str
    leg: str
    pain: list[dict[str, Any]]
    errors: list[str]

    @property
    def told(self) -> str:
        """What was reported, in one line."""
        if self.answer is None:
            return ""
        parts = [str(self.answer.get_change_display())]
        if self.answer.pain is not None:
            parts.append(_("pain %(pain)d") % {"pain": self.answer.pain})
        return ", ".join(parts)

    @property
    def says_more(self) -> bool:
        """Whether the rest is shown unfolded: something of it was told; or it matters, right after the one tap."""
        matters = self.asks_leg or self.change == MorningCheck.Change.WORSE
        return bool(self.limp or self.settled or self.leg) or (self.was_tapped and matters)

    @property
    def changes(self) -> list[tuple[str, str, bool]]:
        return [(value, str(words), value == self.change) for value, words in MorningCheck.Change.choices]

    @property
    def legs(self) -> list[tuple[str, str, bool]]:
        return [(value, str(words), value == self.leg) for value, words in MorningCheck.Leg.choices]


def is_asked(visit: Visit, day: date, runs: Sequence[RunLog]) -> bool:
    """Only after a day with something planned or a run: otherwise there is nothing to compare."""
    before = day - A_DAY
    if any(run.day == before and not run.is_removed for run in runs):
        return True
    version = visit.version_for(before)
    return version is not None and bool(plan_of(version, before))


def morning_of(
    visit: Visit, day: date, runs: Sequence[RunLog], *, form: MorningReport | None = None, asked: str = ""
) -> Morning | None:
    """None where nothing is asked. Opened while it is open, for a mistake, and right after one tap, to add more (`asked`).
    One query; one more for a day before today's version.
    """
    answer = visit.program.mornings.filter(day=day).first()
    if answer is None and form is None and not is_asked(visit, day, runs):
        return None
    version = visit.version_for(day) or visit.version
    given = form.data if form else _given(answer)
    return Morning(
        day=day,
        url=morning_url(visit, day),
        answer=answer,
        is_open=form is not None or answer is None or asked == MORE,
        was_tapped=asked == MORE,
        is_today=day == visit.today,
        asks_leg=version.content["diagnosis"] in LEG_COUNTS,
        change=given.get("change", ""),
        limp=given.get("limp", ""),
        settled=given.get("settled", ""),
        leg=given.get("leg", ""),
        pain=pain_scale(version.content["pain_ceiling"], given.get("pain")),
        errors=[errors[0] for errors in form.errors.values()] if form else [],
    )


def morning_url(visit: Visit, day: date) -> str:
    if day == visit.today:
        return reverse("programs:patient_morning", args=[visit.token])
    return reverse("programs:patient_day_morning", args=[visit.token, day.isoformat()])


def has_more(answer: MorningCheck) -> bool:
    """Whether anything beside better, same or worse was told."""
    return bool(answer.leg) or any(value is not None for value in (answer.pain, answer.has_limp, answer.is_settled))


def _given(answer: MorningCheck | None) -> dict[str, Any]:
    if answer is None:
        return {}
    words = {True: "yes", False: "no", None: ""}
    return {
        "change": answer.change,
        "pain": answer.pain,
        "limp": words[answer.has_limp],
        "settled": words[answer.is_settled],
        "leg": answer.leg,
    }

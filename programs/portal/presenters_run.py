"""Runs in the words of the page, and the form that tells one."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from programs.models import RunLog
from programs.portal.access import Visit
from programs.portal.forms import RunReport
from programs.portal.presenters import pain_scale
from programs.progression.runladder import RUN_LADDER


@dataclass(frozen=True)
class RunLine:
    """One run of a day, and where it is changed."""

    log: RunLog
    url: str

    @property
    def told(self) -> str:
        return run_words(self.log)


@dataclass(frozen=True)
class RunForm:
    """What the form of a run shows. `run` is the random id of a new run, "" for one that exists."""

    url: str
    log: RunLog | None
    run: str
    minutes: str
    km: str
    surfaces: list[tuple[str, str, bool]]
    rungs: list[tuple[int, str, bool]]
    is_other: bool
    pain: list[dict[str, Any]]
    errors: list[str]


def run_words(log: RunLog) -> str:
    """`30 min · 5.2 km · Uphill · pain 2`, with what was told and nothing else."""
    parts = [
        _("%(minutes)d min") % {"minutes": log.minutes} if log.minutes is not None else "",
        _("%(km)s km") % {"km": kilometres(log.metres)} if log.metres else "",
        str(log.get_surface_display()) if log.surface else "",
        _("pain %(pain)d") % {"pain": log.pain} if log.pain is not None else "",
    ]
    return " · ".join(part for part in parts if part) or _("Run")


def kilometres(metres: int | None) -> str:
    """As the runner writes numbers: 5.2 or 5,2."""
    if metres is None:
        return ""
    text = f"{metres / 1000:.3f}".rstrip("0").rstrip(".")
    return number_format(text)


def run_pain_words(ceiling: int) -> str:
    if ceiling == 0:
        return _("No pain is fine for you. At 1 or more: stop running for today.")
    return _("Up to %(limit)d is fine for you. Above %(limit)d: stop running for today.") % {"limit": ceiling}


def runs_url(visit: Visit, day: date) -> str:
    return reverse("programs:patient_runs", args=[visit.token, day.isoformat()])


def run_url(visit: Visit, log: RunLog) -> str:
    return reverse("programs:patient_run", args=[visit.token, log.day.isoformat(), log.pk])


def run_lines(visit: Visit, runs: list[RunLog], day: date) -> list[RunLine]:
    return [RunLine(log, run_url(visit, log)) for log in runs if log.day == day]


def run_form(visit: Visit, day: date, log: RunLog | None, form: RunReport | None = None) -> RunForm:
    """A new run starts empty but for the step of the ladder the program is on; None of the answers is chosen."""
    content = (visit.version_for(day) or visit.version).content
    planned = (content.get("running") or {}).get("level")
    given = form.data if form else _given(log, planned)
    level = str(given.get("level", ""))
    return RunForm(
        url=run_url(visit, log) if log else runs_url(visit, day),
        log=log,
        run="" if log else str(_said(given) or uuid.uuid4()),
        minutes=str(given.get("minutes", "")),
        km=str(given.get("km", "")),
        surfaces=[(value, str(words), value == given.get("surface")) for value, words in RunLog.Surface.choices],
        rungs=[(rung.level, _(rung.headline), str(rung.level) == level) for rung in RUN_LADDER]
        if planned is not None
        else [],
        is_other=level == "",
        pain=pain_scale(content["pain_ceiling"], given.get("pain")),
        errors=[errors[0] for errors in form.errors.values()] if form else [],
    )


def _given(log: RunLog | None, planned: int | None) -> dict[str, Any]:
    if log is None:
        return {"level": "" if planned is None else planned}
    return {
        "minutes": "" if log.minutes is None else log.minutes,
        "km": kilometres(log.metres),
        "surface": log.surface,
        "pain": log.pain,
        "level": "" if log.level is None else log.level,
    }


def _said(given: Any) -> UUID | None:
    try:
        return UUID(given.get("run", ""))
    except ValueError:
        return None

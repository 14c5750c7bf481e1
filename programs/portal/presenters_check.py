"""The short checks of the runner's program: which are due, what was told, and how one is done."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from clinic.vocabulary.diagnoses import WorkingDiagnosis
from programs.library.catalogue import LIBRARY
from programs.library.translations import texts_of
from programs.models import CheckResult
from programs.portal.access import Visit
from programs.portal.forms import CheckReport
from programs.portal.presenters import pain_scale
from programs.portal.queries_reported import checks_since
from programs.progression.home_check_words import HOW, LIBRARY_TESTS, TITLES
from programs.progression.home_checks import DUE_AFTER_DAYS, HOME_CHECKS, HomeCheck, checks_for
from programs.wording import exercise_words, language_now


@dataclass(frozen=True)
class CheckLine:
    """One check with its newest result of the week, whoever measured it."""

    check: HomeCheck
    result: CheckResult | None
    url: str

    @property
    def name(self) -> str:
        return check_name(self.check.key)

    @property
    def told(self) -> str:
        return check_words(self.check, self.result) if self.result else ""

    @property
    def is_due(self) -> bool:
        return self.result is None


@dataclass(frozen=True)
class CheckForm:
    """What the page of one check shows. Yes and no are "yes", "no" or "" for left open."""

    check: HomeCheck
    how: dict[str, Any]
    fields: list[dict[str, str]]
    questions: list[dict[str, str]]
    pain: list[dict[str, Any]]
    errors: list[str]


def own_checks(visit: Visit) -> tuple[HomeCheck, ...]:
    """What this program asks for today, from the version that holds."""
    content = visit.version.content
    return checks_for(
        WorkingDiagnosis(content["diagnosis"]),
        content["stage"],
        run_level=(content.get("running") or {}).get("level"),
        self_test=visit.program.self_test,
        exercises={line["exercise"] for line in content["lines"]},
    )


def check_url(visit: Visit, day: date, key: str) -> str:
    return reverse("programs:patient_check", args=[visit.token, day.isoformat(), key])


def check_lines(visit: Visit) -> list[CheckLine]:
    """The checks of the program as they stand today: due when nobody measured them in a week. One query; none where the
    program has no checks.
    """
    asked = own_checks(visit)
    if not asked:
        return []
    since = visit.today - timedelta(days=DUE_AFTER_DAYS)
    newest = {result.key: result for result in checks_since(visit.program.pk, since)}
    return [CheckLine(check, newest.get(check.key), check_url(visit, visit.today, check.key)) for check in asked]


def told_lines(visit: Visit, day: date) -> list[CheckLine]:
    """What the runner measured on an earlier day, to be corrected. One query."""
    told = visit.program.checks.filter(day=day, by=None).order_by("told_at")
    known = [(HOME_CHECKS.get(result.key), result) for result in told]
    return [CheckLine(check, result, check_url(visit, day, check.key)) for check, result in known if check]


def check_name(key: str) -> str:
    if key in LIBRARY_TESTS:
        return str(_library(key)["name"])
    return _(TITLES[key])


def check_words(check: HomeCheck, result: CheckResult) -> str:
    """What was told, in one line: `left 30 s · right 24 s · cramp · pain 2`."""
    shown = [(_("left"), result.left), (_("right"), result.right), ("", result.value)]
    parts = [f"{side} {_count(value, check.unit)}".strip() for side, value in shown if value is not None]
    if result.passed is not None:
        parts.append(_("Yes") if result.passed else _("No"))
    parts += [_("cramp")] if result.has_cramp else []
    parts += [_("a hip dropped")] if result.hip_drops else []
    if result.pain is not None:
        parts.append(_("pain %(pain)d") % {"pain": result.pain})
    return " · ".join(parts)


def check_form(visit: Visit, check: HomeCheck, result: CheckResult | None, form: CheckReport | None) -> CheckForm:
    given = form.data if form else _given(result)
    fields = [
        {"name": name, "label": label, "value": str(given.get(name) if given.get(name) is not None else "")}
        for name, label in _counts(check)
    ]
    asked = [("passed", "")] if check.is_yes_no else []
    asked += [("has_cramp", _("Did the back of the thigh cramp?"))] if check.is_clean else []
    asked += [("hip_drops", _("Did a hip drop?"))] if check.is_clean else []
    return CheckForm(
        check=check,
        how=how_of(check.key),
        fields=fields,
        questions=[{"name": name, "label": label, "value": str(given.get(name) or "")} for name, label in asked],
        pain=pain_scale(visit.version.content["pain_ceiling"], given.get("pain")) if check.asks_pain else [],
        errors=[errors[0] for errors in form.errors.values()] if form else [],
    )


def how_of(key: str) -> dict[str, Any]:
    """Name and way of a check: from the library with its drawing, in the page's language or marked as English."""
    if key in LIBRARY_TESTS:
        return _library(key)
    return {"name": _(TITLES[key]), "start": _(HOW[key]), "language": language_now()}


def _library(key: str) -> dict[str, Any]:
    name = LIBRARY_TESTS[key]
    english = dict(texts_of(LIBRARY[name]))
    return {"exercise": name, "side": "right"} | english | exercise_words(name, english, language_now())


def _counts(check: HomeCheck) -> list[tuple[str, str]]:
    label = {"s": _("Seconds"), "times": _("How many"), "min": _("Minutes")}.get(check.unit, "")
    if not check.unit:
        return []
    if check.each_side:
        sides = (("left", _("left leg")), ("right", _("right leg")))
        return [(name, f"{label}, {side}") for name, side in sides]
    return [("value", label)]


def _count(value: float, unit: str) -> str:
    words = {"s": _("%(number)s s"), "times": _("%(number)s times"), "min": _("%(number)s min")}
    return words[unit] % {"number": number_format(f"{value:g}")}


def _given(result: CheckResult | None) -> dict[str, Any]:
    if result is None:
        return {}
    said = {True: "yes", False: "no", None: ""}
    counts = {name: getattr(result, name) for name in ("left", "right", "value")}
    shown = {name: f"{value:g}" for name, value in counts.items() if value is not None}
    answers = {name: said[getattr(result, name)] for name in ("passed", "has_cramp", "hip_drops")}
    return shown | answers | {"pain": result.pain}

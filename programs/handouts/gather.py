"""From an issued version to what its paper says. Reads the frozen content, the runner's first name and the live link."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic.vocabulary.sides import DoseSide
from programs.drawings.addresses import sound
from programs.figures import figure_for
from programs.handouts.document import ClinicHead, HandoutDocument, HandoutExercise, Limb, Paper, RunningAdvice
from programs.models import Handout, PatientLink, ProgramVersion
from programs.portal.links import LinkLostError, url_for
from programs.progression.dose import from_json
from programs.progression.plan import planned_days
from programs.progression.runladder import move_up_sentence
from programs.wording import language_mark

END_FRAME = 2  # of at most three; a figure with fewer shows its last


def gather(handout: Handout) -> tuple[HandoutDocument, Paper]:
    """The document and its paper size. Two queries, inside the clinic's scope.

    Raises HandoutError, in words staff can act on, when the version cannot be put on paper.
    """
    version = ProgramVersion.objects.select_related("clinic", "program__episode__patient").get(pk=handout.version_id)
    links = PatientLink.objects.filter(program=version.program_id, revoked_at=None)
    paper = cast("Paper", version.content["clinic"]["paper"])
    return document_of(version, links=links.order_by("-created_at")), paper


def document_of(version: ProgramVersion, *, links: Iterable[PatientLink]) -> HandoutDocument:
    """Dated by the day of issue in the clinic's time zone, so that the same version always prints the same sheet."""
    content = version.content
    with translation.override(content["language"]):
        running = _running(content["running"])
        exercises = tuple(
            _exercise(number, line, version.starts_on, version.ends_on)
            for number, line in enumerate(content["lines"], start=1)
        )
    return HandoutDocument(
        clinic=_clinic(content["clinic"]),
        first_name=version.program.episode.patient.first_name,
        body_part=content["body_part"],
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        version=version.number,
        generated_on=version.issued_at.astimezone(ZoneInfo(version.clinic.time_zone)).date(),
        exercises=exercises,
        pain_ceiling=content["pain_ceiling"],
        language=content["language"],
        link_url=_address(links),
        running=running,
        next_visit=content["next_visit"] or None,
    )


def _address(links: Iterable[PatientLink]) -> str | None:
    """The newest link whose address can still be made; a sheet without one says so by leaving the code out."""
    for link in links:
        try:
            return url_for(link)
        except LinkLostError:
            continue
    return None


def _with_mark(text: str, language: str) -> str:
    """Words that are not in the sheet's language say so: `Bridge on a chair (Englisch)`."""
    return f"{text} {language_mark(language)}".rstrip() if text else ""


def _clinic(words: Mapping[str, str]) -> ClinicHead:
    return ClinicHead(
        name=words["name"],
        phone=words["phone"],
        emergency_number=words["emergency_number"],
        urgent_number=words["urgent_number"],
        emergency_place=words["emergency_place"],
    )


def _exercise(number: int, line: Mapping[str, Any], starts_on: date, ends_on: date) -> HandoutExercise:
    dose = from_json(line["dose"])
    return HandoutExercise(
        number=number,
        name=_with_mark(line["name"], line.get("language", "")),
        side=line["side"],
        headline=line["big"]["headline"],
        unit=line["big"]["unit"],
        how_often=line["big"]["how_often"],
        sentence=line["sentence"],
        cues=tuple(line["cues"]),
        steps=tuple(step for step in (line["start"], *line["steps"]) if step),
        due_days=planned_days(dose, starts_on, ends_on),
        times_per_day=dose.times_per_day,
        figure_svg=_figure(line),
        limb=cast("Limb", line["limb"]),
        note=line["note"],
    )


def _figure(line: Mapping[str, Any]) -> str | None:
    """The end of the movement; what a clinic had drawn stands as it was when the version was issued."""
    language, side = get_language() or "en", DoseSide(line["side"])
    own = line.get("figure")
    data = own if sound(line["exercise"], own) else None
    return figure_for(line["exercise"], side, title=line["name"], language=language, frames=(END_FRAME,), data=data)


def _running(advice: Mapping[str, Any]) -> RunningAdvice | None:
    if not advice:
        return None
    return RunningAdvice(
        title=advice["title"],
        headline=advice["headline"],
        text=_with_mark(advice["text"], advice.get("language", "")),
        move_up=move_up_sentence(advice["level"], _) if advice["level"] is not None else "",
    )

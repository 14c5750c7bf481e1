"""From an issued version to what its paper says. Reads the frozen content, the runner's first name and the live link."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic.models import Clinic, ClinicLogo
from clinic.vocabulary.sides import DoseSide
from programs.drawings.addresses import sound
from programs.figures import figure_for
from programs.handouts.document import (
    ClinicHead,
    HandoutDocument,
    HandoutExercise,
    HandoutPicture,
    Limb,
    Paper,
    Phase,
    RunningAdvice,
)
from programs.models import ExercisePicture, Handout, PatientLink, ProgramVersion
from programs.portal.links import LinkLostError, url_for
from programs.progression.dose import from_json
from programs.progression.plan import planned_days
from programs.progression.runladder import move_up_sentence
from programs.wording import language_mark

START_FRAME, END_FRAME = 0, 2  # of at most three; a figure with fewer shows its last


def gather(handout: Handout) -> tuple[HandoutDocument, Paper]:
    """The document and its paper size. Three queries, one more with clinic's pictures; inside the clinic's scope.

    What the runner does is as it was issued. The clinic's name, numbers, logo and colour are as they are now: a sheet
    printed again must not give a telephone number that nobody answers. Raises HandoutError, in words staff can act on,
    when the version cannot be put on paper.
    """
    version = ProgramVersion.objects.select_related("clinic", "program__episode__patient").get(pk=handout.version_id)
    links = PatientLink.objects.filter(program=version.program_id, revoked_at=None)
    document = document_of(
        version,
        links=links.order_by("-created_at"),
        logo=ClinicLogo.objects.filter(clinic=version.clinic_id).first(),
        pictures=_pictures(version),
    )
    return document, cast("Paper", handout.paper)


def _pictures(version: ProgramVersion) -> dict[str, HandoutPicture]:
    """The clinic's own pictures of this version's exercises by their id: those it was issued with, never newer ones."""
    ids = [UUID(line["picture"]["id"]) for line in version.content["lines"] if line.get("picture")]
    rows = ExercisePicture.objects.filter(clinic=version.clinic_id, pk__in=ids) if ids else ()
    return {str(row.pk): _picture(row, words=row.words) for row in rows}


def _picture(row: ExercisePicture | ClinicLogo, *, words: str = "") -> HandoutPicture:
    return HandoutPicture(png=bytes(row.image), width=row.width, height=row.height, words=words)


def document_of(
    version: ProgramVersion,
    *,
    links: Iterable[PatientLink],
    logo: ClinicLogo | None = None,
    pictures: Mapping[str, HandoutPicture] | None = None,
) -> HandoutDocument:
    """Dated by the day of issue in the clinic's time zone, so that the same version always prints the same sheet."""
    content, language = version.content, version.content.get("plan_language", "")
    with translation.override(content["language"]):
        running = _running(content["running"])
        exercises = tuple(
            _exercise(number, line, version.starts_on, version.ends_on, pictures or {})
            for number, line in enumerate(content["lines"], start=1)
        )
        criteria = tuple(_with_mark(each, language) for each in content["criteria"])
        avoid = tuple(_with_mark(each, language) for each in content["avoid"])
    return HandoutDocument(
        clinic=_clinic(version.clinic, logo),
        first_name=version.program.episode.patient.first_name,
        body_part=content["body_part"],
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        version=version.number,
        generated_on=version.issued_at.astimezone(ZoneInfo(version.clinic.time_zone)).date(),
        exercises=exercises,
        pain_ceiling=content["pain_ceiling"],
        language=content["language"],
        link_url=_address(links, version=version.number),
        running=running,
        next_visit=content["next_visit"] or None,
        criteria=criteria,
        avoid=avoid,
        phases=tuple(
            Phase(title=phase["title"], criteria=tuple(phase["criteria"]), is_current=phase["is_current"])
            for phase in content.get("phases", ())
        ),
    )


def _address(links: Iterable[PatientLink], *, version: int) -> str | None:
    """The newest link whose address can still be made, with the version it is printed on; a sheet without one leaves the
    code out.
    """
    for link in links:
        try:
            return url_for(link, version=version)
        except LinkLostError:
            continue
    return None


def _with_mark(text: str, language: str) -> str:
    """Words that are not in the sheet's language say so: `Bridge on a chair (Englisch)`."""
    return f"{text} {language_mark(language)}".rstrip() if text else ""


def _clinic(clinic: Clinic, logo: ClinicLogo | None) -> ClinicHead:
    return ClinicHead(
        name=clinic.name,
        phone=clinic.phone,
        emergency_number=clinic.emergency_number,
        urgent_number=clinic.urgent_number,
        emergency_place=clinic.emergency_place,
        colour=clinic.colour,
        logo=_picture(logo) if logo else None,
    )


def _exercise(
    number: int, line: Mapping[str, Any], starts_on: date, ends_on: date, pictures: Mapping[str, HandoutPicture]
) -> HandoutExercise:
    dose = from_json(line["dose"])
    picture = pictures.get((line.get("picture") or {}).get("id", ""))
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
        figure_svg=None if picture else _figure(line, END_FRAME),
        start_svg=None if picture else _figure(line, START_FRAME),
        picture=picture,
        purpose=line.get("purpose", ""),
        faults=tuple(line.get("faults", ())),
        breathing=line.get("breathing", ""),
        easier=line.get("easier", ""),
        harder=line.get("harder", ""),
        limb=cast("Limb", line["limb"]),
        note=line["note"],
    )


def _figure(line: Mapping[str, Any], frame: int) -> str | None:
    """One position of the movement; what a clinic had drawn stands as it was when the version was issued."""
    language, side = get_language() or "en", DoseSide(line["side"])
    own = line.get("figure")
    data = own if sound(line["exercise"], own) else None
    return figure_for(line["exercise"], side, title=line["name"], language=language, frames=(frame,), data=data)


def _running(advice: Mapping[str, Any]) -> RunningAdvice | None:
    if not advice:
        return None
    return RunningAdvice(
        title=advice["title"],
        headline=advice["headline"],
        text=_with_mark(advice["text"], advice.get("language", "")),
        move_up=move_up_sentence(advice["level"], _) if advice["level"] is not None else "",
    )

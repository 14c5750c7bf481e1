"""What is issued: the draft as it stands, in the runner's language, with everything paper and page will ever need."""

from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from clinic.vocabulary.sides import PainfulSide
from programs.course import phases_of, protocol_at
from programs.drawings.frozen import frozen_figure
from programs.library.catalogue import LIBRARY_VERSION
from programs.library.protocol import Protocol
from programs.mapping import dose_of, protocol_of, running_words
from programs.models import Program, ProgramLine, ProgramVersion
from programs.progression.dose_words import Limb, big_line, patient_sentence, staff_text
from programs.wording import exercise_words, language_now, protocol_words, running_text

VERSION_SCHEMA = 1
LINE_TEXTS = ("purpose", "start", "steps", "cues", "faults", "equipment", "easier", "harder")
CLINIC_WORDS = ("name", "phone", "email", "emergency_number", "urgent_number", "emergency_place", "paper")


def frozen_content(program: Program, lines: Sequence[ProgramLine]) -> dict[str, Any]:
    """All that paper and the patient's page need, as it stands now, in the runner's language. No name in it.

    The schema is version 1: see the keys below; `doses` repeats the lines' doses so that lists of runners read only those.
    """
    patient = program.episode.patient
    protocol = protocol_of(program)
    plan = protocol_words(protocol, patient.language)
    phases = frozen_phases(program, lines)
    now = next((phase for phase in phases if phase["is_current"]), None)
    with translation.override(patient.language):
        return {
            "schema": VERSION_SCHEMA,
            "language": patient.language,
            "library_version": LIBRARY_VERSION,
            "diagnosis": program.diagnosis,
            "stage": program.stage,
            "self_test": program.self_test,
            "side": program.side,
            "body_part": body_part(program),
            "pain_ceiling": program.pain_ceiling,
            "lines": [frozen_line(line, own_language=program.clinic.language) for line in lines],
            "doses": {str(line.pk): line.dose for line in lines},
            "running": frozen_running(program.running_advice, protocol, patient.language),
            "running_given": program.running_advice,
            "next_visit": program.next_visit,
            "criteria": now["criteria"] if now else plan["move_on"],
            "criteria_language": now["language"] if now else plan["language"],
            "avoid": plan["avoid"],
            "plan_language": plan["language"],
            **({"phases": phases, "phases_given": phases_given(program)} if phases else {}),
            "clinic": {name: getattr(program.clinic, name) for name in CLINIC_WORDS},
        }


def frozen_phases(program: Program, lines: Sequence[ProgramLine]) -> list[dict[str, Any]]:
    """Title and criteria of every phase, and which one the runner is in; only that one names its lines.

    Words of the library are in the runner's language where they are translated, a clinician's own stay as they are.
    Empty for a program without phases.
    """
    return [
        {
            **phase_words(program, phase),
            "is_current": number == program.phase,
            "lines": [str(line.pk) for line in lines] if number == program.phase else [],
        }
        for number, phase in enumerate(phases_of(program) if program.phases else [], start=1)
    ]


def phase_words(program: Program, phase: dict[str, Any]) -> dict[str, Any]:
    protocol = protocol_at(program, phase["stage"]) if phase["stage"] or not program.stage else None
    given = {"title": phase["title"], "criteria": phase["criteria"]}
    if protocol is None or given != {"title": protocol.title, "criteria": list(protocol.move_on)}:
        return given | {"language": program.clinic.language}
    words = protocol_words(protocol, program.episode.patient.language)
    return {"title": words["title"], "criteria": words["move_on"], "language": words["language"]}


def body_part(program: Program) -> str:
    """Where it hurts, in the runner's words: no diagnosis, since the sheet hangs where visitors read it."""
    return {
        PainfulSide.LEFT: gettext("Left thigh"),
        PainfulSide.RIGHT: gettext("Right thigh"),
        PainfulSide.BOTH: gettext("Both thighs"),
    }[PainfulSide(program.side)]


def frozen_running(advice: dict[str, Any], protocol: Protocol | None, language: str) -> dict[str, Any]:
    """The advice in the runner's language. Call it with that language active."""
    if not advice:
        return {}
    text, text_language = running_text(protocol, advice["text"], language)
    return running_words(advice["level"], text) | {"language": text_language}


def frozen_line(line: ProgramLine, *, own_language: str = "") -> dict[str, Any]:
    """One exercise as the runner meets it. Call it with the runner's language active.

    Its words are in one language as a whole ("language"); the dose is always in the runner's. Staff keep their
    shorthand and the name they know. `own_language` is the language a clinic writes its own exercises in.
    """
    content, dose, language = line.exercise.whole, dose_of(line), language_now()
    words = exercise_words(
        line.exercise.key, content, language, own_language=own_language if line.exercise.clinic_id else ""
    )
    rep_word = words["rep_word"]
    big = big_line(dose, gettext, rep_word=rep_word)
    return {
        "line": str(line.pk),
        "exercise": line.exercise.key,
        "name": line.exercise.name,
        "staff_name": line.exercise.name,
        "kind": line.exercise.kind,
        "side": dose.side.value,
        "limb": content["limb"],
        "rep_word": rep_word,
        "dose": line.dose,
        "staff_text": staff_text(dose),
        "sentence": patient_sentence(dose, gettext, limb=Limb(content["limb"]), rep_word=rep_word),
        "big": {"headline": big.headline, "unit": big.unit, "how_often": big.how_often},
        **{name: content[name] for name in LINE_TEXTS},
        **{name: words[name] for name in ("language", "name", *LINE_TEXTS) if name in words},
        "note": line.note,
        **frozen_figure(line.exercise),
        **_more(line, words.get("breathing") or content.get("breathing", "")),
    }


def _more(line: ProgramLine, breathing: str) -> dict[str, Any]:
    """What not every exercise has. The reason for an unsuitable one is for staff: neither page nor paper shows it."""
    found = {
        "breathing": breathing,
        "picture": getattr(line.exercise, "clinic_picture", None),
        "video": line.exercise.video_url,
        "override_reason": line.override_reason,
    }
    return {name: value for name, value in found.items() if value}


def has_unissued_changes(program: Program, lines: Sequence[ProgramLine], newest: ProgramVersion) -> bool:
    """Whether the draft differs from what the runner has. The library's own texts do not count: they wait for the next one."""
    issued = newest.content
    was = [(line["line"], line["dose"], line["note"]) for line in issued["lines"]]
    running = issued.get("running_given", issued["running"])
    rest = (issued["pain_ceiling"], running, issued["next_visit"], issued["diagnosis"], issued["stage"])
    rest += (issued.get("self_test"),)
    now = [(str(line.pk), line.dose, line.note) for line in lines if line.phase == program.phase]
    plan = (program.pain_ceiling, program.running_advice, program.next_visit, program.diagnosis, program.stage)
    plan += (program.self_test,)
    return (was, rest) != (now, plan) or ("phases" in issued and issued["phases_given"] != phases_given(program))


def phases_given(program: Program) -> list[Any]:
    """The phases as the clinician left them, and the current one's number: what a draft is compared with later."""
    return [program.phase, *program.phases]

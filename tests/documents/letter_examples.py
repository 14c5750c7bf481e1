"""Letters to print: a made-up runner whose panel is what the real reasoning says of her findings. No database."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import translation

from assessments.mapping import read
from assessments.models import Answer, Assessment
from assessments.reasoning import FINDINGS, MANDATORY
from assessments.wording import panel_of
from clinic.models import Episode, Patient, RunningProfile
from programs.letters import suggest
from programs.letters.basis import Basis, Concluded, Outcome, Person, Prescribed, Written
from programs.letters.compose import compose
from programs.letters.document import Head, LetterDocument

ON = date(2026, 11, 22)
SCREENED = {(key, ""): "absent" for key in MANDATORY if not FINDINGS[key].sided and not FINDINGS[key].choices}
TENDON: dict[tuple[str, str], str] = SCREENED | {
    ("onset", ""): "gradual",
    ("pain_sitting", ""): "present",
    ("pain_speed_hills", ""): "present",
    ("load_error", ""): "present",
    ("pop", ""): "absent",
    ("hs_history", ""): "absent",
    ("nprs_now", ""): "2",
    ("nprs_worst", ""): "6",
    ("nprs_run", ""): "4",
    ("settle_minutes", ""): "20",
    ("palp_ischial", "right"): "present",
    ("palp_ischial", "left"): "absent",
    ("palp_hamstring", "right"): "absent",
    ("mbk_stretch", "right"): "present",
    ("mbk_stretch", "left"): "absent",
    ("bk_stretch", "right"): "present",
    ("resisted_kf_pain", "right"): "absent",
    ("resisted_kf_pain", "left"): "absent",
    ("slr_degrees", "right"): "66",
    ("slr_degrees", "left"): "74",
    ("ake_deficit", "right"): "21",
    ("ake_deficit", "left"): "12",
    ("slump", "right"): "absent",
    ("slump", "left"): "absent",
    ("thigh_thrust", "right"): "absent",
    ("distraction", ""): "absent",
    ("slhb_hold", "right"): "14",
    ("slhb_hold", "left"): "25",
}
TENDON = {place: value for place, value in TENDON.items() if place[0] in FINDINGS}


def panel(answers: dict[tuple[str, str], str], *, born: date = date(1992, 3, 9)) -> dict[str, Any]:
    """What the screen would show of these answers, from the real reasoning."""
    patient = Patient(date_of_birth=born, sex="female")
    patient.running = RunningProfile(running_type="distance")
    episode = Episode(patient=patient, painful_side="right")
    assessment = Assessment(episode=episode, examined_on=ON)
    rows = [Answer(key=key, side=side, value=value) for (key, side), value in answers.items()]
    return panel_of(read(assessment, rows, [])).to_json()


def basis(answers: dict[tuple[str, str], str] | None = None, **more: Any) -> Basis:
    answers = TENDON if answers is None else answers
    fields: dict[str, Any] = {
        "head": Head(
            "Larkfield Running Physio", ("4 Larkfield Mews", "London E8 3AB"), "020 7946 0147", "hello@larkfield.test"
        ),
        "paper": "A4",
        "language": "en",
        "patient": "Ana Ferreira",
        "born": date(1992, 3, 9),
        "age": 34,
        "running": ("distance runner", "48 km a week", "goal: half marathon"),
        "painful_side": "right",
        "began_on": date(2026, 9, 20),
        "own_words": "It pulls under the sitting bone when I sit in the car.",
        "examined_on": date(2026, 11, 20),
        "visit": 2,
        "version": 1,
        "knowledge_version": "2026-11-22.1",
        "answers": answers,
        "shown": {"panel": panel(answers)},
        "conclusion": Concluded(
            diagnosis="pht",
            diagnosis_words="Proximal hamstring tendinopathy",
            side="right",
            stage=2,
            last_stage=4,
            irritability="Moderate",
            severity="Moderate",
            wording="Load-related pain at the sitting bone, no sign from the back or the nerve.",
        ),
        "chart": ("Right sitting bone: ache, worst area", "Right upper thigh: pulling"),
        "outcomes": (
            Outcome("Sitting through a meeting (PSFS, 0 to 10)", "3", "6", "3 better"),
            Outcome("Easy 10 km (PSFS, 0 to 10)", "2", "not asked", "cannot be told"),
        ),
        "program": Prescribed(
            condition="Proximal hamstring tendinopathy, right · stage 2",
            version=2,
            issued_on=date(2026, 11, 8),
            starts_on=date(2026, 11, 8),
            ends_on=date(2026, 11, 21),
            phase="Slow strength with the hip straight",
            aim="Make the tendon and muscle stronger with slow lifts.",
            ceiling=5,
            exercises=("One-leg bridge: 3 × 10, right", "Prone curl hold: 5 × 45 s, rest 2 min, right, 2×/day"),
            running="30 min easy. Every second day.",
            has_ended=False,
            adherence="9 of 12 planned done, 2 skipped, 1 not reported",
            pain="Pain on 9 days of the last 14, from 4 to 2, ceiling 5",
        ),
        "signed_by": Person("Ines Halvard", date(2026, 11, 20)),
        "cosigned_by": (Person("Ada Lindqvist", date(2026, 11, 21)),),
        "emergency_number": "999",
        "urgent_number": "111",
        "emergency_place": "A&E",
    }
    return Basis(**fields | more)


def written(kind: str = "referral", about: Basis | None = None, **more: Any) -> Written:
    about = about or basis()
    with translation.override("en"):
        fields: dict[str, Any] = {
            "kind": kind,
            "kind_words": kind,
            "recipient_name": "Dr Miriam Osei",
            "recipient_organisation": "Hill Street Surgery",
            "recipient_address": "12 Hill Street\nLondon E8 1QQ",
            "reference": "MO/2231",
            "opening": suggest.opening(about, kind),
            "question": suggest.question(about, kind),
            "closing": suggest.closing(about),
            "writer": "Ines Halvard",
        }
    return Written(**fields | more)


def letter(kind: str = "referral", about: Basis | None = None, **more: Any) -> LetterDocument:
    about = about or basis()
    with translation.override("en"):
        return compose(about, written(kind, about, **more), on=ON)


def on_letter_paper(document: LetterDocument) -> LetterDocument:
    return replace(document, paper="Letter")

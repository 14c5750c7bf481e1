"""A program issued in the runner's language: whole exercises, never mixed ones; staff keep their English."""

from dataclasses import replace

import pytest

from programs.actions import issue_program
from programs.freezing import has_unissued_changes
from programs.handouts.gather import document_of
from programs.library.catalogue import LIBRARY
from programs.library.translations import translations
from programs.loading import exercise_content
from programs.models import Program, ProgramVersion
from programs.queries import lines_of
from programs.wording import exercise_words
from tests.programs.test_issuing import TODAY
from tests.support.factories import World


def issued_in(language: str, clinic: World, program: Program) -> ProgramVersion:
    patient = program.episode.patient
    patient.language = language
    patient.save(update_fields=["language"])
    program.refresh_from_db()
    return issue_program(by=clinic.clinician, program=program, today=TODAY)


@pytest.mark.parametrize(
    ("language", "part", "first_words"),
    [
        ("de", "Rechter Oberschenkel", "Halten Sie 45 Sekunden mit dem rechten Bein."),
        ("fr", "Cuisse droite", "Tenez 45 secondes avec la jambe droite."),
        ("es", "Muslo derecho", "Mantenga 45 segundos con la pierna derecha."),
    ],
)
def test_everything_the_runner_reads_is_in_the_runners_language(
    clinic: World, program: Program, language: str, part: str, first_words: str
) -> None:
    content = issued_in(language, clinic, program).content
    words, stage = translations(language), translations(language).protocols["pht_1"].texts
    first = content["lines"][0]
    assert content["language"] == content["plan_language"] == language
    assert content["body_part"] == part
    assert first["sentence"].startswith(first_words)
    for line in content["lines"]:
        texts = words.exercises[line["exercise"]].texts
        assert line["language"] == language
        for name in ("name", "purpose", "start", "easier", "harder"):
            assert line[name] == texts[name]
        for name in ("steps", "cues", "faults"):
            assert line[name] == list(texts[name])
    assert content["running"]["text"] == f"{stage['running']} {stage['hills']}"
    assert content["running"]["language"] == language
    assert content["avoid"] == list(stage["avoid"])
    assert content["criteria"] == list(stage["move_on"])


def test_staff_keep_the_names_and_the_shorthand_they_know(clinic: World, program: Program) -> None:
    first = issued_in("de", clinic, program).content["lines"][0]
    assert first["staff_name"] == "Lying curl hold"
    assert first["staff_text"] == "5 × 45 s hold, rest 2 min, right, 2×/day"


def test_an_issued_translation_is_no_change_of_the_draft(clinic: World, program: Program) -> None:
    version = issued_in("fr", clinic, program)
    assert not has_unissued_changes(program, lines_of(program), version)


def test_an_exercise_without_a_translation_is_english_as_a_whole_and_says_so(
    clinic: World, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = lines_of(program)[0].exercise.key
    german = translations("de")
    rest = {other: entry for other, entry in german.exercises.items() if other != key}
    monkeypatch.setattr("programs.wording.translations", lambda language: replace(german, exercises=rest))
    version = issued_in("de", clinic, program)
    first, second = version.content["lines"][:2]
    english = LIBRARY[key]
    assert (first["language"], second["language"]) == ("en", "de")
    assert (first["name"], first["purpose"], first["start"]) == (english.name, english.purpose, english.start)
    assert (first["steps"], first["cues"]) == (list(english.steps), list(english.cues))
    assert first["sentence"].startswith("Halten Sie 45 Sekunden")
    printed = document_of(version, links=())
    assert printed.exercises[0].name == "Lying curl hold (Englisch)"
    assert "(Englisch)" not in printed.exercises[1].name


def test_words_a_clinic_changed_are_not_ours_to_translate() -> None:
    changed = exercise_content(LIBRARY["clam"]) | {"purpose": "As we say it here."}
    assert exercise_words("clam", changed, "de", own_language="de") == {
        "language": "de",
        "rep_word": changed["rep_word"],
    }
    assert exercise_words("clam", changed, "fr") == {"language": "en", "rep_word": ""}


def test_a_clinicians_own_words_stay_as_they_were_written(clinic: World, program: Program) -> None:
    program.running_advice = program.running_advice | {"text": "Nur auf Gras."}
    program.save(update_fields=["running_advice"])
    running = issued_in("de", clinic, program).content["running"]
    assert (running["text"], running["headline"], running["title"]) == ("Nur auf Gras.", "Nur lockere Läufe", "Laufen")

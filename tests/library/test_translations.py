"""The library in other languages: complete or listed, of today's English, short sentences, errors that say where."""

import re
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from programs.library.catalogue import LIBRARY
from programs.library.reading import LibraryError
from programs.library.translations import (
    LANGUAGES,
    MADE_FROM_FILE,
    PLACE,
    digest,
    load_translations,
    marks,
    protocol_texts,
    protocols_by_key,
    texts_of,
    translations,
)
from tests.library.test_patient_texts import FONTS

NOT_TRANSLATED_YET: dict[str, set[str]] = {"de": set(), "fr": set(), "es": set()}
"""Exercises and stages that are knowingly English in a language; taken off the list when somebody translates them."""
LONGEST_SENTENCE = 18
REVIEW = '[review]\ntranslator = "us"\nreviewed_on = 2026-11-22\nreview_due = 2027-11-22\nstatus = "draft"\n'
languages = pytest.mark.parametrize("language", LANGUAGES)


@languages
def test_every_exercise_and_stage_is_translated_or_listed_as_missing(language: str) -> None:
    known = translations(language)
    missing = {*LIBRARY, *protocols_by_key()} - {*known.exercises, *known.protocols}
    assert missing == NOT_TRANSLATED_YET[language]


@languages
def test_every_translation_is_of_todays_english(language: str) -> None:
    stale = list(translations(language).stale())
    assert not stale, (
        f"The English of these entries changed after they were translated, so patients read them in English: {stale}. "
        f"Bring programs/library/translations/{language} up to date, then run `python manage.py mark_translations`."
    )


@languages
def test_the_marks_are_what_the_command_writes(language: str) -> None:
    assert (PLACE / language / MADE_FROM_FILE).read_text() == marks(PLACE / language)


def every_text(language: str) -> list[tuple[str, str]]:
    known = translations(language)
    return [
        (key, text)
        for key, entry in (*known.exercises.items(), *known.protocols.items())
        for texts in entry.texts.values()
        for text in ((texts,) if isinstance(texts, str) else texts)
    ]


@languages
def test_no_sentence_is_longer_than_eighteen_words(language: str) -> None:
    long = [
        (key, sentence)
        for key, text in every_text(language)
        for sentence in re.split(r"[.!?:;](?:\s|$)", text)
        if len(sentence.split()) > LONGEST_SENTENCE
    ]
    assert not long


@languages
def test_every_letter_can_be_printed_in_our_font(language: str) -> None:
    printable = set.intersection(*(set(TTFont(path).getBestCmap()) for path in sorted(FONTS.glob("*.ttf"))))
    assert {letter for _key, text in every_text(language) for letter in text if ord(letter) not in printable} == set()


@languages
def test_numbers_are_the_same_as_in_english(language: str) -> None:
    """A dose or a limit must not change on the way: each digit group of the English stands in the translation."""
    known, wrong = translations(language), []
    english = {key: texts_of(exercise) for key, exercise in LIBRARY.items()}
    english |= {key: protocol_texts(stage) for key, stage in protocols_by_key().items()}
    for key, entry in (*known.exercises.items(), *known.protocols.items()):
        for name, text in entry.texts.items():
            if sorted(set(numbers(english[key][name]))) != sorted(set(numbers(text))):
                wrong.append((key, name))
    assert not wrong


def numbers(text: Any) -> list[str]:
    return re.findall(r"\d+", text if isinstance(text, str) else " ".join(text))


def one_file(folder: Path, text: str, *, key: str = "clam") -> Path:
    (folder / "hips.toml").write_text(REVIEW + text)
    (folder / MADE_FROM_FILE).write_text(f'[exercises]\n{key} = "{digest(texts_of(LIBRARY["clam"]))}"\n')
    return folder


def clam(**changed: str) -> str:
    """The English as if it were a translation, with some lines replaced; "" leaves a line out."""
    lines = {
        name: f'"{text}"' if isinstance(text, str) else f"{[*text]}" for name, text in texts_of(LIBRARY["clam"]).items()
    }
    return "[clam]\n" + "\n".join(f"{name} = {text}" for name, text in (lines | changed).items() if text) + "\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (clam(cues='["Only one."]'), r"hips\.toml: \[clam\]: cues: must have \d entries as in English, not 1"),
        (clam(purpose=""), r"hips\.toml: \[clam\]: purpose: is missing"),
        (clam() + 'colour = "red"\n', r"hips\.toml: \[clam\]: colour: is not a key"),
        ('[flying]\nname = "Fliegen"\n', r"hips\.toml: \[flying\]: is not an exercise of the English library"),
    ],
)
def test_a_mistake_is_told_with_file_entry_and_key(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(LibraryError, match=says):
        load_translations(one_file(tmp_path, text))


def test_a_translation_counts_only_for_the_english_it_was_made_from(tmp_path: Path) -> None:
    known = load_translations(one_file(tmp_path, clam(name='"Muschel"')))
    english = dict(texts_of(LIBRARY["clam"]))
    found = known.exercise("clam", english)
    assert found
    assert found.texts["name"] == "Muschel"
    assert known.exercise("clam", english | {"purpose": "Now it says something else."}) is None


def test_what_was_never_marked_is_stale_and_not_used(tmp_path: Path) -> None:
    known = load_translations(one_file(tmp_path, clam(), key="side_plank"))
    assert list(known.stale()) == ["clam"]
    assert known.exercise("clam", texts_of(LIBRARY["clam"])) is None

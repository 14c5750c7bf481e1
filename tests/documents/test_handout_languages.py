"""The sheet in other languages: read back from the PDF, with its language set, still on one page."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from programs.handouts.document import HandoutDocument
from programs.handouts.pdf import render_pdf
from tests.documents import examples
from tests.documents.reading import page_count, page_texts

READ = {
    "de": ("Übungen für Ana", "Mo, 23. Nov", "Wie viel Schmerz ist in Ordnung?", "LINKS", "RECHTS", "Warnzeichen"),
    "fr": ("Exercices pour Ana", "lun 23 nov", "Quelle douleur est acceptable", "GAUCHE", "DROITE", "Danger : arrêtez"),
    "es": ("Ejercicios para Ana", "¿Cuánto dolor es aceptable?", "IZQ.", "DER.", "Señales de peligro"),
}
OURS_IN_ENGLISH = ("How much pain", "Tick when done", "Danger signs", "Next visit", "Bring this sheet", "Missed a day")


def in_language(language: str, first_name: str = "Ana") -> HandoutDocument:
    return replace(examples.strain(), language=language, first_name=first_name)


@pytest.mark.parametrize("language", READ)
def test_the_sheets_own_words_are_read_back_in_the_language(language: str) -> None:
    pdf = render_pdf(in_language(language))
    text = " ".join(page_texts(pdf)).replace("\u00a0", " ")
    for words in READ[language]:
        assert words in text
    for words in OURS_IN_ENGLISH:
        assert words not in text
    with pikepdf.open(BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == language
    assert page_count(pdf) == 1


def test_a_name_that_runs_from_right_to_left_does_not_move_the_sheet() -> None:
    pdf = render_pdf(in_language("de", "\u0633\u0627\u0631\u0629"))
    text = " ".join(page_texts(pdf))
    assert "Übungen für" in text
    assert "bis So, 6. Dez 2026" in text
    assert page_count(pdf) == 1

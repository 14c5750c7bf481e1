"""The letter on paper: tagged, in our fonts, in the envelope's window, the same bytes every time, deaf to hostile text."""

import re
import socket
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from programs.letters.document import Head, LetterDocument, LetterError
from programs.letters.pdf import render_html, render_pdf
from tests.documents import letter_examples as examples
from tests.documents.examples import HOSTILE
from tests.documents.reading import elements, fonts, links, page_count, page_texts, tag_counts

MM = 72 / 25.4


@pytest.fixture(scope="module")
def usual() -> bytes:
    return render_pdf(examples.letter())


def test_a_full_letter_takes_one_to_three_pages_numbered_and_named(usual: bytes) -> None:
    texts = page_texts(usual)
    assert 1 <= len(texts) <= 3
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
    assert all("Ana Ferreira, born 9 March 1992" in text for text in texts[1:])


def test_a_short_letter_stands_on_one_page() -> None:
    short = frozenset({"screening", "history", "findings", "chart", "reasoning", "outcomes", "program", "sooner"})
    assert page_count(render_pdf(examples.letter(left_out=short))) == 1


def test_the_paper_is_the_clinics(usual: bytes) -> None:
    sizes = []
    for pdf in (usual, render_pdf(examples.on_letter_paper(examples.letter()))):
        with pikepdf.open(BytesIO(pdf)) as document:
            sizes.append([round(float(side)) for side in document.pages[0].MediaBox][2:])
    assert sizes == [[595, 842], [612, 792]]


def place_of(pdf: bytes, words: str) -> tuple[float, float]:
    """Left edge and top of these words on the first page, in mm from the paper's corner."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    text = page.get_textpage()
    index, _count = text.search(words).get_next()
    left, _bottom, _right, top = text.get_charbox(index)
    height = page.get_height()
    text.close()
    document.close()
    return left / MM, (height - top) / MM


def test_the_address_lies_in_the_window_of_an_envelope(usual: bytes) -> None:
    left, top = place_of(usual, "Dr Miriam Osei")
    assert 20 <= left <= 30
    assert 45 <= top <= 52
    left, top = place_of(usual, "London E8 1QQ")
    assert top <= 85


def test_the_file_is_tagged_titled_in_a_language_and_names_nobody(usual: bytes) -> None:
    with pikepdf.open(BytesIO(usual)) as document:
        assert str(document.Root.Lang) == "en"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo.Title) == "Referral letter"
        metadata = document.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert "Ferreira" not in str(metadata)


def test_a_letter_in_another_language_says_so() -> None:
    with pikepdf.open(BytesIO(render_pdf(replace(examples.letter(), language="de")))) as document:
        assert str(document.Root.Lang) == "de"


def test_the_structure_has_one_title_a_heading_for_each_section_and_reads_in_order(usual: bytes) -> None:
    letter = examples.letter()
    with pikepdf.open(BytesIO(usual)) as document:
        counts = tag_counts(document)
        order = [str(each.S) for each in elements(document) if str(each.S) in {"/H1", "/H2"}]
        scopes = {str(each.A.Scope) for each in elements(document) if str(each.S) == "/TH"}
        bare = [each for each in elements(document) if str(each.S) == "/TH" and "/Scope" not in each.A]
    assert order == ["/H1", *["/H2"] * sum(bool(section.title) for section in letter.sections)]
    assert counts["/Figure"] == 0
    assert counts["/Table"] >= 5
    assert scopes == {"/Column", "/Row"}
    assert not bare


def test_the_words_come_out_in_reading_order(usual: bytes) -> None:
    text = " ".join(page_texts(usual))
    parts = ["Larkfield Running Physio", "Dr Miriam Osei", "22 November 2026", "Referral letter: Ana", "Dear colleague",
             "Conclusion", "What is asked", "Screening for serious", "History", "Where it hurts", "Findings",
             "What supports", "Measures and change", "Program and response", "When not to wait", "With kind regards",
             "Evidence laid out, not a diagnosis by software"]  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_no_heading_stands_alone_at_the_foot_of_a_page() -> None:
    """Whatever the length above it, a heading keeps its first lines."""
    titles = [section.title for section in examples.letter().sections if section.title]
    for lines in range(0, 22, 3):
        for text in page_texts(render_pdf(examples.letter(opening="Line.\n" * lines + "End."))):
            before_foot = re.split(r"Larkfield Running Physio Page \d", text)[0].rstrip()
            assert not before_foot.endswith(tuple(titles)), lines


def test_only_our_fonts_are_in_the_file_as_subsets(usual: bytes) -> None:
    with pikepdf.open(BytesIO(usual)) as document:
        found = fonts(document)
    assert len(found) == 3
    assert all("Atkinson" in name and name[6] == "+" for name in found)
    assert len(usual) < 90_000


def test_no_word_is_smaller_than_a_reader_can_bear(usual: bytes) -> None:
    document = pypdfium2.PdfDocument(usual)
    for page in document:
        text = page.get_textpage()
        sizes = {
            round(pypdfium2.raw.FPDFText_GetFontSize(text.raw, index), 1)
            for index in range(text.count_chars())
            if not chr(pypdfium2.raw.FPDFText_GetUnicode(text.raw, index)).isspace()
        }
        assert min(sizes) >= 8
        text.close()
    document.close()


def test_paper_is_black_on_white_so_that_a_grey_copy_loses_nothing() -> None:
    """Every colour of the style sheet is a grey."""
    style = (Path(__file__).resolve().parents[2] / "templates/letters/paper/letter.css").read_text()
    for colour in re.findall(r"#([0-9a-f]{3,6})\b", style):
        assert len(set(colour)) == 1, colour


def test_the_same_letter_gives_the_same_bytes(usual: bytes) -> None:
    assert render_pdf(examples.letter()) == usual


def hostile(text: str) -> LetterDocument:
    about = examples.basis(
        head=Head(text, (text,), text, text), patient=text, own_words=text, running=(text,), chart=(text,)
    )
    own = dict.fromkeys(("recipient_name", "recipient_organisation", "recipient_address", "opening", "question"), text)
    return examples.letter(about=about, closing=text, reference=text[:80], writer=text, **own)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_letter_by_letter(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _socket, address: opened.append(address))
    pdf = render_pdf(hostile(text))
    assert "".join(text.split()) in "".join("".join(page_texts(pdf)).split())
    with pikepdf.open(BytesIO(pdf)) as document:
        assert not links(document)
        assert len(document.attachments) == 0
        assert "/OpenAction" not in document.Root
    assert b"root:" not in pdf
    assert not opened


@pytest.mark.parametrize(
    "text",
    [
        "Donaudampfschifffahrtsgesellschaft" * 9,
        "Łódź Şişli žluťoučký & <b>bold</b>",
        "نورا تركض",
        "🏃‍♀️ run 🦵",
        "a " * 150,
    ],
    ids=["very long word", "accents and markup", "arabic", "emoji", "300 characters"],
)
def test_unusual_text_in_every_field_is_printed(text: str) -> None:
    pdf = render_pdf(hostile(text))
    assert page_count(pdf) <= 6
    if text.isascii():
        assert "".join(text.split()) in "".join("".join(page_texts(pdf)).split())


def test_a_long_head_or_address_pushes_the_letter_down_and_covers_nothing() -> None:
    long = "A very long name of a practice that goes on and on " * 5
    pdf = render_pdf(examples.letter(recipient_name=long, recipient_organisation=long, recipient_address="Line\n" * 8))
    subject = place_of(pdf, "Referral letter: Ana")[1]
    assert (
        subject > place_of(pdf, "Dr Miriam Osei" if "Dr Miriam Osei" in page_texts(pdf)[0] else "A very long")[1] + 40
    )


@pytest.mark.parametrize(
    "asks_for",
    [
        '<img alt="x" src="file:///etc/hostname">',
        '<img alt="x" src="http://127.0.0.1:9/x.png">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        "<style>p { background: url(file:///etc/hostname) }</style>",
    ],
)
def test_a_letter_that_asks_for_anything_outside_itself_is_not_made(
    asks_for: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = render_html(examples.letter()).replace("</body>", f"{asks_for}</body>")
    monkeypatch.setattr("programs.letters.pdf.render_html", lambda *_args: html)
    with pytest.raises(LetterError, match="outside itself"):
        render_pdf(examples.letter())

"""The printed sheet itself: pages, structure, fonts, words, and what the renderer may not reach."""

import socket
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from programs.handouts.document import HandoutDocument, HandoutError, Paper
from programs.handouts.pdf import render_html, render_pdf
from tests.documents import examples
from tests.documents.reading import elements, fonts, links, page_count, page_texts, tag_counts

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def usual() -> bytes:
    return render_pdf(examples.strain())


@pytest.mark.parametrize(("count", "paper"), [(1, "A4"), (2, "A4"), (3, "A4"), (4, "A4"), (2, "Letter"), (4, "Letter")])
def test_one_to_four_exercises_stand_on_one_page(count: int, paper: Paper) -> None:
    assert page_count(render_pdf(examples.of_size(count), paper=paper)) == 1


@pytest.mark.parametrize("document", [examples.tendon(), examples.nerve(), examples.of_size(4, with_drawing=True)])
def test_other_cases_stand_on_one_page(document: HandoutDocument) -> None:
    assert page_count(render_pdf(document)) == 1


@pytest.mark.slow
@pytest.mark.parametrize("count", [5, 8, 13, 20])
def test_more_exercises_flow_on_without_splitting_a_row_or_the_grid(count: int) -> None:
    document = examples.of_size(count)
    texts = page_texts(render_pdf(document))
    assert 2 <= len(texts) <= 2 + count // 6
    for exercise in document.exercises:
        title = f" {exercise.number}. {exercise.name}"
        where = [text for text in texts if title in text]
        assert len(where) == 1, title
        row = where[0].split(title)[1]
        assert exercise.how_often in row
        assert exercise.cues[-1] in row
    grid_page = next(text for text in texts if "Tick when done" in text)
    assert "Worst pain today" in grid_page
    assert "Danger signs: stop and get help" in texts[-1]
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
        assert "Version 3" in text
        assert "Danger signs: last page" in text
        assert "Nora’s exercises" in text
    assert "How much pain is OK?" in texts[0]


def test_the_paper_is_a4_or_letter(usual: bytes) -> None:
    sizes = []
    for pdf in (usual, render_pdf(examples.strain(), paper="Letter")):
        with pikepdf.open(BytesIO(pdf)) as document:
            sizes.append([round(float(side)) for side in document.pages[0].MediaBox][2:])
    assert sizes == [[595, 842], [612, 792]]


def test_the_file_is_tagged_titled_and_in_a_language(usual: bytes) -> None:
    with pikepdf.open(BytesIO(usual)) as document:
        assert str(document.Root.Lang) == "en"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        title = str(document.docinfo.Title)
        assert title == "Exercise sheet, version 3"
        metadata = document.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert "Nora" not in str(metadata)


def test_the_structure_has_one_title_a_heading_for_each_part_and_reads_in_order(usual: bytes) -> None:
    with pikepdf.open(BytesIO(usual)) as document:
        counts = tag_counts(document)
        order = [str(each.S) for each in elements(document) if str(each.S) in {"/H1", "/H2", "/Table"}]
    assert counts["/H1"] == 1
    assert counts["/H2"] == 4 + 4
    assert counts["/Table"] == 1
    assert order == ["/H1", *["/H2"] * 6, "/Table", "/H2", "/H2"]


def test_every_figure_has_words_and_every_table_heading_its_scope() -> None:
    pdf = render_pdf(examples.of_size(2, with_drawing=True))
    with pikepdf.open(BytesIO(pdf)) as document:
        figures = [str(each.get("/Alt", "")) for each in elements(document) if str(each.S) == "/Figure"]
        headings = [each for each in elements(document) if str(each.S) == "/TH"]
        scopes = [str(each.A.Scope) for each in headings]
    assert figures == ["QR code that opens your private page", *["Knee kick, finish: knee nearly straight"] * 2]
    assert scopes == ["/Column"] * 16 + ["/Row"] * 5


def test_only_our_fonts_are_in_the_file_as_subsets(usual: bytes) -> None:
    with pikepdf.open(BytesIO(usual)) as document:
        found = fonts(document)
    assert len(found) == 3
    for name, descriptor in found.items():
        assert "Atkinson" in name, name
        assert name[6] == "+", name
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
    assert len(usual) < 90_000


def test_no_word_of_the_sheet_is_below_its_size(usual: bytes) -> None:
    """10.5 points for everything a runner follows; 9 for the footer and the names of the weekdays."""
    document = pypdfium2.PdfDocument(usual)
    page = document[0].get_textpage()
    small = ""
    for index in range(page.count_chars()):
        size = pypdfium2.raw.FPDFText_GetFontSize(page.raw, index)
        letter = chr(pypdfium2.raw.FPDFText_GetUnicode(page.raw, index))
        assert size >= 8.99 or letter.isspace()
        if size < 10.49:
            small += letter
    document.close()
    allowed = "Mon Tue Wed Thu Fri Sat Sun Larkfield Running Physio · Version 3 · 22 November 2026 Page 1 of 1"
    assert set(small.split()) <= set(allowed.split())


def test_the_code_leads_to_the_patients_page(usual: bytes) -> None:
    document = pypdfium2.PdfDocument(usual)
    picture = document[0].render(scale=200 / 72).to_pil()
    document.close()
    assert [each.text for each in zxingcpp.read_barcodes(picture)] == [examples.LINK]
    with pikepdf.open(BytesIO(usual)) as structure:
        assert set(links(structure)) == {examples.LINK}


def test_the_words_come_out_in_reading_order(usual: bytes) -> None:
    text = page_texts(usual)[0]
    parts = ["Nora’s exercises", "1. Knee kick", "Lie on your back", "3 × 12", "2. The diver", "4. Kneeling", "pain is OK",
             "My two weeks", "Running this week", "Danger signs"]  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_the_same_document_gives_the_same_bytes(usual: bytes) -> None:
    assert render_pdf(examples.strain()) == usual


@pytest.mark.slow
def test_another_process_gives_the_same_bytes(usual: bytes) -> None:
    code = (
        "import django, sys; django.setup(); from tests.documents import examples;"
        "from programs.handouts.pdf import render_pdf; sys.stdout.buffer.write(render_pdf(examples.strain()))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout == usual


@pytest.mark.parametrize("text", examples.HOSTILE)
def test_hostile_text_is_printed_letter_by_letter(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _socket, address: opened.append(address))
    pdf = render_pdf(examples.hostile(text))
    printed = "".join("".join(page_texts(pdf)).split())
    assert "".join(text.split()) in printed
    with pikepdf.open(BytesIO(pdf)) as document:
        assert set(links(document)) == {examples.LINK}
        assert len(document.attachments) == 0
        assert "/OpenAction" not in document.Root
        assert "/Names" not in document.Root or "/JavaScript" not in document.Root.Names
    assert b"root:" not in pdf
    assert not opened


@pytest.mark.parametrize(
    "text",
    [
        "Donaudampfschifffahrtsgesellschaft" * 9,
        "Ålesund Łódź Şişli Çağrı žluťoučký",
        "نورا تركض",
        "🏃‍♀️ run 🦵",
        "a " * 150,
    ],
    ids=["very long word", "accents", "arabic", "emoji", "300 characters"],
)
def test_unusual_text_in_every_field_is_printed(text: str) -> None:
    pdf = render_pdf(examples.hostile(text))
    assert page_count(pdf) <= 4
    if text.isascii():
        assert "".join(text.split()) in "".join("".join(page_texts(pdf)).split())


def test_accented_latin_stays_in_our_font() -> None:
    pdf = render_pdf(examples.strain(first_name="Łucja Şengül-Žižková"))
    with pikepdf.open(BytesIO(pdf)) as document:
        assert all("Atkinson" in name for name in fonts(document))


@pytest.mark.parametrize(
    "asks_for",
    [
        '<img alt="x" src="file:///etc/hostname">',
        '<img alt="x" src="http://127.0.0.1:9/x.png">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<link rel="attachment" href="file:///etc/hostname">',
        "<style>p { background: url(file:///etc/hostname) }</style>",
        "<style>@font-face { font-family: X; src: url(file:///etc/hostname) }</style>",
    ],
)
def test_a_sheet_that_asks_for_anything_outside_itself_is_not_made(
    asks_for: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The template never does; should it once, the render stops instead of fetching."""
    html = render_html(examples.strain()).replace("</body>", f"{asks_for}</body>")
    monkeypatch.setattr("programs.handouts.pdf.render_html", lambda *_args, **_kwargs: html)
    with pytest.raises(HandoutError, match="outside itself"):
        render_pdf(examples.strain())


def test_a_drawing_with_foreign_markup_stops_the_sheet() -> None:
    drawing = examples.DRAWING.replace("<circle", "<image href='file:///etc/passwd'/><circle", 1)
    with pytest.raises(HandoutError, match="may not hold"):
        render_pdf(examples.strain(exercises=(replace(examples.DIVER, figure_svg=drawing),)))


def test_importing_the_module_does_not_load_the_renderer() -> None:
    code = "import django, sys; django.setup(); import programs.handouts.pdf; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0

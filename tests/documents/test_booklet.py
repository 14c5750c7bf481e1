"""The full handout and the large print as files: pages, structure, fonts, sizes, words, the code, hostile words.

One render of each kind serves most tests: a layout costs a second or two.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from programs.handouts.document import (
    ClinicHead,
    HandoutDocument,
    HandoutError,
    HandoutExercise,
    HandoutPicture,
    Kind,
    Paper,
    Phase,
)
from programs.handouts.edition import content_key
from programs.handouts.pdf import print_document, render_html, render_pdf
from tests.documents import examples
from tests.documents.reading import elements, fonts, links, page_texts, tag_counts

BOTH: tuple[Kind, ...] = ("full", "large")
START = examples.DRAWING.replace("finish: knee nearly straight", "start: knee bent")
SMALLEST = {"full": 9.49, "large": 17.99}


def picture(words: str = "", size: tuple[int, int] = (120, 90)) -> HandoutPicture:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, "PNG")
    return HandoutPicture(png=out.getvalue(), width=size[0], height=size[1], words=words)


LOGO = picture(size=(200, 80))


def rich(exercise: HandoutExercise, **changes: object) -> HandoutExercise:
    """With everything the longer prints say."""
    more = {
        "purpose": "Makes the back of your thigh strong.",
        "faults": ("Letting the thigh drop.", "Swinging the leg."),
        "breathing": "Breathe out as you lift.",
        "easier": "Straighten half way.",
        "harder": "Straighten more.",
        "figure_svg": examples.DRAWING,
        "start_svg": START,
    }
    return replace(exercise, **(more | changes))  # type: ignore[arg-type]


def usual(**changes: object) -> HandoutDocument:
    """Drawings, a clinic's photograph, and an exercise nobody drew; logo, colour and phases."""
    exercises = (
        rich(examples.KNEE_KICK),
        rich(examples.DIVER, picture=picture("Nora dives at the clinic’s wall")),
        rich(examples.CHAIR_BRIDGE, figure_svg=None, start_svg=None),
    )
    phases = (
        Phase(title="Calm it down", criteria=("Walking is free of pain.",)),
        Phase(title="Build strength", criteria=("You can do all 18 dives.",), is_current=True),
    )
    document = examples.strain(
        exercises=exercises,
        clinic=replace(examples.CLINIC, colour="#0b5a6b", logo=LOGO),
        phases=phases,
        avoid=("Hills and fast running.",),
    )
    return replace(document, **changes)  # type: ignore[arg-type]


@lru_cache(maxsize=8)
def pdf_of(kind: Kind, paper: Paper = "A4", language: str = "en") -> bytes:
    return render_pdf(usual(language=language), kind=kind, paper=paper)


@lru_cache(maxsize=2)
def texts_of(kind: Kind) -> list[str]:
    return page_texts(pdf_of(kind))


def letters(pdf: bytes) -> Iterator[tuple[str, float]]:
    """Each letter of the file with its size in points."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        for index in range(text.count_chars()):
            letter = chr(pypdfium2.raw.FPDFText_GetUnicode(text.raw, index))
            yield letter, pypdfium2.raw.FPDFText_GetFontSize(text.raw, index)
    document.close()


@pytest.mark.parametrize("kind", BOTH)
def test_each_exercise_is_said_whole_on_one_page(kind: Kind) -> None:
    texts = texts_of(kind)
    for exercise in usual().exercises:
        where = [text for text in texts if exercise.sentence[:30] in text]
        assert len(where) == 1, exercise.name
        for words in (exercise.name, *exercise.steps, *exercise.cues, *exercise.faults, exercise.headline):
            assert words in where[0]


def test_the_full_handout_says_everything() -> None:
    text = " ".join(texts_of("full"))
    for words in (
        "Makes the back of your thigh strong.",
        "Breathe out as you lift.",
        "Straighten half way.",
        "Straighten more.",
        "Your plan at a glance",
        "Build strength · You are here",
        "You can do all 18 dives.",
        "Hills and fast running.",
        "How much pain is OK?",
        "Running this week",
        "Call 999 or go to A&E now",
        "Next visit: Mon 7 Dec",
    ):
        assert words in text, words
    assert "Danger signs: stop and get help" in texts_of("full")[-1]


@pytest.mark.parametrize("kind", BOTH)
def test_every_page_says_who_which_version_and_which_page(kind: Kind) -> None:
    texts = texts_of(kind)
    for number, text in enumerate(texts, start=1):
        assert "Nora’s exercises" in text
        assert "Version 3" in text
        assert f"Page {number} of {len(texts)}" in text


@pytest.mark.parametrize("kind", BOTH)
def test_no_letter_is_smaller_than_its_print_promises(kind: Kind) -> None:
    small = {(letter, size) for letter, size in letters(pdf_of(kind)) if size < SMALLEST[kind] and not letter.isspace()}
    assert not small


@pytest.mark.parametrize("kind", BOTH)
def test_the_file_is_tagged_in_its_language_and_reads_in_order(kind: Kind) -> None:
    with pikepdf.open(BytesIO(pdf_of(kind))) as document:
        assert str(document.Root.Lang) == "en"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert document.open_metadata()["pdfuaid:part"] == "1"
        assert "Nora" not in str(document.docinfo.Title)
        counts = tag_counts(document)
        levels = [
            int(str(each.S)[2:]) for each in elements(document) if str(each.S)[:2] == "/H" and str(each.S) != "/H"
        ]
        figures = [str(each.get("/Alt", "")) for each in elements(document) if str(each.S) == "/Figure"]
        headings = [each for each in elements(document) if str(each.S) == "/TH"]
        assert {str(each.A.Scope) for each in headings} == {"/Column", "/Row"}
    assert counts["/H1"] == 1
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert figures == [
        "Logo of Larkfield Running Physio",
        "QR code that opens your private page",
        "Knee kick, start: knee bent",
        "Knee kick, finish: knee nearly straight",
        "Nora dives at the clinic’s wall",
    ]


@pytest.mark.parametrize("kind", BOTH)
def test_only_our_fonts_are_in_the_file_as_subsets(kind: Kind) -> None:
    with pikepdf.open(BytesIO(pdf_of(kind))) as document:
        found = fonts(document)
    assert found
    for name, descriptor in found.items():
        assert "Atkinson" in name
        assert name[6] == "+"
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


@pytest.mark.parametrize("kind", ["fridge", *BOTH])
def test_the_code_is_read_from_a_grey_copy_of_150_dots(kind: Kind) -> None:
    pdf = render_pdf(examples.strain()) if kind == "fridge" else pdf_of(kind)
    document = pypdfium2.PdfDocument(pdf)
    grey = document[0].render(scale=150 / 72, grayscale=True).to_pil().convert("L")
    document.close()
    assert [each.text for each in zxingcpp.read_barcodes(grey)] == [examples.LINK]
    with pikepdf.open(BytesIO(pdf)) as structure:
        assert set(links(structure)) == {examples.LINK}


@pytest.mark.parametrize(
    ("kind", "paper", "language", "words"),
    [
        (
            "full",
            "Letter",
            "de",
            ("Übungen für Nora", "Ihr Plan auf einen Blick", "So geht es", "Atmung:", "hier sind Sie"),
        ),
        ("large", "Letter", "fr", ("Exercices pour Nora", "Comment faire", "À éviter", "Ma deuxième semaine")),
    ],
)
def test_other_papers_and_languages_are_whole(kind: Kind, paper: Paper, language: str, words: tuple[str, ...]) -> None:
    pdf = pdf_of(kind, paper, language)
    text = " ".join(page_texts(pdf)).replace("\u00a0", " ")
    for each in words:
        assert each in text
    for ours in ("How to do it", "Think of this", "Your plan", "Danger signs", "Tick when done", "Make it easier"):
        assert ours not in text
    with pikepdf.open(BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == language
        assert [round(float(side)) for side in document.pages[0].MediaBox][2:] == [612, 792]


@pytest.mark.parametrize("kind", BOTH)
def test_the_same_document_gives_the_same_bytes(kind: Kind) -> None:
    small = usual(exercises=(rich(examples.KNEE_KICK),), phases=(), running=None)
    assert render_pdf(small, kind=kind) == render_pdf(small, kind=kind)


def hostile() -> HandoutDocument:
    """Tags, an ampersand, emoji, Arabic and 300 letters: in names, notes and all that people write themselves."""
    tags, arabic, long = "<b>bold</b> & more ]]> {{ clinic }}", "نورا تركض 🏃 run", "word " * 60
    said = {"purpose": tags, "faults": (tags, arabic), "breathing": arabic, "easier": tags, "harder": arabic}
    exercises = (
        rich(examples.KNEE_KICK, name=tags, note=tags, steps=(tags, arabic), cues=(tags, arabic), **said),
        rich(examples.KNEE_KICK, number=2, name=arabic, note=arabic, **said),
        rich(examples.KNEE_KICK, number=3, name=long, note=long, **said),
    )
    return usual(exercises=exercises, first_name="Zoë & <i>نورا</i> " + "Ann" * 95, phases=(Phase(title=tags),))


@pytest.mark.parametrize("kind", BOTH)
def test_hostile_words_are_printed_letter_by_letter_and_nothing_is_split(kind: Kind) -> None:
    texts = page_texts(render_pdf(hostile(), kind=kind))
    everything = "".join("".join(texts).split())
    assert "<b>bold</b>&more]]>{{clinic}}" in everything
    assert "Zoë&<i>" in everything
    for number in (1, 2, 3):
        assert len([text for text in texts if f"leg only {number}. " in text and "How to do it" in text]) == 1, number
    assert all("Version 3" in text for text in texts)


@pytest.mark.slow
@pytest.mark.parametrize("kind", BOTH)
def test_twenty_exercises_flow_on_without_splitting_one(kind: Kind) -> None:
    pool = [rich(each) for each in (*examples.FOUR, examples.WARRIOR)]
    document = usual(exercises=tuple(replace(pool[n % 5], number=n + 1) for n in range(20)))
    printed = print_document(document, kind=kind)
    texts = page_texts(printed.pdf)
    assert printed.pages == len(texts)
    for exercise in document.exercises:
        where = [
            text for text in texts if f" {exercise.number}. {exercise.name}" in f" {text}" and "How to do it" in text
        ]
        assert len(where) == 1, exercise.number
        assert exercise.faults[-1] in where[0].split(f"{exercise.number}. {exercise.name}")[1]


def test_without_a_drawing_no_room_is_left_for_one() -> None:
    html = render_html(usual(exercises=(rich(examples.KNEE_KICK, figure_svg=None, start_svg=None),)), kind="full")
    assert 'class="show-pictures' not in html


def test_the_clinics_colour_is_a_colour_and_nothing_else() -> None:
    assert "#0b5a6b" in render_html(usual(), kind="full")
    with pytest.raises(HandoutError, match="colour"):
        ClinicHead(name="Praxis", colour="red;} @import url(http://127.0.0.1:9/x)")


def test_a_picture_that_is_none_is_refused() -> None:
    with pytest.raises(HandoutError, match="Upload it again"):
        HandoutPicture(png=b"<svg/>", width=1, height=1)


def test_the_key_knows_all_that_is_printed_and_how() -> None:
    document = usual()
    key = content_key(document, "full", "A4")
    assert key == content_key(usual(), "full", "A4")
    others = [
        content_key(document, "large", "A4"),
        content_key(document, "full", "Letter"),
        content_key(usual(link_url=None), "full", "A4"),
        content_key(usual(clinic=replace(document.clinic, phone="1234")), "full", "A4"),
        content_key(usual(exercises=(rich(examples.KNEE_KICK),)), "full", "A4"),
        content_key(usual(language="de"), "full", "A4"),
    ]
    assert len({key, *others}) == 7

"""The chart in a letter: only when asked for, as of the letter's day, frozen with the letter, readable in black and white."""

import json
import re
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.template.loader import render_to_string

from programs.letters.actions import issue_letter
from programs.letters.document import Chart, from_json
from programs.letters.gather import draft_of
from programs.letters.pdf import render_html, render_pdf
from programs.letters.text import as_text
from programs.models import ExerciseLog, Letter, ProgramVersion
from tests.documents.reading import page_texts, tag_counts
from tests.support.factories import World
from tests.support.letters import ON, drafted, examined
from tests.support.programs import make_issued


@pytest.fixture
def version(world: World) -> ProgramVersion:
    return make_issued(world, starts_on=ON - timedelta(days=10), episode=examined(world).episode)[0]


def letter_with_chart(world: World, version: ProgramVersion) -> Letter:
    letter = drafted(world, version.program.episode.assessments.filter(state="signed").first())
    Letter.objects.filter(pk=letter.pk).update(has_chart=True, recipient_name="Dr Miriam Osei")
    letter.refresh_from_db()
    return letter


def report(version: ProgramVersion, ago: int, pain: int) -> None:
    ExerciseLog.objects.create(
        clinic=version.clinic,
        version=version,
        day=ON - timedelta(days=ago),
        line=version.content["lines"][0]["line"],
        status="done",
        pain=pain,
    )


def charts(content: dict[str, object]) -> list[Chart]:
    return [block for section in from_json(content).sections for block in section.blocks if isinstance(block, Chart)]


def test_a_letter_has_a_chart_only_when_it_is_asked_for(world: World, version: ProgramVersion) -> None:
    letter = letter_with_chart(world, version)
    assert len(charts(draft_of(letter, writer="Ines", on=ON).document.to_json())) == 1
    letter.has_chart = False
    without = draft_of(letter, writer="Ines", on=ON).document
    assert charts(without.to_json()) == []
    assert not [line for line in without.small_print if "left out" in line]


def test_it_ends_on_the_letters_day_and_an_issued_one_no_longer_changes(world: World, version: ProgramVersion) -> None:
    report(version, 2, pain=6)
    issued = issue_letter(by=world.clinician, letter=letter_with_chart(world, version), today=ON)
    report(version, 1, pain=1)
    (chart,) = charts(Letter.objects.get(pk=issued.pk).content)
    assert chart.course["today"] == ON.isoformat()
    assert "worst pain of a day 6" in chart.text
    assert [day["pain"] for day in chart.course["days"] if "pain" in day] == [6]


def test_the_paper_has_it_tagged_in_grey_with_its_words(world: World, version: ProgramVersion) -> None:
    report(version, 2, pain=6)
    document = draft_of(letter_with_chart(world, version), writer="Ines", on=ON).document
    pdf = render_pdf(document)
    assert any("Progress chart" in text and "worst pain of a day 6" in text for text in page_texts(pdf))
    assert any("Pain, 0 to 10" in text for text in page_texts(pdf))
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert tag_counts(opened)["/Figure"] == 1
    assert "data:image/svg+xml" in render_html(document)
    assert "worst pain of a day 6" in as_text(document)


def test_the_style_on_paper_knows_only_greys() -> None:
    colours = re.findall(r"#([0-9a-f]+)", render_to_string("letters/paper/chart_style.html"))
    assert colours
    assert all(len(set(colour)) == 1 for colour in colours if len(colour) == 3)
    assert all(colour[0:2] == colour[2:4] == colour[4:6] for colour in colours if len(colour) == 6)


def test_a_frozen_chart_is_plain_json(world: World, version: ProgramVersion) -> None:
    document = draft_of(letter_with_chart(world, version), writer="Ines", on=ON).document
    assert from_json(json.loads(json.dumps(document.to_json()))) == document

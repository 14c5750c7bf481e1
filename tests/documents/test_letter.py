"""What a letter says: every finding in it is a stored answer, own words stay in their place, nothing is smoothed over."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.answers import FROM_THE_RECORD, sides_of
from assessments.reasoning import FINDINGS, MANDATORY, AnswerKind
from assessments.wording.labels import label_of, value_words
from programs.letters.basis import Amendment
from programs.letters.compose import compose
from programs.letters.document import Facts, Findings, Grid, LetterDocument, LetterError, Own, Sentence, from_json
from programs.letters.examined import _inline
from programs.letters.text import as_text
from tests.documents import letter_examples as examples

PLACES = [(key, side) for key, finding in FINDINGS.items() if key not in FROM_THE_RECORD for side in sides_of(finding)]


def values_of(key: str) -> st.SearchStrategy[str]:
    finding = FINDINGS[key]
    if finding.kind is AnswerKind.PRESENCE:
        return st.sampled_from(["present", "absent", "not_assessed"])
    if finding.choices:
        return st.sampled_from([*finding.choices, "not_assessed"])
    return st.integers(int(finding.lowest or 0), int(finding.highest or 10)).map(str)


@st.composite
def answers(draw: Any) -> dict[tuple[str, str], str]:
    places = draw(st.lists(st.sampled_from(PLACES), max_size=40, unique=True))
    return {place: draw(values_of(place[0])) for place in places}


def generated(document: LetterDocument) -> list[str]:
    """Every piece of text that is neither the writer's own nor about people and papers."""
    found: list[str] = []
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Sentence):
                found += [f"{block.lead} {block.text}"]
            elif isinstance(block, Facts | Grid):
                found += [cell for row in block.rows for cell in row]
            elif isinstance(block, Findings):
                found += [f"{row.label} {row.left} {row.right} {row.single}" for row in block.rows]
    return found


@given(answers())
@settings(max_examples=60, deadline=None)
def test_every_finding_in_the_letter_is_a_stored_answer_and_every_stored_answer_is_in_it(
    stored: dict[tuple[str, str], str],
) -> None:
    """Both ways, for any set of answers: rows of the tables, sentences of screening and history, lists of the reasoning."""
    bare = {"chart": (), "outcomes": (), "program": None, "conclusion": None, "own_words": "", "running": ()}
    document = examples.letter(about=examples.basis(stored, **bare))
    known = {place: value for place, value in stored.items() if value != "not_assessed"}
    told = {section.key: section for section in document.sections}

    rows = [row for block in told["findings"].blocks for row in block.rows] if "findings" in told else []  # type: ignore[union-attr]
    for row in rows:
        for side, said in (("left", row.left), ("right", row.right), ("", row.single)):
            value = known.get((row.finding, side))
            if value is None:
                assert said in ("", "not assessed")
            else:
                assert said == value_words(FINDINGS[row.finding], value)
    in_tables = {key for key, _side in known if FINDINGS[key].section not in ("screening", "history")}
    assert {row.finding for row in rows} == in_tables

    for part in ("screening", "history"):
        sentences = {b.lead: b.text for b in told[part].blocks if isinstance(b, Sentence)} if part in told else {}
        for yes, no in (("Answered yes:", "Answered no:"), ("Present:", "Absent:")):
            for lead, value in ((yes, "present"), (no, "absent")):
                named = re.sub(r" \((left|right|left and right)\)", "", sentences.get(lead, "").rstrip("."))
                here = [key for key, _s in known if FINDINGS[key].section == part]
                wanted = {
                    _inline(label_of(key))
                    for key in here
                    if FINDINGS[key].kind is AnswerKind.PRESENCE
                    and any(known.get((key, side)) == value for side in sides_of(FINDINGS[key]))
                }
                if lead in sentences:
                    assert wanted
                    assert named == "; ".join(sorted(wanted, key=named.index))
                elif (lead in ("Present:", "Absent:")) == (part == "history"):
                    assert not wanted

    for card in document_cards(stored):
        for key in (*card["keys_for"], *card["keys_against"]):
            assert any((key, side) in known for side in sides_of(FINDINGS[key])), key


def document_cards(stored: dict[tuple[str, str], str]) -> list[dict[str, Any]]:
    return [{"keys_for": (), "keys_against": ()} | card for card in examples.panel(stored)["cards"]]


@given(answers())
@settings(max_examples=40, deadline=None)
def test_a_finding_nobody_recorded_is_nowhere_but_among_the_not_assessed(stored: dict[tuple[str, str], str]) -> None:
    document = examples.letter(about=examples.basis(stored, chart=(), outcomes=(), program=None, conclusion=None))
    kept = []
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Grid):
                kept += [cell for row in block.rows for cell in row[1:3]]
            elif isinstance(block, Findings):
                kept += [row.label for row in block.rows]
            elif isinstance(block, Sentence) and section.key in ("screening", "history") and block.lead != "Not asked:":
                kept.append(block.text)
    words = "\n".join(kept)
    known = {key for (key, _side), value in stored.items() if value != "not_assessed"}
    known_labels = " ".join(label_of(key) for key in known)
    for key in {key for key, _side in PLACES} - known:
        label = label_of(key)
        if len(label) > 24 and label not in known_labels and _inline(label) not in known_labels:
            assert label not in words, key
            assert _inline(label) not in words, key


def test_what_the_writer_typed_stands_in_its_own_blocks_and_nowhere_else() -> None:
    document = examples.letter(
        opening="OPEN slump positive", question="ASK slump positive", closing="CLOSE slump positive"
    )
    own = [
        (section.key, block.text) for section in document.sections for block in section.blocks if isinstance(block, Own)
    ]
    assert own == [
        ("opening", "OPEN slump positive"),
        ("question", "ASK slump positive"),
        ("closing", "CLOSE slump positive"),
    ]
    assert "slump positive" not in "\n".join(generated(document))
    text = as_text(document)
    assert [line for line in text.splitlines() if "slump positive" in line] == [f"| {words}" for _key, words in own]


def test_the_record_says_what_was_not_asked_and_what_was_not_examined() -> None:
    left = {key: value for key, value in examples.TENDON.items() if key[0] != next(iter(MANDATORY))}
    text = as_text(examples.letter(about=examples.basis(left)))
    assert f"Not asked: {_inline(label_of(next(iter(MANDATORY))))}" in text
    assert re.search(r"Referred sacroiliac pain\. .*\n  Supports: .*\n  Contradicts: .*\n  Not assessed: \w", text)


def test_a_complete_screening_without_a_flag_says_so_and_an_incomplete_one_never_does() -> None:
    sentence = "no red flag was raised"
    whole = {(key, side): "absent" for key in MANDATORY for side in sides_of(FINDINGS[key])} | examples.TENDON
    assert sentence in as_text(examples.letter(about=examples.basis(whole)))
    assert sentence not in as_text(examples.letter(about=examples.basis({("pain_sitting", ""): "present"})))


FLAG = {
    "title": "Possible fracture",
    "tier_words": "Released · would be urgent",
    "why": ["Hopping brings on bone or groin pain: present, right"],
    "action": "MRI within days.",
    "referral": "Suspected stress fracture. MRI requested.",
    "decided": "Released by Ines Halvard, 20 Nov 2026, 10:00: MRI of last week was normal",
    "stops": True,
    "is_released": True,
}


def test_a_released_flag_is_told_with_who_and_why_and_is_not_asked_about() -> None:
    about = examples.basis(shown={"panel": examples.panel(examples.TENDON) | {"flags": [FLAG]}})
    text = as_text(examples.letter(about=about))
    assert "Possible fracture: Released · would be urgent. Hopping brings on" in text
    assert "Released by Ines Halvard, 20 Nov 2026, 10:00: MRI of last week was normal." in text
    assert "MRI requested" not in text
    assert "no red flag" not in text


def test_a_flag_acted_on_becomes_what_is_asked() -> None:
    acted = FLAG | {"is_released": False, "decided": "Acted on by Ines Halvard"}
    about = examples.basis(shown={"panel": examples.panel(examples.TENDON) | {"flags": [acted]}})
    assert "WHAT IS ASKED\n| Suspected stress fracture. MRI requested." in as_text(examples.letter(about=about))


@pytest.mark.parametrize("kind", ["referral", "discharge", "gp"])
def test_each_kind_has_its_own_first_words(kind: str) -> None:
    text = as_text(examples.letter(kind))
    assert {"referral": "Thank you for seeing", "discharge": "the end of physiotherapy", "gp": "keep you informed"}[
        kind
    ] in text
    if kind != "referral":
        assert "No action is asked of you" in text


def test_sections_left_out_are_gone_and_named() -> None:
    document = examples.letter(left_out=frozenset({"history", "reasoning"}))
    assert {"history", "reasoning"}.isdisjoint(section.key for section in document.sections)
    assert "Sections left out: History, What supports and what contradicts." in document.small_print


def test_an_amended_assessment_is_named_with_its_version_and_reason() -> None:
    amended = Amendment(2, examples.ON, "The side of the sitting bone was wrong.")
    text = as_text(examples.letter(about=examples.basis(version=2, amendments=(amended,))))
    assert "Record: version 2, amended" in text
    assert (
        "Version 2 of the assessment, signed on 22 November 2026, because: The side of the sitting bone was wrong."
        in text
    )


def test_without_anything_kept_at_signing_the_letter_still_stands_and_claims_nothing() -> None:
    bare = examples.basis({}, shown={}, conclusion=None, chart=(), outcomes=(), program=None, signed_by=None)
    keys = [section.key for section in examples.letter(about=bare).sections]
    assert keys == ["opening", "question", "screening", "history", "sooner", "closing"]


def test_the_letter_survives_being_kept_as_json() -> None:
    document = examples.letter()
    assert from_json(document.to_json()) == document


def test_control_characters_are_dropped_on_the_way_into_the_record() -> None:
    document = examples.letter(opening="bell\x07 and null-free")
    assert "bell and null-free" in str(document.to_json())


def test_a_content_of_another_schema_is_refused_in_words() -> None:
    with pytest.raises(LetterError, match="cannot print"):
        from_json(examples.letter().to_json() | {"schema": 99})


def test_the_same_record_gives_the_same_letter_and_the_subject_names_no_finding() -> None:
    about = examples.basis()
    with translation.override("en"):
        first = compose(about, examples.written(about=about), on=examples.ON)
        second = compose(replace(about), examples.written(about=about), on=examples.ON)
    assert first == second
    assert "tendinopathy" not in first.subject + first.title + first.running_head
    assert "Ferreira" not in first.title

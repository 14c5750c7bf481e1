"""The findings are the ones agreed, with the sections, answers and sides agreed."""

import csv
from pathlib import Path

import pytest

from assessments.reasoning import FINDINGS, MANDATORY, SECTIONS, AnswerKind

TABLE = list(csv.DictReader((Path(__file__).parent / "data" / "findings.csv").read_text().splitlines()))


def _answer(finding):
    if finding.kind is AnswerKind.CHOICE:
        return "choice:" + "|".join(finding.choices)
    if finding.kind is AnswerKind.SCALE:
        return f"scale:{finding.lowest:g}-{finding.highest:g}"
    return finding.kind.value


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["key"])
def test_each_finding_is_as_agreed(row):
    finding = FINDINGS[row["key"]]
    assert finding.section == row["section"]
    assert _answer(finding) == row["answer"]
    assert finding.sided is (row["side"] == "yes")
    assert finding.feeds == tuple(row["feeds"].split())
    assert finding.mandatory is (row["mandatory"] == "yes")


def test_there_is_no_finding_besides():
    assert set(FINDINGS) == {row["key"] for row in TABLE}


def test_thirteen_questions_are_asked_of_everyone():
    assert len(MANDATORY) == 13
    assert all(FINDINGS[key].section == "screening" for key in MANDATORY)


def test_every_section_has_findings_and_they_come_in_its_order():
    assert list(dict.fromkeys(finding.section for finding in FINDINGS.values())) == [item.key for item in SECTIONS]


@pytest.mark.parametrize("finding", FINDINGS.values(), ids=lambda finding: finding.key)
def test_every_finding_says_how_to_do_it_in_a_line(finding):
    assert finding.label.strip() == finding.label
    assert 10 < len(finding.how) <= 160
    assert "\n" not in finding.how


@pytest.mark.parametrize(
    "finding", [item for item in FINDINGS.values() if item.kind.is_measured], ids=lambda finding: finding.key
)
def test_every_measurement_has_limits(finding):
    assert finding.lowest is not None
    assert finding.highest is not None
    assert finding.lowest < finding.highest


def test_a_measurement_is_asked_about_outside_its_usual_span():
    spans = {key: finding.usual for key, finding in FINDINGS.items() if finding.usual is not None}
    assert spans["slr_degrees"] == (30, 120)
    assert spans["cadence"] == (140, 210)
    assert all(
        FINDINGS[key].lowest <= low < high <= FINDINGS[key].highest and (low, high) != (0, FINDINGS[key].highest)
        for key, (low, high) in spans.items()
    )


def test_only_scales_grades_and_the_age_have_no_usual_span():
    measured = [key for key, finding in FINDINGS.items() if finding.kind.is_measured and finding.usual is None]
    assert measured == ["age_years", "nprs_now", "nprs_worst", "nprs_run", "myotome_grade"]


def test_what_a_measurement_must_reach_lies_within_its_usual_span():
    for finding in FINDINGS.values():
        for limit in (finding.pass_at_least, finding.pass_at_most):
            assert limit is None or finding.usual[0] <= limit <= finding.usual[1], finding.key


def test_the_crossed_straight_leg_raise_alone_is_recorded_on_the_sound_side():
    assert [key for key, finding in FINDINGS.items() if finding.on_sound_side] == ["crossed_slr"]


def test_contributors_screening_and_the_disputed_speak_for_no_hypothesis():
    silent = [item for item in FINDINGS.values() if item.section in ("screening", "loading", "contributors")]
    silent += [FINDINGS[key] for key in ("faber", "pelvic_tilt", "slr_pain", "slr_degrees", "load_error")]
    assert all(not finding.concerns for finding in silent)


@pytest.mark.parametrize("finding", FINDINGS.values(), ids=lambda finding: finding.key)
def test_no_answer_speaks_for_and_against_the_same_hypothesis(finding):
    assert all(not item.speaks_for & item.speaks_against for item in finding.leanings.values())


@pytest.mark.parametrize("finding", [item for item in FINDINGS.values() if item.accuracy], ids=lambda item: item.key)
def test_published_accuracy_is_within_its_range(finding):
    for row in finding.accuracy:
        shares = [value for value in (row.sensitivity, row.specificity) if value is not None]
        ratios = [value for value in (row.lr_positive, row.lr_negative) if value is not None]
        assert shares or ratios
        assert all(0 <= value <= 1 for value in shares)
        assert all(0 < value < 30 for value in ratios), "ratios from healthy controls (150 and more) are never shown"

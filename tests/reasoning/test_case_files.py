"""Case files: whole patients with what a clinician expects, each labelled synthetic or with its published source.

One table is one case. `source` is "synthetic" or names a publication; then `from_source` lists the findings that stand in
it, and every other answer is filled in by us. A bare answer lies on the painful side (right unless `painful_side` says
otherwise); the screening asked of everyone is absent unless a finding says otherwise or `screened` is false.

Expected: `action`; `flags` (exactly these); `picture`, `first`, `criteria`, bands `at_least` and `at_most`;
`not_clear`; `hidden` (no order shown); `asks_one_of` what comes next; `contributors` among those found.
"""

import tomllib
from pathlib import Path

import pytest

from assessments.reasoning import FINDINGS, Band, Case, reason

from .cases import ABSENT, case_json

BANDS = [band.value for band in Band]
EXPECTED = {
    "action",
    "flags",
    "picture",
    "first",
    "criteria",
    "at_least",
    "at_most",
    "not_clear",
    "hidden",
    "asks_one_of",
    "contributors",
}
CASES = {
    f"{path.stem}/{name}": given
    for path in sorted((Path(__file__).parent / "case_files").glob("*.toml"))
    for name, given in tomllib.loads(path.read_text(encoding="utf-8")).items()
}


def _reasoned(given):
    raw = case_json(
        side=given.get("painful_side", "right"),
        screening=ABSENT if given.get("screened", True) else None,
        **given["findings"],
    ) | {"patient": given["patient"]}
    return reason(Case.from_json(raw), released=given.get("released", ()))


@pytest.fixture(params=CASES, ids=str)
def given(request):
    return CASES[request.param]


@pytest.fixture
def found(given):
    return _reasoned(given)


def _of(found):
    return {view.hypothesis.value: view for view in found.hypotheses}


def test_it_acts_on_red_flags_as_a_clinician_would(given, found):
    expected = given["expected"]
    assert found.action.value == expected["action"]
    assert {flag.id: flag.tier.value for flag in found.red_flags} == expected.get("flags", {})
    assert found.ranking_shown is not expected.get("hidden", False)


def test_it_reaches_the_picture_a_clinician_expects(given, found):
    expected = given["expected"]
    views = _of(found)
    if "picture" in expected:
        assert found.picture.value == expected["picture"]
    if expected.get("not_clear"):
        assert found.picture.value != "clear"
    if "first" in expected:
        assert found.hypotheses[0].hypothesis.value == expected["first"]
        assert found.hypotheses[0].rank == 1
    for key, status in expected.get("criteria", {}).items():
        assert views[key].criterion.status.value == status, key
    for key, band in expected.get("at_least", {}).items():
        assert BANDS.index(views[key].band) >= BANDS.index(band), key
    for key, band in expected.get("at_most", {}).items():
        assert BANDS.index(views[key].band) <= BANDS.index(band), key


def test_it_asks_next_for_what_a_clinician_would_examine(given, found):
    wanted = set(given["expected"].get("asks_one_of", ()))
    assert not wanted or wanted & {item.key for item in found.next_findings}


def test_it_names_the_contributors_that_were_found(given, found):
    assert set(given["expected"].get("contributors", ())) <= {item.contributor.key for item in found.contributors}


def test_its_order_does_not_hang_on_the_contributors(given, found):
    findings = {key: value for key, value in given["findings"].items() if FINDINGS[key].section != "contributors"}
    bare = _reasoned(given | {"findings": findings})
    assert [view.to_json() for view in bare.hypotheses] == [view.to_json() for view in found.hypotheses]


def test_it_says_where_it_comes_from(given):
    assert given["says"].strip()
    if given["source"] == "synthetic":
        assert "from_source" not in given
    else:
        assert len(given["source"]) > 20
        assert given["from_source"]
        assert set(given["from_source"]) <= set(given["findings"])


def test_it_is_written_in_known_words(given):
    assert set(given["expected"]) <= EXPECTED
    assert set(given) <= {
        "says",
        "source",
        "from_source",
        "patient",
        "painful_side",
        "screened",
        "released",
        "findings",
        "expected",
    }


def test_there_are_enough_cases_of_every_kind_and_most_rest_on_a_publication():
    assert len(CASES) >= 25
    published = [name for name, given in CASES.items() if given["source"] != "synthetic"]
    assert len(published) >= 20
    leading = {given["expected"].get("first") for given in CASES.values()}
    assert leading >= {"hamstring_strain", "pht", "sij", "nerve"}
    pictures = {given["expected"].get("picture") for given in CASES.values()}
    assert pictures >= {"clear", "mixed", "outside", "not_enough"}
    assert {given["expected"]["action"] for given in CASES.values()} == {"emergency", "urgent", "caution", "continue"}

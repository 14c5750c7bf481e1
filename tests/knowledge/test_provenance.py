"""Everything clinical has a source, an author and a review date that has not passed."""

from datetime import date

import pytest

from assessments.reasoning import CONTRIBUTORS, CRITERIA, CURRENT, FINDINGS, RED_FLAGS
from assessments.reasoning.entries import CURRENT_FILES
from clinic.vocabulary.provenance import Standing

ENTRIES = {
    **{f"finding {key}": item for key, item in FINDINGS.items()},
    **{f"flag {key}": item for key, item in RED_FLAGS.items()},
    **{f"criterion {key}": item for key, item in CRITERIA.items()},
    **{f"contributor {key}": item for key, item in CONTRIBUTORS.items()},
    "weights settings": CURRENT.weights.settings,
}


@pytest.mark.parametrize("name", ENTRIES)
def test_every_entry_has_a_source_and_its_review_is_not_overdue(name):
    entry = ENTRIES[name]
    assert entry.source.citation
    assert entry.source.standing in Standing
    assert entry.reviewed.author
    assert not entry.reviewed.is_overdue(date.today()), f"{name}: review was due {entry.reviewed.review_due}"


@pytest.mark.parametrize("row", CURRENT.weights.rows.values(), ids=lambda row: row.key)
def test_every_likelihood_is_called_proposed_and_names_its_anchor(row):
    assert row.anchor.citation
    assert row.anchor.standing is Standing.PROPOSED
    assert not row.reviewed.is_overdue(date.today())


def test_every_accuracy_figure_names_its_study():
    rows = [row for finding in FINDINGS.values() for row in finding.accuracy]
    assert len(rows) >= 25
    assert all(row.source.citation and row.ratios.citation for row in rows)


def test_where_sources_disagree_both_views_are_shown():
    for key in ("pelvic_tilt", "glute_weak", "quad_dominant", "short_hamstring", "overstride"):
        assert len(CONTRIBUTORS[key].views) >= 2, key
    tilt = {view.source.citation for view in CONTRIBUTORS["pelvic_tilt"].views}
    assert any("Dicharry" in citation for citation in tilt)
    assert any("technique coach" in citation for citation in tilt)


def test_the_side_rules_of_contributors_are_called_expert_opinion():
    sided = [item for item in CONTRIBUTORS.values() if item.side != "any"]
    assert {item.key for item in sided} == {"hip_flexor_tight", "glute_weak"}
    assert all(item.side_standing is Standing.EXPERT_OPINION for item in sided)


def test_a_cadence_cue_is_never_called_unloading_the_hamstring():
    says = " ".join(view.says for key in ("overstride", "cadence") for view in CONTRIBUTORS[key].views)
    assert "never call it unloading the hamstring" in says


def test_no_source_is_kept_that_nobody_cites():
    used = set()
    for data in CURRENT_FILES.files.values():
        used |= _sources_in(data)
    assert CURRENT_FILES.cited() == used


def _sources_in(data):
    found = set()
    if isinstance(data, dict):
        if isinstance(data.get("source"), str):
            found.add(data["source"])
        for value in data.values():
            found |= _sources_in(value)
    elif isinstance(data, list):
        for value in data:
            found |= _sources_in(value)
    return found

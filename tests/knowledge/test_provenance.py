"""Everything clinical has a source, a standing, an author, and a review date that has not passed."""

from datetime import date, timedelta

import pytest

from assessments.reasoning import CONTRIBUTORS, CRITERIA, CURRENT, FINDINGS, RED_FLAGS
from assessments.reasoning.entries import CURRENT_FILES
from assessments.reasoning.outcomes import OUTCOMES
from assessments.reasoning.retest import RETEST
from clinic.vocabulary.provenance import Reviewed, Standing

WEIGHTS = CURRENT.weights
ENTRIES = {
    **{f"findings_*.toml, finding {key}": item for key, item in FINDINGS.items()},
    **{f"red_flags.toml, flag {key}": item for key, item in RED_FLAGS.items()},
    **{f"criteria.toml, criterion {key}": item for key, item in CRITERIA.items()},
    **{f"contributors.toml, contributor {key}": item for key, item in CONTRIBUTORS.items()},
    "weights.toml, settings": WEIGHTS.settings,
    **{f"weights.toml, group {key}": item for key, item in WEIGHTS.groups.items()},
    **{f"weights.toml, row {key}": item for key, item in WEIGHTS.rows.items()},
    **{f"outcomes.toml, measure {key}": item for key, item in OUTCOMES.items()},
    **{f"retest.toml, measures {key}": item for key, item in RETEST.measures.items()},
    **{f"retest.toml, signs {key}": item for key, item in RETEST.signs.items()},
    **{f"retest.toml, change {key}": item for key, item in RETEST.readings.items()},
}


def _source(entry):
    return entry.anchor if hasattr(entry, "anchor") else entry.source


def _overdue(entries, today):
    return [
        f"{name} (due {entry.reviewed.review_due})"
        for name, entry in entries.items()
        if entry.reviewed.is_overdue(today)
    ]


def test_no_review_date_has_passed():
    """The only test that looks at the real clock: it fails on the day a review falls due."""
    overdue = _overdue(ENTRIES, date.today())
    assert not overdue, (
        f"{len(overdue)} entries of the clinical knowledge must be read again before anybody relies on them. For each: look "
        "up its source, see whether it still holds, change what does not, then set reviewed_on to today and review_due to "
        "the next date (in the entry, or in [review] when the whole file was read), and release the knowledge with "
        f"manage.py release_knowledge. Overdue: {'; '.join(overdue)}"
    )


def test_an_overdue_review_is_named_with_its_file():
    due = RED_FLAGS["RF01"].reviewed.review_due
    assert not [line for line in _overdue(ENTRIES, due) if "red_flags" in line]
    late = _overdue(ENTRIES, due + timedelta(days=1))
    assert f"red_flags.toml, flag RF01 (due {due})" in late


@pytest.mark.parametrize("name", ENTRIES)
def test_every_entry_has_a_source_a_standing_an_author_and_review_dates(name):
    entry = ENTRIES[name]
    assert _source(entry).citation.strip()
    assert _source(entry).standing in Standing
    assert isinstance(entry.reviewed, Reviewed)
    assert entry.reviewed.author.strip()
    assert entry.reviewed.reviewed_on < entry.reviewed.review_due


def test_red_flags_are_read_again_twice_a_year_and_everything_else_yearly():
    for name, entry in ENTRIES.items():
        longest = 184 if name.startswith("red_flags") else 366
        assert entry.reviewed.review_due - entry.reviewed.reviewed_on <= timedelta(days=longest), name


@pytest.mark.parametrize("row", WEIGHTS.rows.values(), ids=lambda row: row.key)
def test_every_likelihood_is_called_proposed_and_names_its_anchor(row):
    assert row.anchor.citation
    assert row.anchor.standing is Standing.PROPOSED


def test_what_belongs_together_as_one_voice_is_called_proposed():
    assert {group.source.standing for group in WEIGHTS.groups.values()} == {Standing.PROPOSED}


def test_every_accuracy_figure_names_its_study():
    rows = [row for finding in FINDINGS.values() for row in finding.accuracy]
    assert len(rows) >= 25
    assert all(row.source.citation and row.ratios.citation for row in rows)


def test_every_published_threshold_names_its_text():
    for measure in OUTCOMES.values():
        assert all(item.says and item.source.citation for item in (measure.threshold, *measure.also)), measure.key


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

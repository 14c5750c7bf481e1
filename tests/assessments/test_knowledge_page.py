"""The knowledge page: everything with its source, found by any word, in every version that is kept."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from assessments.presenters.knowledge import Filters, everything, knowledge_page
from assessments.presenters.knowledge.changes import changes
from assessments.presenters.knowledge.entry import Kind
from assessments.reasoning import CONTRIBUTORS, CRITERIA, FINDINGS, GROUPS, KNOWLEDGE_VERSION, RED_FLAGS, RELEASES
from clinic.vocabulary.diagnoses import Hypothesis
from clinic.vocabulary.provenance import Standing
from tests.assessments.conftest import SignIn
from tests.support.factories import World
from tests.support.queries import at_most

PAGE = reverse("assessments:knowledge")
TODAY = date(2026, 11, 22)
LANDED = RELEASES[0].version


def shown(**asked: str) -> list[str]:
    page = knowledge_page(Filters.of(asked), TODAY)
    return [entry.id for group in page.groups for entry in group.entries]


def test_everything_stands_there_with_version_source_and_review(clinic: World, sign_in: SignIn) -> None:
    client = sign_in(clinic.reader)
    page = client.get(PAGE).content.decode()
    total = len(everything(KNOWLEDGE_VERSION))
    assert f"{total} entries" in page
    assert KNOWLEDGE_VERSION in page
    assert page.count("Reviewed ") == total
    assert "RF01" in page
    assert "expert opinion, no study behind it" in page
    with at_most(6):
        client.get(PAGE)


def test_every_kind_of_knowledge_has_its_entries() -> None:
    counts = {kind: sum(entry.kind is kind for entry in everything(KNOWLEDGE_VERSION)) for kind in Kind}
    assert counts[Kind.FLAG] == len(RED_FLAGS)
    assert counts[Kind.CRITERION] == len(CRITERIA)
    assert counts[Kind.FINDING] == len(FINDINGS) - 1, "the age is in the record, nobody asks for it"
    assert counts[Kind.CONTRIBUTOR] == len(CONTRIBUTORS)
    assert counts[Kind.WEIGHT] > len(GROUPS)
    assert counts[Kind.OUTCOME] == 3
    assert counts[Kind.RETEST] > 10


@pytest.mark.parametrize("version", dict.fromkeys((KNOWLEDGE_VERSION, *(release.version for release in RELEASES))))
def test_every_entry_of_every_version_says_something_and_where_from(version: str) -> None:
    entries = everything(version)
    assert len({entry.id for entry in entries}) == len(entries), "an anchor belongs to one entry"
    for entry in entries:
        assert entry.title.strip(), entry.id
        assert entry.text.strip(), entry.id
        assert entry.sources, entry.id
        assert all(source.citation and source.standing for source in entry.sources), entry.id
        assert re.fullmatch(r"[\w-]+", entry.id)


def test_an_entry_has_an_anchor_that_other_pages_can_link_to(clinic: World, sign_in: SignIn) -> None:
    page = sign_in(clinic.reader).get(PAGE).content.decode()
    for anchor in ("finding-slump", "flag-RF01", "criterion-sij", "weight-onset", "contributor-pelvic_tilt"):
        assert f'<li id="{anchor}">' in page


def test_every_word_must_be_found(clinic: World, sign_in: SignIn) -> None:
    client = sign_in(clinic.reader)
    page = client.get(PAGE, {"q": "thigh thrust laslett"}).content.decode()
    assert "Thigh thrust" in page
    assert "Cauda" not in page
    assert "Nothing found: thigh zzz" in client.get(PAGE, {"q": "thigh zzz"}).content.decode()


def test_while_typing_only_the_entries_come_back(clinic: World, sign_in: SignIn) -> None:
    page = sign_in(clinic.reader).get(PAGE, {"q": "<slump>"}, headers={"HX-Request": "true"}).content.decode()
    assert page.lstrip().startswith('<div class="stack" id="entries">')
    assert "<slump>" not in page


def test_it_is_narrowed_by_kind_cause_standing_and_review() -> None:
    assert shown(kind="criterion") == [f"criterion-{item.value}" for item in Hypothesis]
    assert "finding-slump" in shown(cause="nerve")
    assert "finding-tost" not in shown(cause="nerve", kind="finding")
    proposed = shown(standing="proposed")
    assert "weight-settings" in proposed
    assert "finding-slump" not in proposed
    assert shown(review="overdue") == []
    assert set(shown(kind="criterion", cause="sij", standing="verified")) == {"criterion-sij"}


def test_reviews_that_fall_due_are_found_before_and_after_the_day() -> None:
    due = RED_FLAGS["RF01"].reviewed.review_due
    soon = knowledge_page(Filters.of({"review": "soon"}), due)
    assert soon.groups[0].entries[0].id == "flag-RF01"
    assert soon.overdue == 0
    assert knowledge_page(Filters(), date(due.year + 5, 1, 1)).overdue == soon.total


def test_what_is_unknown_in_an_address_is_as_if_it_had_not_been_asked() -> None:
    assert (
        Filters.of({"kind": "x", "cause": "y", "standing": "z", "review": "?", "version": "1", "since": "2"})
        == Filters()
    )
    assert Filters.of({"since": KNOWLEDGE_VERSION}).since == ""
    assert Filters.of({"q": "a" * 500}).query == "a" * 100


def test_a_tab_keeps_the_other_filters_and_says_how_much_it_holds() -> None:
    page = knowledge_page(Filters.of({"q": "slump", "cause": "nerve"}), TODAY)
    findings = next(tab for tab in page.tabs if tab.title == "Findings")
    assert findings.address == "?q=slump&kind=finding&cause=nerve"
    assert findings.count == len(shown(q="slump", cause="nerve", kind="finding"))


def test_an_older_version_is_read_as_it_was(clinic: World, sign_in: SignIn) -> None:
    page = sign_in(clinic.reader).get(PAGE, {"version": LANDED, "kind": "outcome"}).content.decode()
    assert f"This is version {LANDED}." in page
    assert "Nothing found with these filters" in page, "there were no outcome measures then"


def test_what_changed_between_two_versions_is_said_entry_by_entry(clinic: World, sign_in: SignIn) -> None:
    page = sign_in(clinic.reader).get(PAGE, {"since": LANDED}).content.decode()
    assert f"What changed from {LANDED} to {KNOWLEDGE_VERSION}" in page
    assert "<ins>Asked about before it is kept: below 30° or above 120° (our own proposal)</ins>" in page


def test_new_changed_and_gone_entries_are_told_apart() -> None:
    first, second, third = everything(KNOWLEDGE_VERSION)[:3]
    told = list(changes((first, second), (replace(first, text="Other words."), third)))
    assert [(item.what, item.entry.id) for item in told] == [
        ("Changed", first.id),
        ("New", third.id),
        ("Gone", second.id),
    ]
    assert (told[0].gone, told[0].come) == ((first.text,), ("Other words.",))
    assert not list(changes((first, second), (first, second)))


def test_a_red_flag_says_by_which_findings_it_is_raised() -> None:
    entries = {entry.id: entry for entry in everything(KNOWLEDGE_VERSION)}
    rules = entries["flag-RF02"].lines
    assert rules[0].startswith("Urgent (R2) when any of: “Weakest key muscle, grade 0 to 5”: 3 or less; “Foot drop”")
    assert any("RF01 is raised" in line for line in rules)
    assert any("age below 45" in line for line in entries["flag-RF13"].lines)


def test_likelihoods_are_called_proposed_and_named_for_every_cause() -> None:
    entry = {entry.id: entry for entry in everything(KNOWLEDGE_VERSION)}["weight-palp_hamstring"]
    assert "our own proposal" in entry.text
    assert entry.standings == {Standing.PROPOSED}
    assert entry.lines[0].startswith("Present: hamstring strain 0.85, proximal hamstring tendinopathy 0.35")

"""What was signed is reasoned over once more, with the same knowledge and the same result; every deviation is named."""

import pytest

from assessments.reasoning import CURRENT, RELEASES, Case, FindingSet, Outcome, of_version, reason, replay, reread
from assessments.reasoning.finding_set import from_stored
from clinic.vocabulary.answers import Answer

from .cases import STRAIN, TENDON, case, case_json

LANDED = RELEASES[0].version


def stored(findings: FindingSet):
    return [
        (key, side or "", value.value if isinstance(value, Answer) else str(value))
        for key in findings.answered
        for side, value in findings.recorded(key).items()
    ]


def shown(given: Case, knowledge=CURRENT, released=()):
    return {
        "patient": {"age": given.age, "sex": None, "running_type": given.running_type and given.running_type.value},
        "painful_side": given.painful_side.value,
        "released_flags": list(released),
        "reasoning": reason(given, released=released, knowledge=knowledge).to_json(),
        "knowledge_version": knowledge.version,
    }


@pytest.mark.parametrize("version", [release.version for release in RELEASES])
def test_a_signed_assessment_replays_with_every_version_that_is_kept(version):
    knowledge = of_version(version)
    given = Case.from_json(case_json(**TENDON, slr_degrees=62.5, nprs_now=3), knowledge.findings)
    found = replay(shown(given, knowledge), stored(given.findings))
    assert (found.version, found.outcome, found.differences) == (version, Outcome.SAME, ())
    assert found.reasoning == reason(given, knowledge=knowledge)


def test_a_released_flag_stays_released():
    given = case(**TENDON, palpable_defect="present")
    frozen = shown(given, released=("RF04",))
    assert frozen["reasoning"]["ranking_shown"]
    assert replay(frozen, stored(given.findings)).is_same
    assert not replay(frozen | {"released_flags": []}, stored(given.findings)).is_same


def test_a_deviation_is_named_with_what_was_shown_and_what_the_replay_gives():
    given = case(**TENDON)
    frozen = shown(given)
    frozen["reasoning"]["hypotheses"][0]["support"] = "possible"
    found = replay(frozen, stored(given.findings))
    assert found.outcome is Outcome.DIFFERS
    assert [(item.where, item.then, item.now) for item in found.differences] == [
        ("hypotheses.pht.support", "possible", "very_likely")
    ]


def test_another_order_alone_is_a_deviation():
    given = case(**TENDON)
    frozen = shown(given)
    frozen["reasoning"]["hypotheses"].reverse()
    assert [item.where for item in replay(frozen, stored(given.findings)).differences] == ["hypotheses.order"]


def test_an_answer_that_was_changed_behind_the_signature_shows():
    given = case(**TENDON)
    answers = [(key, side, "absent" if key == "palp_ischial" else value) for key, side, value in stored(given.findings)]
    assert replay(shown(given), answers).outcome is Outcome.DIFFERS


def test_a_version_that_is_not_kept_is_said_and_not_replaced_by_another():
    given = case(**TENDON)
    found = replay(shown(given) | {"knowledge_version": "2025.01.01-000000"}, stored(given.findings))
    assert (found.outcome, found.reasoning) == (Outcome.NOT_KEPT, None)


@pytest.mark.parametrize("answer", [("no_such_finding", "", "present"), ("onset", "", "slowly"), ("nprs_now", "", "x")])
def test_an_answer_that_does_not_fit_its_knowledge_is_unreadable(answer):
    given = case(**TENDON)
    assert replay(shown(given), [*stored(given.findings), answer]).outcome is Outcome.UNREADABLE


def test_todays_knowledge_reads_the_same_answers_and_names_what_it_cannot_read():
    given = Case.from_json(case_json(**STRAIN), of_version(LANDED).findings)
    found = reread(shown(given, of_version(LANDED)), [*stored(given.findings), ("no_such_finding", "left", "present")])
    assert found.left_out == ("no_such_finding",)
    assert found.reasoning == reason(given)


def test_a_stored_number_becomes_the_number_that_was_measured():
    finding = CURRENT.findings["slr_degrees"]
    assert [from_stored(finding, text) for text in ("62", "62.5", "not_assessed")] == [62, 62.5, "not_assessed"]
    assert isinstance(from_stored(finding, "62"), int)
    assert from_stored(CURRENT.findings["onset"], "sudden") == "sudden"

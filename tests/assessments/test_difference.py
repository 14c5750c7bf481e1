"""What an amendment changed, readable, and the draft of the clinician's words, which holds nothing that is not recorded."""

from assessments import actions
from assessments.models import Activity, Answer, OutcomeScore, PainArea
from assessments.presenters.difference import Change, Difference, difference_of, version_of, words_between
from assessments.presenters.summary import LONGEST, summary_of
from assessments.queries import reading_of
from assessments.reasoning import FINDINGS, MANDATORY
from tests.assessments.conftest import ON, TENDON, Examination, screening


def amended(examination: Examination) -> None:
    original = examination.sign()
    examination.draft = actions.amend(by=examination.world.clinician, assessment=original, reason="Wrong side")


def difference(examination: Examination) -> Difference:
    signed = examination.sign()
    assert signed.amends is not None
    return difference_of(version_of(signed.amends), version_of(signed))


def test_a_copy_that_changes_nothing_differs_in_nothing(examination: Examination) -> None:
    amended(examination.ready())
    found = difference(examination)
    assert found.number == 0
    assert found.groups == ()


def test_answers_are_changed_added_and_removed_under_their_section(examination: Examination) -> None:
    examination.ready().answer(("slr_degrees", "right", "66"))
    amended(examination)
    examination.answer(("slr_degrees", "right", "70"), ("slr_degrees", "left", "82"), ("palp_ischial", "left", ""))
    found = {group.title: group.changes for group in difference(examination).findings}
    label = FINDINGS["slr_degrees"].label
    assert [(c.label, c.before, c.after, c.kind) for c in found["Range"]] == [
        (f"{label}, left", "–", "82°", "added"),
        (f"{label}, right", "66°", "70°", "changed"),
    ]
    assert [change.kind for change in found["Palpation"]] == ["removed"]


def test_not_assessed_is_no_answer_in_a_difference(examination: Examination) -> None:
    amended(examination.ready())
    examination.answer(("tost", "right", "not_assessed"))
    assert difference(examination).number == 0


def test_conclusion_and_own_words_are_compared_field_by_field_and_word_by_word(examination: Examination) -> None:
    examination.ready().conclude(wording="High hamstring, quite irritable.")
    amended(examination)
    examination.conclude(stage=2, wording="High hamstring, not irritable.")
    found = difference(examination)
    assert found.conclusion.changes == (Change("Stage", "1", "2"),)
    (text,) = found.texts
    assert [(piece.kind, piece.words) for piece in text.pieces] == [
        ("", "High hamstring,"),
        ("del", " quite"),
        ("ins", " not"),
        ("", " irritable."),
    ]


def test_chart_and_scores_are_compared_too(examination: Examination) -> None:
    world = examination.ready().world
    own = {"clinic": world.clinic, "by": world.clinician}
    activity = Activity.objects.create(**own, episode=examination.draft.episode, number=1, words="Long drives")
    PainArea.objects.create(**own, assessment=examination.draft, region="buttock", side="right", qualities=["ache"])
    OutcomeScore.objects.create(**own, assessment=examination.draft, measure="psfs", activity=activity, value=4)
    amended(examination)
    PainArea.objects.filter(assessment=examination.draft).update(is_worst=True)
    OutcomeScore.objects.filter(assessment=examination.draft).update(value=5)
    chart, scores = difference(examination).others
    assert chart.changes == (Change("Right buttock", "ache", "ache, worst area"),)
    assert scores.changes == (Change("“Long drives”", "4 of 10", "5 of 10"),)


def test_what_the_screen_showed_is_compared_as_it_was_frozen(examination: Examination) -> None:
    amended(examination.ready())
    examination.answer(("palp_ischial", "right", "absent"), ("mbk_stretch", "right", "absent"))
    shown = {change.label: change for change in difference(examination).shown.changes}
    tendon = shown["Proximal hamstring tendinopathy"]
    assert tendon.before.startswith("Criteria met, ")
    assert tendon.after.startswith("Not met")
    assert shown["Picture"].before == "Leading: proximal hamstring tendinopathy"


def test_words_between_two_texts_put_together_again_give_both() -> None:
    before, after = "One two\nthree four", "One 2\nthree  four five"
    pieces = words_between(before, after)
    assert "".join(piece.words for piece in pieces if piece.kind != "ins") == before
    assert "".join(piece.words for piece in pieces if piece.kind != "del") == after
    assert words_between("", "") == ()


def test_the_draft_of_the_words_names_sides_and_what_was_not_assessed(examination: Examination) -> None:
    examination.answer(*screening(), *TENDON, ("slr_degrees", "right", "66"), ("slump_sd", "left", "absent"))
    text = summary_of(examination.draft, reading_of(examination.draft))
    assert "Visit 1, 22 November 2026. Painful side: right." in text
    assert "Screening: every question asked, no red flag raised." in text
    assert "How did the pain begin? Gradually." in text
    assert f"{FINDINGS['palp_ischial'].label}, right (left absent)" in text
    assert f"{FINDINGS['mbk_stretch'].label}, right (left not assessed)" in text
    assert ", both sides" in text
    assert f"{FINDINGS['slr_degrees'].label}: left not assessed, right 66°." in text
    assert "Not assessed: " in text
    assert FINDINGS["tost"].label in text.partition("Not assessed:")[2]


def test_the_draft_of_the_words_says_open_screening_and_decided_flags(examination: Examination) -> None:
    examination.answer(*screening()[1:], ("hop_pain", "right", "present"))
    text = summary_of(examination.draft, reading_of(examination.draft))
    assert "Not asked: " in text
    assert "Red flag: " in text
    assert ", open." in text


def test_carried_answers_are_not_in_the_draft_of_the_words(examination: Examination) -> None:
    first = examination.ready().sign()
    examination.draft = actions.start_assessment(by=first.clinician, episode=first.episode, on=ON)
    Answer.objects.create(
        clinic=first.clinic, assessment=examination.draft, key="mbk_stretch", side="right", value="present",
        carried_from=first, by=first.clinician,
    )  # fmt: skip
    text = summary_of(examination.draft, reading_of(examination.draft))
    assert FINDINGS["mbk_stretch"].label not in text.partition("Not assessed:")[0]


def test_a_full_examination_still_fits_the_field(examination: Examination) -> None:
    examination.answer(*screening())
    examination.answer(
        *(
            (key, side, "present")
            for key, finding in FINDINGS.items()
            if not finding.kind.is_measured and not finding.choices and key not in MANDATORY
            for side in (("right",) if finding.sided else ("",))
        )
    )
    assert 1000 < len(summary_of(examination.draft, reading_of(examination.draft))) <= LONGEST

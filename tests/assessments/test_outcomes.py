"""What the runner says about the course: activities in own words, scores, the change as a whole; kept, and never rewritten."""

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict

from assessments import actions
from assessments.course import course_of
from assessments.errors import AlreadySigned
from assessments.forms.outcomes import said
from assessments.models import Activity, Assessment, OutcomeScore
from assessments.presenters.outcomes import outcome_words, outcomes_table
from assessments.said import Said
from tests.assessments.conftest import ON, Examination
from tests.support.factories import make_episode, make_patient


def tell(examination: Examination, **places: str) -> actions.Told:
    given = [Said(place.replace("_", "-"), value) for place, value in places.items()]
    return actions.record_outcomes(by=examination.world.clinician, assessment=examination.draft, said=given)


def reasons(told: actions.Told) -> dict[str, str]:
    return {place: error.words for place, error in told.refused.items()}


def activities(examination: Examination) -> dict[int, str]:
    return dict(Activity.objects.filter(episode=examination.draft.episode).values_list("number", "words"))


def scores(examination: Examination) -> dict[int | None, int]:
    rows = OutcomeScore.objects.filter(assessment=examination.draft)
    return {row.activity.number if row.activity else None: row.value for row in rows.select_related("activity")}


def next_visit(examination: Examination) -> Examination:
    """Sign this one and open the next."""
    examination.ready().sign()
    draft = actions.start_assessment(by=examination.world.clinician, episode=examination.draft.episode, on=ON)
    return Examination(examination.world, draft)


def test_a_form_says_what_was_said_in_the_order_it_is_written() -> None:
    given = said(
        QueryDict("answer-psfs-1=+4+&was-psfs-1=3&mine-psfs-1=2&answer-words-1=run&answer-other=9&answer-groc=")
    )
    assert given == [Said("words-1", "run"), Said("psfs-1", "4", "3", ("2",)), Said("groc", "")]
    assert given[1].expects("3")
    assert given[1].expects("2")
    assert not given[1].expects("")


def test_words_and_score_are_kept_together(examination: Examination) -> None:
    told = tell(examination, words_1="Run downhill", psfs_1="3", words_3="Sit through a film", groc="-2")
    assert told.saved == {"words-1", "psfs-1", "words-3", "groc"}
    assert activities(examination) == {1: "Run downhill", 3: "Sit through a film"}
    assert scores(examination) == {1: 3, None: -2}


def test_before_the_first_signed_score_words_may_be_mended_and_taken_away(examination: Examination) -> None:
    tell(examination, words_1="Run downhil", psfs_1="3")
    tell(examination, words_1="Run downhill")
    assert (activities(examination), scores(examination)) == ({1: "Run downhill"}, {1: 3})
    tell(examination, words_1="")
    assert (activities(examination), scores(examination)) == ({}, {})


def test_a_score_needs_its_activity_and_its_range(examination: Examination) -> None:
    assert "Name the activity first" in reasons(tell(examination, psfs_2="3"))["psfs-2"]
    tell(examination, words_2="Hop")
    for value in ("11", "-1", "3.5", "three", "99999"):
        assert "from 0 to 10" in reasons(tell(examination, psfs_2=value))["psfs-2"], value
    assert "from -7 to 7" in reasons(tell(examination, groc="8"))["groc"]
    assert scores(examination) == {}


def test_a_score_can_be_cleared(examination: Examination) -> None:
    tell(examination, words_1="Hop", psfs_1="3", groc="1")
    tell(examination, psfs_1="", groc="")
    assert scores(examination) == {}


def test_what_a_colleague_changed_meanwhile_is_left_as_it_is(examination: Examination) -> None:
    tell(examination, words_1="Hop", psfs_1="3")
    told = actions.record_outcomes(
        by=examination.world.administrator,
        assessment=examination.draft,
        said=[Said("psfs-1", "7", seen=""), Said("words-1", "Jump", seen="")],
    )
    assert told.overtaken == {"psfs-1", "words-1"}
    assert "Ines Halvard recorded “3” meanwhile" in reasons(told)["psfs-1"]
    assert (activities(examination), scores(examination)) == ({1: "Hop"}, {1: 3})
    mine = [Said("psfs-1", "7", seen="", mine=("3",))]
    actions.record_outcomes(by=examination.world.clinician, assessment=examination.draft, said=mine)
    assert scores(examination) == {1: 7}


def test_after_a_signed_score_the_words_stay_and_a_new_activity_takes_a_free_line(examination: Examination) -> None:
    tell(examination, words_1="Hop", psfs_1="3", words_2="Sit")
    later = next_visit(examination)
    told = tell(later, words_1="Jump", words_2="Sit long", words_3="Climb", psfs_3="2")
    assert "its words stay" in reasons(told)["words-1"]
    assert activities(later) == {1: "Hop", 2: "Sit long", 3: "Climb"}
    assert "its words stay" in reasons(tell(later, words_1=""))["words-1"]


def test_the_database_keeps_the_words_too(examination: Examination) -> None:
    tell(examination, words_1="Hop", psfs_1="3")
    next_visit(examination)
    activity = Activity.objects.get(episode=examination.draft.episode)
    for write in (
        lambda: Activity.objects.filter(pk=activity.pk).update(words="Jump"),
        lambda: Activity.objects.filter(pk=activity.pk).update(number=2),
        activity.delete,
    ):
        with pytest.raises(IntegrityError, match=r"keeps its words|signed assessment"), transaction.atomic():
            write()
    Activity.objects.filter(pk=activity.pk).update(by=examination.world.administrator)


def test_a_score_cannot_belong_to_another_episode(examination: Examination) -> None:
    other = make_episode(examination.world, make_patient(examination.world.clinic, email="b@runner.test"))
    foreign = Activity.objects.create(
        clinic=examination.world.clinic, episode=other, number=1, words="Hop", by=examination.world.clinician
    )
    with pytest.raises(IntegrityError, match="another episode"), transaction.atomic():
        OutcomeScore.objects.create(
            clinic=examination.world.clinic,
            assessment=examination.draft,
            measure="psfs",
            activity=foreign,
            value=3,
            by=examination.world.clinician,
        )


def test_a_signed_visit_takes_no_score(examination: Examination) -> None:
    tell(examination, words_1="Hop")
    examination.ready().sign()
    with pytest.raises(AlreadySigned):
        tell(examination, psfs_1="3")


# Over the visits


def two_visits(examination: Examination, **today: str) -> Examination:
    examination.answer(("nprs_run", "", "6"), ("own_prediction_days", "", "21"))
    tell(examination, words_1="Hop", psfs_1="3", words_2="Sit", psfs_2="4")
    later = next_visit(examination)
    later.answer(("nprs_run", "", "3"))
    tell(later, psfs_1="6", psfs_2="6", groc="4", **today)
    return later


def test_the_table_tells_every_measure_at_every_visit_and_judges_the_change(examination: Examination) -> None:
    table = outcomes_table(course_of(two_visits(examination).draft))
    rows = {row.title: row for row in table.rows}
    run = rows["Pain when running"]
    assert (run.cells, run.change, run.verdict) == (("6", "3"), "Better by 3", "at least the published 2 points")
    mean = rows["Average of the activities"]
    assert (mean.cells, mean.change) == (("3.5", "6"), "Better by 2.5")
    assert (rows["“Hop”"].change, rows["“Hop”"].verdict) == ("Better by 3", ""), "one activity is not judged"
    assert rows["Change as a whole (GROC)"].cells == ("", "+4, clearly better")
    assert [head.number for head in table.visits] == [1, 2]
    assert run.line is not None
    assert "%" not in str(table)


def test_what_was_never_said_has_no_row_and_a_gap_is_no_zero(examination: Examination) -> None:
    assert not outcomes_table(course_of(examination.draft))
    later = two_visits(examination)
    tell(later, psfs_2="")
    rows = {row.title: row for row in outcomes_table(course_of(later.draft)).rows}
    assert rows["“Sit”"].cells == ("4", "")
    assert rows["“Sit”"].line is None
    assert rows["Average of the activities"].verdict == "cannot tell: one activity is no average"


def test_letters_get_a_sentence_for_each_measure(examination: Examination) -> None:
    words = outcome_words(course_of(two_visits(examination).draft))
    assert words == [
        "Pain when running: 6 of 10 (22 Nov), then 3 of 10 (22 Nov). Better by 3: at least the published 2 points.",
        "“Hop”: 3 of 10 (22 Nov), then 6 of 10 (22 Nov). Better by 3.",
        "“Sit”: 4 of 10 (22 Nov), then 6 of 10 (22 Nov). Better by 2.",
        "Average of the activities: 3.5 of 10 (22 Nov), then 6 of 10 (22 Nov). Better by 2.5: at least the published 2 points.",
        "Change as a whole (GROC): +4, clearly better (22 Nov); at least the published 3 steps.",
        "Days until back, the runner's own estimate: 21 days (22 Nov).",
    ]


def test_of_an_amended_visit_only_the_version_that_holds_is_told(examination: Examination) -> None:
    examination.answer(("nprs_run", "", "6"))
    signed = examination.ready().sign()
    copy = actions.amend(by=examination.world.clinician, assessment=signed, reason="Misread.")
    amended = Examination(examination.world, copy)
    amended.answer(("nprs_run", "", "8"))
    amended.sign()
    draft = actions.start_assessment(by=examination.world.clinician, episode=signed.episode, on=ON)
    course = course_of(draft)
    assert [(one.assessment.pk, one.numbers.get("nprs_run")) for one in course.visits] == [
        (copy.pk, 8),
        (draft.pk, None),
    ]
    assert course.first.assessment.state == Assessment.State.SIGNED

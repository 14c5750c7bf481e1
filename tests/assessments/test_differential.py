"""The differential as a page and frozen: every picture in its own words, the three causes, old and new signatures."""

import json
import re

import pytest
from django.urls import reverse

from assessments import actions
from assessments.queries import reading_of
from assessments.reasoning import CONTRIBUTORS, FINDINGS
from assessments.wording import panel_of, thawed
from assessments.wording.contributors import LEADS_TO
from tests.assessments.conftest import TENDON, Examination, SignIn, screening
from tests.assessments.test_panel import JOINT, NOTHING_FITS, UNCLEAR
from tests.support.queries import at_most

OLD = ("situation", "flag_history", "evidence")
OLD_CARD = ("rank", "parts", "keys_for", "keys_against", "keys_not_assessed", "new")


def page(examination: Examination, sign_in: SignIn, name: str = "differential") -> str:
    answer = sign_in(examination.world.clinician).get(reverse(f"assessments:{name}", args=[examination.draft.pk]))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def causes(html: str) -> list[str]:
    return re.findall(r'id="cause-(\w+)"', html)


def release(examination: Examination, kind: str = "released", why: str = "Scan of 12 November was clear.") -> None:
    for flag in reading_of(examination.draft).flags:
        if flag.stops:
            actions.decide_red_flag(
                by=examination.world.clinician, assessment=examination.draft, flag=flag.id, kind=kind, reason=why
            )


def test_three_causes_stand_on_one_page_with_the_leading_one_first(examination: Examination, sign_in: SignIn) -> None:
    examination.answer(*screening(), *TENDON)
    html = page(examination, sign_in)
    assert causes(html)[0] == "hamstring"
    assert sorted(causes(html)) == ["hamstring", "joint", "nerve"]
    assert html.index("two sub-types") < html.index('id="hyp-pht"') < html.index('id="hyp-hamstring_strain"')
    assert "<title>Differential · Strideback</title>" in html
    assert "Proposed, you decide" in html
    assert 'href="/assessments/' in html
    assert "#finding-" in html


def test_criteria_are_a_checklist_with_what_is_still_needed_to_decide(
    examination: Examination, sign_in: SignIn
) -> None:
    examination.answer(*screening(), ("palp_ischial", "right", "present"), ("sij_thigh_thrust", "right", "absent"))
    html = page(examination, sign_in)
    assert "part part-met" in html
    assert "part part-open" in html
    assert "Still needed, one of:" in html
    assert "1 of 4 done, 0 positive" in html
    assert "Still needed, 3 more of:" in html


def test_a_negative_test_with_differentiation_is_not_met(examination: Examination, sign_in: SignIn) -> None:
    examination.answer(*screening(), *TENDON)
    html = page(examination, sign_in)
    assert re.search(r'part-not_met"[^<]*<span[^<]*</span><div><p class="part-head"><span>A neurodynamic test', html)


def test_every_line_names_side_and_value_and_opens_its_source(examination: Examination, sign_in: SignIn) -> None:
    examination.answer(*screening(), *TENDON)
    html = page(examination, sign_in)
    assert "Sitting bone tender: present, right" in html
    assert "Resisted knee flexion brings on the pain: absent, right" in html
    line = html[html.index('id="line-against-nerve-slump_sd"') :]
    source = line[: line.index("</details>")]
    for words in ("Study", "Measured", "As published", "sensitivity", "Described by:", "Reviewed"):
        assert words in source, words


@pytest.mark.parametrize(
    ("answers", "title", "more"),
    [
        (TENDON, "Leading: proximal hamstring tendinopathy", "Its criteria are met and it is well ahead"),
        ([*TENDON, *JOINT], "Mixed picture:", "the program keeps to exercises that suit every cause"),
        (UNCLEAR, "Not settled:", "These two are close"),
        (NOTHING_FITS, "None of these fits", "Go to the red-flag questions"),
        ([("neuro_quality", "", "present")], "Not enough examined yet", 'class="group-count">1 of 5<'),
    ],
)
def test_each_picture_has_its_own_words(
    examination: Examination, sign_in: SignIn, answers: list[tuple[str, str, str]], title: str, more: str
) -> None:
    examination.answer(*screening(), *answers)
    html = page(examination, sign_in)
    assert title in html
    assert more in html
    assert not re.search(r"\d\s?%", re.sub(r'<details class="more".*?</details>', "", html)), (
        "no percentage for support"
    )


def test_screening_open_says_how_far_it_has_come(examination: Examination, sign_in: SignIn) -> None:
    examination.answer(*screening()[:4], *TENDON)
    html = page(examination, sign_in)
    assert "unanswered is never" in html
    assert 'class="meter"' not in html


def test_an_urgent_flag_hides_the_order_and_says_where_to_and_that_exercises_are_locked(
    examination: Examination, sign_in: SignIn
) -> None:
    examination.answer(*screening(), *TENDON, ("hop_pain", "right", "present"))
    html = page(examination, sign_in)
    assert "exercises are locked until a clinician acts on the red flag or releases it" in html
    assert "same-day help 111" in html
    assert 'class="meter"' not in html
    release(examination, "acted", "Sent for an MRI today.")
    assert "exercises stay locked" in page(examination, sign_in)


def test_a_release_that_an_answer_took_back_stays_readable(examination: Examination, sign_in: SignIn) -> None:
    examination.answer(*screening(), *TENDON, ("hop_pain", "right", "present"))
    release(examination)
    assert "earlier decision" not in page(examination, sign_in)
    examination.answer(("hop_pain", "left", "present"))
    html = page(examination, sign_in)
    assert "earlier decision" in html
    assert "Released by Ines Halvard" in html
    assert "No longer holds: an answer behind it was given anew." in html
    examination.answer(("hop_pain", "left", "absent"), ("hop_pain", "right", "absent"))
    assert "The flag is no longer raised." in page(examination, sign_in)


def test_an_emergency_takes_over_but_its_referral_can_be_printed(examination: Examination, sign_in: SignIn) -> None:
    examination.answer(*screening(), *TENDON, ("saddle_numbness", "", "present"))
    examination.answer(("bowel_change", "", "not_assessed"))
    client = sign_in(examination.world.clinician)
    moved = client.get(reverse("assessments:differential", args=[examination.draft.pk]))
    assert moved["Location"] == reverse("assessments:intake", args=[examination.draft.pk])
    html = page(examination, sign_in, "referral")
    assert "<title>Referral · Strideback</title>" in html
    for words in (
        "Ana Ferreira",
        "Born 9 Mar 1992",
        "A&amp;E (emergency number 999)",
        "Emergency MRI requested",
        "between the legs or when wiping? Present",
        "Any new change in passing urine? Absent",
        "bowel control? Not assessed",
        "Examined by Ines Halvard",
        "Safety-net",
    ):
        assert words in html, words


def test_there_is_no_referral_without_a_flag_that_stands(examination: Examination, sign_in: SignIn) -> None:
    examination.answer(*screening(), *TENDON, ("hop_pain", "right", "present"))
    assert 'class="card referral"' in page(examination, sign_in, "referral")
    release(examination)
    assert "No red flag asks for a referral" in page(examination, sign_in, "referral")


def test_contributors_lead_to_exercises_and_show_every_view(examination: Examination, sign_in: SignIn) -> None:
    examination.answer(*screening(), *TENDON, ("glute_weak", "left", "present"), ("pelvic_tilt", "", "anterior"))
    html = page(examination, sign_in)
    assert "Leads to:</b> buttock strength" in html
    assert "Recorded as seen, neither good nor bad" in html
    assert html.index("The pelvis is meant to tip forward in running") > html.index("Any forward tilt loads")


def test_every_kind_of_program_content_has_a_name() -> None:
    assert {key for contributor in CONTRIBUTORS.values() for key in contributor.content} <= set(LEADS_TO)


def test_what_is_frozen_reads_back_the_same(examination: Examination) -> None:
    examination.answer(*screening(), *TENDON, ("medicines_risk", "", "present"), ("glute_weak", "left", "present"))
    live = panel_of(reading_of(examination.draft))
    kept = json.loads(json.dumps(live.to_json()))
    again = thawed(kept)
    assert again.cards == live.cards
    assert again.situation == live.situation
    assert again.flags == live.flags
    assert again.contributors == live.contributors
    assert json.loads(json.dumps(again.to_json())) == kept
    assert set(again.evidence or {}) >= set(live.cards[0].keys_for)


def test_a_panel_signed_before_lines_had_keys_still_reads(examination: Examination) -> None:
    examination.answer(*screening(), *TENDON, ("medicines_risk", "", "present"))
    old = panel_of(reading_of(examination.draft)).to_json()
    old = {key: value for key, value in old.items() if key not in OLD} | {"examined": 61}
    old["cards"] = [{key: value for key, value in card.items() if key not in OLD_CARD} for card in old["cards"]]
    old["flags"] = [{key: value for key, value in flag.items() if key != "asked"} for flag in old["flags"]]
    panel = thawed(json.loads(json.dumps(old)))
    assert [line.words for line in panel.cards[0].lines_for]
    assert {line.key for line in panel.cards[0].lines_for} == {""}
    assert panel.situation.title == panel.headline


def test_the_differential_of_a_signed_assessment_is_the_frozen_one(examination: Examination, sign_in: SignIn) -> None:
    examination.ready().sign()
    html = page(examination, sign_in)
    assert "as it stood when it was signed" in html
    assert 'id="line-for-pht-palp_ischial"' in html
    assert "Proposed, you decide" not in html
    assert "#finding-" not in html


def test_a_reader_sees_the_differential_and_decides_nothing(examination: Examination, sign_in: SignIn) -> None:
    examination.answer(*screening(), *TENDON, ("hop_pain", "right", "present"))
    url = reverse("assessments:differential", args=[examination.draft.pk])
    html = sign_in(examination.world.reader).get(url).content.decode()
    assert "Possible stress fracture" in html
    assert 'name="kind"' not in html


def test_the_page_asks_as_little_of_the_database_as_the_intake(examination: Examination, sign_in: SignIn) -> None:
    client = sign_in(examination.world.clinician)
    url = reverse("assessments:differential", args=[examination.draft.pk])
    client.get(url)
    examination.answer(
        *screening(), *[(k, "right", "absent") for k, f in FINDINGS.items() if f.sided and not f.kind.is_measured]
    )
    with at_most(12):
        client.get(url)
    with at_most(12):
        client.get(reverse("assessments:referral", args=[examination.draft.pk]))

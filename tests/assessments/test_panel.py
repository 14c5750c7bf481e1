"""The differential panel: each picture has its own honest words, and no percentage stands beside a hypothesis."""

import json
import re

import pytest
from django.urls import reverse

from assessments.reasoning import FINDINGS
from tests.assessments.conftest import TENDON, Examination, SignIn, screening

HTMX = {"HTTP_HX_REQUEST": "true"}

JOINT = [(f"sij_{test}", "right", "present") for test in ("thigh_thrust", "distraction", "compression")] + [
    ("sij_sacral_thrust", "right", "present"),
    ("lumbar_response", "", "no_change"),
]
NOTHING_FITS = [
    ("onset", "", "gradual"),
    ("palp_hamstring", "right", "absent"),
    ("palp_ischial", "right", "absent"),
    ("mbk_stretch", "right", "absent"),
    ("resisted_kf_pain", "right", "absent"),
    ("stretch_pain", "right", "absent"),
    ("slr_rom_loss", "right", "absent"),
    ("bentknee_rom_loss", "right", "absent"),
    ("slump_sd", "right", "absent"),
    ("slr_sd", "right", "absent"),
    ("sens_deficit", "right", "absent"),
    ("myotome_deficit", "right", "absent"),
    ("reflex_deficit", "right", "absent"),
    ("active_piriformis", "right", "absent"),
    ("seated_piriformis", "right", "absent"),
    ("lumbar_response", "", "no_change"),
    ("sij_fortin", "right", "absent"),
    ("sij_pressure_pain", "right", "absent"),
    ("pain_sitting", "", "absent"),
    ("lbp_history", "", "absent"),
    *[(key, "", "absent") for key in ("neuro_quality", "pain_below_knee", "dermatomal", "cough_sneeze", "leg_gt_back")],
    *[
        (f"sij_{test}", "right", "absent")
        for test in ("thigh_thrust", "distraction", "compression", "sacral_thrust", "gaenslen")
    ],
]
UNCLEAR = [("palp_ischial", "right", "present"), ("mbk_stretch", "right", "present"), ("onset", "", "sudden"),
           ("onset_at_speed", "", "present"), ("palp_hamstring", "right", "present")]  # fmt: skip


@pytest.fixture
def panel(examination: Examination, sign_in: SignIn) -> "object":
    client = sign_in(examination.world.clinician)
    address = reverse("assessments:panel", args=[examination.draft.pk])

    def show(*answers: tuple[str, str, str], seen: str = "", screened: bool = True) -> object:
        examination.answer(*(screening() if screened else []), *answers)
        return client.get(address, headers={"HX-Request": "true", "X-Panel-Seen": seen})

    return show


def text(answer: object) -> str:
    html = answer.content.decode()  # type: ignore[attr-defined]
    assert not re.search(r"\d\s?%", html), "no percentage anywhere"
    return re.sub(r"\s+", " ", html)


def order(html: str) -> list[str]:
    return re.findall(r'id="hyp-(\w+)"', html)


def test_open_screening_hides_the_order_and_lists_every_question_to_jump_to(panel: object) -> None:
    html = text(panel(*TENDON, screened=False))  # type: ignore[operator]
    assert "Screening is not complete" in html
    assert 'href="#finding-bladder_change"' in html
    assert 'class="meter"' not in html
    assert "Worth assessing next" not in html


def test_not_enough_says_so_and_suggests_what_to_assess(panel: object) -> None:
    html = text(panel())  # type: ignore[operator]
    assert "Not enough examined yet" in html
    assert "0 of 10 groups examined" in html
    assert "Worth assessing next" in html
    assert re.search(r'<a href="#finding-\w+">Go', html)
    assert "is-leading" not in html


def test_a_clear_picture_opens_the_leading_card(panel: object) -> None:
    html = text(panel(*TENDON))  # type: ignore[operator]
    assert "Leading: proximal hamstring tendinopathy" in html
    assert order(html)[0] == "pht"
    assert re.search(r'class="hypothesis is-leading" id="hyp-pht" open', html)
    assert "<b>Criteria met</b><span>: sitting bone tender" in html
    assert "How did the pain begin? Gradually" in html
    assert "Resisted knee flexion brings on the pain: absent" in html
    assert "Screening complete, no red flag" in html
    assert "Strideback does not diagnose" in html


def test_a_mixed_picture_names_every_hypothesis_whose_criteria_are_met(panel: object) -> None:
    html = text(panel(*TENDON, *JOINT))  # type: ignore[operator]
    assert "Mixed picture" in html
    assert "Each meets its own criteria" in html
    assert html.count("is-leading") == 2


def test_an_unclear_picture_names_the_two_that_are_close(panel: object) -> None:
    html = text(panel(*UNCLEAR))  # type: ignore[operator]
    assert "Not settled:" in html
    assert "These two are close" in html


def test_outside_says_to_think_of_another_cause(panel: object) -> None:
    html = text(panel(*NOTHING_FITS))  # type: ignore[operator]
    assert "None of these fits" in html
    assert "ask the red-flag questions again" in html


def test_counting_is_said_in_words(panel: object) -> None:
    html = text(panel(("sij_thigh_thrust", "right", "absent"), ("sij_distraction", "right", "absent")))  # type: ignore[operator]
    assert "<b>Cannot tell</b><span>: 2 of 4 provocation tests done" in html
    assert "2 of 4 done, 0 positive" in html
    assert "Still needed, 2 more of:" in html


def test_an_urgent_flag_stands_on_top_and_hides_the_order(panel: object) -> None:
    html = text(panel(*TENDON, ("hop_pain", "right", "present")))  # type: ignore[operator]
    assert html.index("Urgent · exercises locked") < html.index("Differential")
    assert "Hopping brings on bone or groin pain: present, right" in html
    assert "The order is hidden and exercises are locked until a clinician acts on the red flag or releases it" in html
    assert 'class="meter"' not in html


def test_a_caution_stands_on_top_and_leaves_the_order(panel: object) -> None:
    html = text(panel(*TENDON, ("medicines_risk", "", "present")))  # type: ignore[operator]
    assert "flag-amber" in html
    assert 'class="meter"' in html


def test_contributors_stand_apart_with_every_view_on_them(panel: object) -> None:
    html = text(panel(*TENDON, ("glute_weak", "left", "present")))  # type: ignore[operator]
    assert html.index("What may have led to it") > html.index('id="hyp-nerve"')
    assert "Leads to exercises; never changes the order above." in html
    assert "expert opinion" in html


def test_the_last_answer_s_effect_is_spoken_and_marked(panel: object) -> None:
    first = text(panel())  # type: ignore[operator]
    seen = re.search(r'data-seen="([^"]+)"', first)
    assert seen
    answer = panel(*TENDON, seen=seen[1])  # type: ignore[operator]
    said = json.loads(answer["HX-Trigger"])["announce"]["text"]
    assert "Leading: proximal hamstring tendinopathy." in said
    assert "criteria met" in said
    assert re.search(r'is-changed" id="hyp-pht"', text(answer))


def test_nothing_is_spoken_when_nothing_changed(panel: object) -> None:
    seen = re.search(r'data-seen="([^"]+)"', text(panel(*TENDON)))  # type: ignore[operator]
    assert seen
    answer = panel(("ake_degrees", "left", "10"), seen=seen[1])  # type: ignore[operator]
    assert "HX-Trigger" not in answer
    assert "is-changed" not in text(answer)


def test_nonsense_in_the_header_does_no_harm(panel: object) -> None:
    for seen in ("x", "|||", "a.b.c|,|,", "<script>", "pht" * 500):
        assert panel(seen=seen).status_code == 200  # type: ignore[operator]


def test_a_browser_that_asks_for_the_panel_as_a_page_gets_the_page(examination: Examination, sign_in: SignIn) -> None:
    answer = sign_in(examination.world.clinician).get(reverse("assessments:panel", args=[examination.draft.pk]))
    assert answer["Location"] == reverse("assessments:intake", args=[examination.draft.pk])


def test_the_panel_of_an_assessment_signed_meanwhile_leads_to_the_signed_page(
    examination: Examination, sign_in: SignIn
) -> None:
    examination.ready().sign()
    address = reverse("assessments:panel", args=[examination.draft.pk])
    answer = sign_in(examination.world.clinician).get(address, **HTMX)
    assert answer["HX-Redirect"] == reverse("assessments:signed", args=[examination.draft.pk])


def test_a_new_line_is_marked_until_the_next_answer(panel: object) -> None:
    seen = re.search(r'data-seen="([^"]+)"', text(panel(*TENDON)))  # type: ignore[operator]
    assert seen
    html = text(panel(("pain_speed_hills", "", "present"), seen=seen[1]))  # type: ignore[operator]
    assert re.search(r'class="is-new"><details class="line" id="line-for-pht-pain_speed_hills"', html)
    assert html.count('class="new-mark"') == 1
    seen = re.search(r'data-seen="([^"]+)"', html)
    assert seen
    assert "new-mark" not in text(panel(("ake_degrees", "left", "10"), seen=seen[1]))  # type: ignore[operator]


def test_an_answer_that_moves_no_state_is_spoken_in_one_short_sentence(panel: object) -> None:
    seen = re.search(r'data-seen="([^"]+)"', text(panel(*TENDON)))  # type: ignore[operator]
    assert seen
    answer = panel(("pain_speed_hills", "", "present"), seen=seen[1])  # type: ignore[operator]
    said = json.loads(answer["HX-Trigger"])["announce"]["text"]
    assert said == "Speaks for proximal hamstring tendinopathy."
    assert f"<span>{said}</span></summary>" in text(answer), "the bar of a phone says it too"


def test_what_a_browser_sends_back_to_compare_names_no_finding(panel: object) -> None:
    seen = re.search(r'data-seen="([^"]+)"', text(panel(*TENDON)))  # type: ignore[operator]
    assert seen
    assert "palp" not in seen[1]
    assert len(seen[1]) < 600


def test_what_the_clinician_left_out_on_purpose_is_suggested_last(panel: object) -> None:
    first = re.findall(r'<a href="#finding-(\w+)">Go<', text(panel(*TENDON)))  # type: ignore[operator]
    assert first
    again = re.findall(r'<a href="#finding-(\w+)">Go<', text(panel((first[0], _side(first[0]), "not_assessed"))))  # type: ignore[operator]
    assert first[0] not in again[:1]


def _side(key: str) -> str:
    return "right" if FINDINGS[key].sided else ""

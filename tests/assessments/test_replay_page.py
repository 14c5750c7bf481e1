"""A signed assessment is replayed: on its page, for every clinic by a command, and what may be signed is always kept."""

import io
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.urls import reverse

from assessments.models import Assessment
from assessments.presenters.replay import compared, replay_page
from assessments.reasoning import KNOWLEDGE_VERSION, RELEASES, of_version, reason, reread
from assessments.reasoning.entries import KnowledgeFiles
from assessments.replaying import stored
from tests.assessments.conftest import Examination, SignIn, open_draft
from tests.reasoning.cases import case
from tests.support.factories import World
from tests.support.queries import at_most

LANDED = RELEASES[0].version


def page_of(signed: Assessment) -> str:
    return reverse("assessments:replay", args=[signed.pk])


def test_what_was_signed_today_gives_the_same_result(examination: Examination, sign_in: SignIn) -> None:
    signed = examination.ready().sign()
    client = sign_in(examination.world.reader)
    page = client.get(page_of(signed)).content.decode()
    assert f"Replayed with knowledge {KNOWLEDGE_VERSION}: same result." in page
    assert "It was signed with the knowledge that is in use today." in page
    with at_most(9):
        client.get(page_of(signed))


def test_a_draft_has_nothing_to_replay(examination: Examination, sign_in: SignIn) -> None:
    answer = sign_in(examination.world.clinician).get(page_of(examination.draft))
    assert answer.headers["Location"] == reverse("assessments:intake", args=[examination.draft.pk])


def test_what_the_landed_product_signed_replays_and_is_compared_with_today(examination: Examination) -> None:
    signed = examination.ready().sign()
    then = reread(signed.shown or {}, stored(signed.answers.all()), of_version(LANDED)).reasoning
    signed.shown |= {"knowledge_version": LANDED, "reasoning": then.to_json()}  # type: ignore[operator]
    page = replay_page(signed, signed.answers.all())
    assert (page.tone, page.said) == ("for", f"Replayed with knowledge {LANDED}: same result.")
    assert page.is_todays is (LANDED == KNOWLEDGE_VERSION)
    assert page.changes is not None


def test_a_result_that_is_not_the_signed_one_is_said_loudly(examination: Examination) -> None:
    signed = examination.ready().sign()
    signed.shown["reasoning"]["picture"] = "mixed"  # type: ignore[index]
    page = replay_page(signed, signed.answers.all())
    assert page.tone == "stop"
    assert [(item.where, item.then, item.now) for item in page.differences] == [("picture", "mixed", "clear")]


def test_an_assessment_signed_with_knowledge_that_is_not_kept_says_so(examination: Examination) -> None:
    signed = examination.ready().sign()
    signed.shown["knowledge_version"] = "2025.01.01-000000"  # type: ignore[index]
    page = replay_page(signed, signed.answers.all())
    assert (page.tone, page.changes) == ("caution", None)
    assert "was never released" in page.said


def test_two_readings_are_compared_in_words() -> None:
    then, now = reason(case()), reason(case(bladder_change="present", palp_ischial="present"))
    lines = {line.what: (line.then, line.now) for line in compared(then, now)}
    assert lines["Red flag: Possible cauda equina syndrome"] == ("not raised", "Emergency · stop the examination")
    assert lines["Order of the causes"] == ("shown", "hidden")
    assert lines["Proximal hamstring tendinopathy: speaks for"] == ("–", "Sitting bone tender")
    assert lines["Proximal hamstring tendinopathy: criteria"] == ("Cannot tell", "Partly met")


def test_a_clinic_is_replayed_without_a_word_about_a_patient(clinic: World) -> None:
    signed = [open_draft(clinic).ready().sign() for _ in range(2)]
    out = io.StringIO()
    call_command("replay_signed", clinic=[clinic.clinic.pk], stdout=out)  # other tests keep clinics beside it
    lines = out.getvalue().splitlines()
    assert {line.split()[0] for line in lines[:-1]} == {str(item.pk) for item in signed}
    assert all(line.split()[1:] == [KNOWLEDGE_VERSION, "same"] for line in lines[:-1])
    assert lines[-1] == "2 signed assessments replayed: 2 same"


def test_nothing_changed_means_nothing_to_release(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessments.management.commands.release_knowledge.is_kept", lambda _version: True)
    with pytest.raises(CommandError, match="is released already"):
        call_command("release_knowledge", "Anything", stdout=io.StringIO())


def test_a_release_keeps_every_file_and_lists_itself(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    command = "assessments.management.commands.release_knowledge"
    index = tmp_path / "releases.toml"
    index.write_text("# releases\n")
    monkeypatch.setattr(f"{command}.RELEASED_FOLDER", tmp_path)
    monkeypatch.setattr(f"{command}.RELEASES_FILE", index)
    monkeypatch.setattr(f"{command}.is_kept", lambda _version: False)
    call_command("release_knowledge", "Say where a  measurement usually lies.", stdout=io.StringIO())
    assert KnowledgeFiles(tmp_path / KNOWLEDGE_VERSION).version == KNOWLEDGE_VERSION
    assert f'[releases."{KNOWLEDGE_VERSION}"]' in index.read_text()
    assert 'says = "Say where a measurement usually lies."' in index.read_text()
    with pytest.raises(CommandError, match="one plain sentence"):
        call_command("release_knowledge", 'with "quotes"', stdout=io.StringIO())


def test_a_server_does_not_start_with_knowledge_that_is_not_kept(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assessments import apps

    settings.KNOWLEDGE_MUST_BE_RELEASED = True
    monkeypatch.setattr("assessments.reasoning.is_kept", lambda _version: False)
    with pytest.raises(ImproperlyConfigured, match="release_knowledge"):
        apps.check_knowledge_is_kept()
    settings.KNOWLEDGE_MUST_BE_RELEASED = False
    apps.check_knowledge_is_kept()

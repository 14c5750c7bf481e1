"""Episodes of care: opened, changed, closed with a reason, opened again."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from clinic.models import Episode, Membership
from clinic.tenancy import clinic_scope
from tests.clinic.conftest import SignIn
from tests.support.factories import World, make_clinic, make_episode, make_patient


def test_an_episode_is_opened_by_whoever_registers_it(clinic: World, sign_in: SignIn) -> None:
    patient = make_patient(clinic.clinic)
    client = sign_in(clinic.clinician)
    address = reverse("clinic:episode_new", args=[patient.pk])
    page = client.get(address).content.decode()
    assert f'value="{clinic.clinician.pk}" selected' in page
    answers = {"painful_side": "both", "began_on": "2026-09-20", "note": "It stabs", "clinician": clinic.clinician.pk}
    answer = client.post(address, answers)
    episode = Episode.objects.get()
    assert answer["Location"] == f"{reverse('clinic:patient', args=[patient.pk])}#episode-{episode.pk}"
    assert (episode.painful_side, episode.began_on, episode.clinician) == ("both", date(2026, 9, 20), clinic.clinician)


def test_the_side_is_asked_and_never_assumed(clinic: World, sign_in: SignIn) -> None:
    patient = make_patient(clinic.clinic)
    client = sign_in(clinic.clinician)
    address = reverse("clinic:episode_new", args=[patient.pk])
    assert "checked" not in client.get(address).content.decode()
    answer = client.post(address, {"note": "It stabs", "clinician": clinic.clinician.pk})
    assert answer.status_code == 422
    assert "It stabs" in answer.content.decode()
    assert not Episode.objects.exists()


def test_a_beginning_in_the_future_is_refused(clinic: World, sign_in: SignIn) -> None:
    patient = make_patient(clinic.clinic)
    tomorrow = timezone.localdate() + timedelta(days=2)
    answers = {"painful_side": "left", "began_on": tomorrow.isoformat(), "clinician": clinic.clinician.pk}
    answer = sign_in(clinic.clinician).post(reverse("clinic:episode_new", args=[patient.pk]), answers)
    assert "began_on" in answer.context["form"].errors


@pytest.mark.parametrize("who", ["reader", "stranger"])
def test_only_a_clinician_of_this_clinic_can_treat(clinic: World, sign_in: SignIn, who: str) -> None:
    patient = make_patient(clinic.clinic)
    other = clinic.reader.pk if who == "reader" else uuid4()
    answer = sign_in(clinic.clinician).post(
        reverse("clinic:episode_new", args=[patient.pk]), {"painful_side": "left", "clinician": other}
    )
    assert "clinician" in answer.context["form"].errors


def test_an_episode_keeps_a_clinician_who_has_left(clinic: World, sign_in: SignIn) -> None:
    episode = make_episode(clinic)
    Membership.objects.filter(user=clinic.clinician).update(ended_at=timezone.now())
    client = sign_in(clinic.administrator)
    address = reverse("clinic:episode_edit", args=[episode.pk])
    assert f'value="{clinic.clinician.pk}" selected' in client.get(address).content.decode()
    answers = {"painful_side": "left", "clinician": clinic.clinician.pk, "note": "", "began_on": ""}
    assert client.post(address, answers).status_code == 302
    episode.refresh_from_db()
    assert (episode.painful_side, episode.began_on, episode.clinician_id) == ("left", None, clinic.clinician.pk)


def test_closing_asks_for_the_reason_first_and_can_be_taken_back(clinic: World, sign_in: SignIn) -> None:
    episode = make_episode(clinic)
    client = sign_in(clinic.clinician)
    address = reverse("clinic:episode_close", args=[episode.pk])
    assert "Close this episode?" in client.get(address).content.decode()
    assert client.post(address, {"reason": " "}).status_code == 422
    client.post(address, {"reason": "back to full running"})
    episode.refresh_from_db()
    assert (episode.closed_on, episode.close_reason) == (timezone.localdate(), "back to full running")
    client.post(address, {"reason": "a second click"})
    episode.refresh_from_db()
    assert episode.close_reason == "back to full running"
    record = client.get(reverse("clinic:patient", args=[episode.patient_id])).content.decode()
    assert "back to full running" in record
    assert reverse("clinic:episode_edit", args=[episode.pk]) not in record
    client.post(reverse("clinic:episode_reopen", args=[episode.pk]))
    episode.refresh_from_db()
    assert (episode.closed_on, episode.close_reason) == (None, "")


ADDRESSES = ["episode_edit", "episode_close", "episode_reopen"]


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_reader_may_not_touch_an_episode(clinic: World, sign_in: SignIn, name: str) -> None:
    episode = make_episode(clinic)
    answer = sign_in(clinic.reader).post(reverse(f"clinic:{name}", args=[episode.pk]), {"reason": "x"})
    assert answer.status_code == 403


@pytest.mark.parametrize("name", ADDRESSES)
def test_another_clinics_episode_does_not_exist_here(db: None, sign_in: SignIn, name: str) -> None:
    here, there = make_clinic("Here"), make_clinic("There")
    with clinic_scope(there.clinic.pk, actor="system:tests"):
        theirs = make_episode(there)
    answer = sign_in(here.clinician).post(reverse(f"clinic:{name}", args=[theirs.pk]), {"reason": "x"})
    assert answer.status_code == 404

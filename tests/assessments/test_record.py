"""What the patient's record says about assessments."""

from django.urls import reverse

from assessments import actions
from assessments.models import CoSignature
from assessments.record import story
from clinic.permissions import Permission
from tests.assessments.conftest import Examination
from tests.support.factories import World, make_episode
from tests.support.queries import at_most


def everything(_permission: Permission) -> bool:
    return True


def nothing(_permission: Permission) -> bool:
    return False


def test_an_episode_nobody_examined_offers_to_start(clinic: World) -> None:
    episode = make_episode(clinic)
    told = story(clinic.clinic.pk, episode.patient_id, everything)
    (step,) = told.episodes[episode.pk].steps
    assert (step.text, step.post, step.main) == ("Start the assessment", True, True)
    assert step.url == reverse("assessments:start", args=[episode.pk])
    assert told.entries == ()
    assert story(clinic.clinic.pk, episode.patient_id, nothing).episodes[episode.pk].steps == ()


def test_a_draft_is_gone_on_with_and_a_signed_one_opened(examination: Examination) -> None:
    clinic_id, patient_id = examination.draft.clinic_id, examination.draft.episode.patient_id
    episode_id = examination.draft.episode_id
    news = story(clinic_id, patient_id, everything).episodes[episode_id]
    assert news.states == ("Draft, visit 1",)
    assert [step.text for step in news.steps] == ["Go on with the assessment"]
    examination.ready().sign()
    told = story(clinic_id, patient_id, everything)
    assert told.episodes[episode_id].states == ("Proximal hamstring tendinopathy, right, stage 1",)
    assert [step.text for step in told.episodes[episode_id].steps] == [
        "Open the signed assessment",
        "Start the follow-up",
    ]
    assert told.entries[0].title == "Assessment signed, visit 1"


def test_the_record_costs_one_query(examination: Examination) -> None:
    clinic_id, patient_id = examination.draft.clinic_id, examination.draft.episode.patient_id
    make_episode(examination.world, examination.draft.episode.patient)
    with at_most(1):
        assert len(story(clinic_id, patient_id, everything).episodes) == 2


def test_a_co_signature_is_told_with_who_and_in_which_words(examination: Examination) -> None:
    world, signed = examination.world, examination.ready().sign()
    request = actions.ask_cosignature(by=world.clinician, assessment=signed, of=world.administrator)
    clinic_id, patient_id = signed.clinic_id, signed.episode.patient_id
    titles = [entry.title for entry in story(clinic_id, patient_id, everything).entries]
    assert "Ada Lindqvist asked to co-sign, visit 1" in titles
    actions.decline_cosignature(by=world.administrator, asked=request, words="Slump was positive.")
    with at_most(1):
        (told,) = [entry for entry in story(clinic_id, patient_id, everything).entries if "did not" in entry.title]
    assert (told.title, told.detail, told.tone) == (
        "Ada Lindqvist did not co-sign, visit 1",
        "Slump was positive.",
        "caution",
    )
    assert told.at == CoSignature.objects.get().answered_at

"""What waits for a person's signature, and the pages on which a colleague is asked and answers."""

from django.test import Client
from django.urls import reverse

from assessments import actions
from assessments.models import Answer, Assessment, CoSignature
from assessments.waiting import waiting_for
from clinic.models import User
from tests.assessments.conftest import ON, Examination, SignIn, open_draft, screening
from tests.support.factories import make_episode, make_patient
from tests.support.queries import at_most

TO_SIGN = reverse("assessments:to_sign")


def asked(examination: Examination, of: User | None = None) -> CoSignature:
    return actions.ask_cosignature(
        by=examination.world.clinician,
        assessment=examination.draft,
        of=of or examination.world.administrator,
        question="Also stage 1?",
    )


def signed(examination: Examination) -> Examination:
    examination.draft = examination.ready().sign()
    return examination


def answer(client: Client, row: CoSignature, do: str, words: str = "") -> int:
    return client.post(reverse("assessments:cosignature", args=[row.pk]), {"do": do, "words": words}).status_code


def other_draft(examination: Examination, name: str, by: User | None = None) -> Assessment:
    world = examination.world
    episode = make_episode(world, make_patient(world.clinic, last_name=name))
    return actions.start_assessment(by=by or world.clinician, episode=episode, on=ON)


def test_my_drafts_say_what_is_missing_oldest_first(examination: Examination, sign_in: SignIn) -> None:
    older = other_draft(examination, "Older")
    Assessment.objects.filter(pk=older.pk).update(examined_on="2026-11-01")
    examination.answer(("hop_pain", "right", "present"))
    page = sign_in(examination.world.clinician).get(TO_SIGN).content.decode()
    assert page.index("Older") < page.index("Ferreira</a>")
    assert "Red flag open" in page
    assert "Screening questions are open" in page
    assert "1 answer recorded" in page


def test_a_draft_that_lacks_nothing_says_so(examination: Examination, sign_in: SignIn) -> None:
    examination.ready()
    assert "ready to be signed" in sign_in(examination.world.clinician).get(TO_SIGN).content.decode()


def test_answers_carried_over_are_named_as_missing_and_not_counted(examination: Examination, sign_in: SignIn) -> None:
    first = signed(examination).draft
    examination.draft = actions.start_assessment(by=first.clinician, episode=first.episode, on=ON)
    Answer.objects.create(
        clinic=first.clinic, assessment=examination.draft, key="slump", side="left", value="present",
        carried_from=first, by=first.clinician,
    )  # fmt: skip
    page = sign_in(examination.world.clinician).get(TO_SIGN).content.decode()
    assert "not confirmed (1)" in page
    assert "0 answers recorded" in page


def test_colleagues_drafts_are_shown_on_request(examination: Examination, sign_in: SignIn) -> None:
    other_draft(examination, "Colleagues", by=examination.world.administrator)
    client = sign_in(examination.world.clinician)
    assert "Colleagues" not in client.get(TO_SIGN).content.decode()
    page = client.get(TO_SIGN + "?whose=all").content.decode()
    assert "Colleagues" in page
    assert "Ada Lindqvist" in page


def test_nothing_to_sign_is_said_as_such(examination: Examination, sign_in: SignIn) -> None:
    page = sign_in(examination.world.administrator).get(TO_SIGN).content.decode()
    assert "Nothing left to sign" in page
    assert "Nobody is waiting for you." in page


def test_the_list_costs_the_same_for_many_drafts(examination: Examination, sign_in: SignIn) -> None:
    client = sign_in(examination.world.clinician)
    for number in range(4):
        other_draft(examination, f"Number {number}")
    client.get(TO_SIGN)
    with at_most(13):
        client.get(TO_SIGN)


def test_drafts_and_questions_are_counted_in_one_query(examination: Examination) -> None:
    world = examination.world
    asked(signed(examination))
    other_draft(examination, "Open")
    with at_most(1):
        mine = waiting_for(world.clinic, world.clinician)
    assert (mine.drafts, mine.cosignatures) == (1, 0)
    assert waiting_for(world.clinic, world.administrator).cosignatures == 1


def test_asking_leads_from_the_signed_page_to_the_colleagues_list(examination: Examination, sign_in: SignIn) -> None:
    world = signed(examination).world
    client = sign_in(world.clinician)
    ask = reverse("assessments:ask_cosignature", args=[examination.draft.pk])
    page = client.get(ask).content.decode()
    assert "Ada Lindqvist" in page
    assert f'value="{world.clinician.pk}"' not in page
    assert client.post(ask, {"colleague": ""}).status_code == 422
    assert client.post(ask, {"colleague": str(world.reader.pk)}).status_code == 422
    sent = {"colleague": str(world.administrator.pk), "question": "Also stage 1?"}
    assert client.post(ask, sent)["Location"] == reverse("assessments:signed", args=[examination.draft.pk])
    assert "asked already" in client.post(ask, sent).content.decode()
    colleague = sign_in(world.administrator)
    assert "Also stage 1?" in colleague.get(TO_SIGN).content.decode()
    page = colleague.get(reverse("assessments:signed", args=[examination.draft.pk])).content.decode()
    assert "Ines Halvard asks you to read and co-sign this assessment." in page
    assert "1 assessment waits for your co-signature." in colleague.get("/").content.decode()


def test_a_co_signature_says_again_what_is_signed_and_stands_on_the_page(
    examination: Examination, sign_in: SignIn
) -> None:
    row = asked(signed(examination))
    client = sign_in(examination.world.administrator)
    page = client.get(reverse("assessments:cosignature", args=[row.pk])).content.decode()
    for words in ("Proximal hamstring tendinopathy", "Right", "Signed by Ines Halvard", "Also stage 1?"):
        assert words in page, words
    assert answer(client, row, "sign", "Agreed.") == 302
    page = (
        sign_in(examination.world.reader).get(reverse("assessments:signed", args=[row.assessment_id])).content.decode()
    )
    assert "Co-signed" in page
    assert "Agreed." in page


def test_declining_without_words_comes_back_with_the_question(examination: Examination, sign_in: SignIn) -> None:
    row = asked(signed(examination))
    client = sign_in(examination.world.administrator)
    assert answer(client, row, "decline") == 422
    assert answer(client, row, "decline", "The slump was positive.") == 302
    page = sign_in(examination.world.clinician).get(TO_SIGN).content.decode()
    assert "The slump was positive." in page
    assert "Not co-signed" in page


def test_the_signer_cannot_co_sign_and_a_third_person_neither(examination: Examination, sign_in: SignIn) -> None:
    row = asked(signed(examination))
    assert answer(sign_in(examination.world.clinician), row, "sign") == 409
    assert answer(sign_in(examination.world.reader), row, "sign") == 403
    row.refresh_from_db()
    assert row.state == "asked"


def test_whoever_asked_withdraws(examination: Examination, sign_in: SignIn) -> None:
    row = asked(signed(examination))
    client = sign_in(examination.world.clinician)
    page = client.get(reverse("assessments:cosignature", args=[row.pk])).content.decode()
    assert "Withdraw the question" in page
    assert 'value="sign"' not in page
    assert answer(client, row, "withdraw") == 302
    assert "Nobody is waiting for you." in sign_in(examination.world.administrator).get(TO_SIGN).content.decode()


def test_discarding_asks_first_naming_what_goes(examination: Examination, sign_in: SignIn) -> None:
    examination.answer(*screening())
    count = Answer.objects.count()
    client = sign_in(examination.world.clinician)
    address = reverse("assessments:discard", args=[examination.draft.pk])
    assert f"{count} answers" in client.get(address).content.decode()
    assert client.post(address, {"answers": "3"}).status_code == 409
    assert client.post(address, {"answers": "none"}).status_code == 409
    done = client.post(address, {"answers": str(count)})
    assert done["Location"] == reverse("clinic:patient", args=[examination.draft.episode.patient_id])
    assert not Assessment.objects.exists()


def test_a_discarded_amendment_leads_back_to_the_version_that_holds(examination: Examination, sign_in: SignIn) -> None:
    original = signed(examination).draft
    copy = actions.amend(by=examination.world.clinician, assessment=original, reason="By mistake")
    sent = {"answers": str(Answer.objects.filter(assessment=copy).count())}
    done = sign_in(examination.world.clinician).post(reverse("assessments:discard", args=[copy.pk]), sent)
    assert done["Location"] == reverse("assessments:signed", args=[original.pk])


def test_the_list_names_no_archived_runner(examination: Examination, sign_in: SignIn) -> None:
    patient = open_draft(examination.world).draft.episode.patient
    patient.last_name, patient.archived_at = "Archived", "2026-01-01T00:00Z"
    patient.save()
    assert "Archived" not in sign_in(examination.world.clinician).get(TO_SIGN).content.decode()

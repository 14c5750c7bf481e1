"""Every address with every role, a stranger from another clinic and nobody at all. An address that is not listed fails."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, CoSignature
from clinic.models import Episode, Membership, Patient, User
from clinic.tenancy import clinic_scope
from config.urls import urlpatterns
from programs.demo.build import make_runner
from programs.demo.runners import RUNNERS
from programs.digest.links import stop_token
from programs.models import (
    CaseHandling,
    ClinicProtocol,
    Exercise,
    ExercisePicture,
    Handout,
    HandoutBatch,
    LinkMail,
    PatientLink,
    Program,
    ProgramLine,
    Reminder,
)
from programs.portal.links import token_of, unsubscribe_token_of
from tests.access.addresses import walk
from tests.support.factories import World, make_clinic
from tests.support.letters import drafted

PUBLIC = "public"  # needs no login: the login pages, the patients' link, the health check
ANYBODY = "anybody"  # everybody of the clinic
CLINICIANS = "clinicians"  # not readers
ADMINISTRATORS = "administrators"

ADDRESSES = {
    "programs:caseload": ANYBODY,
    "programs:caseload_news": ANYBODY,
    "programs:case_handle": CLINICIANS,
    "programs:case_back": CLINICIANS,
    "programs:digest": ANYBODY,
    "programs:digest_stop": PUBLIC,
    "programs:library": ANYBODY,
    "programs:exercise": ANYBODY,
    "programs:own_new": CLINICIANS,
    "programs:own_edit": CLINICIANS,
    "programs:own_news": CLINICIANS,
    "programs:own_retire": CLINICIANS,
    "programs:own_restore": CLINICIANS,
    "programs:picture_new": CLINICIANS,
    "programs:picture_remove": CLINICIANS,
    "programs:picture": ANYBODY,
    "programs:propose": CLINICIANS,
    "programs:builder": ANYBODY,
    "programs:builder_library": CLINICIANS,
    "programs:plan": CLINICIANS,
    "programs:line_add": CLINICIANS,
    "programs:undo": CLINICIANS,
    "programs:line_heard": CLINICIANS,
    "programs:line_usual": CLINICIANS,
    "programs:phase_add": CLINICIANS,
    "programs:phase": CLINICIANS,
    "programs:phase_move": CLINICIANS,
    "programs:phase_remove": CLINICIANS,
    "programs:line": CLINICIANS,
    "programs:line_reason": CLINICIANS,
    "programs:line_move": CLINICIANS,
    "programs:line_remove": CLINICIANS,
    "programs:issue": CLINICIANS,
    "programs:program": ANYBODY,
    "programs:proposal": CLINICIANS,
    "programs:check": CLINICIANS,
    "programs:symptom_handled": CLINICIANS,
    "programs:protocols": ANYBODY,
    "programs:protocol": ANYBODY,
    "programs:protocol_ours": ANYBODY,
    "programs:protocol_change": CLINICIANS,
    "programs:protocol_retire": CLINICIANS,
    "programs:protocol_restore": CLINICIANS,
    "programs:protocol_save": CLINICIANS,
    "programs:protocol_apply": CLINICIANS,
    "programs:versions": ANYBODY,
    "programs:progress": ANYBODY,
    "programs:paper_sheet": CLINICIANS,
    "programs:handover": CLINICIANS,
    "programs:link_renew": CLINICIANS,
    "programs:link_revoke": CLINICIANS,
    "programs:end": CLINICIANS,
    "programs:handout": ANYBODY,
    "programs:handout_pdf": ANYBODY,
    "programs:handout_retry": CLINICIANS,
    "programs:handout_order": CLINICIANS,
    "programs:batches": CLINICIANS,
    "programs:batch": CLINICIANS,
    "programs:batch_cancel": CLINICIANS,
    "programs:batch_retry": CLINICIANS,
    "programs:batch_file": CLINICIANS,
    "programs:letter_new": CLINICIANS,
    "programs:letter": ANYBODY,
    "programs:letter_save": CLINICIANS,
    "programs:letter_issue": CLINICIANS,
    "programs:letter_text": ANYBODY,
    "programs:letter_text_file": ANYBODY,
    "programs:letter_paper": ANYBODY,
    "programs:letter_pdf": ANYBODY,
    "programs:letter_retry": CLINICIANS,
    "programs:letter_again": CLINICIANS,
    "programs:letter_discard": CLINICIANS,
    "programs:today": PUBLIC,
    "programs:patient_morning": PUBLIC,
    "programs:patient_new": PUBLIC,
    "programs:patient_new_told": PUBLIC,
    "programs:patient_checks": PUBLIC,
    "programs:patient_check": PUBLIC,
    "programs:patient_runs": PUBLIC,
    "programs:patient_run": PUBLIC,
    "programs:patient_day_morning": PUBLIC,
    "programs:patient_day": PUBLIC,
    "programs:patient_whole_day": PUBLIC,
    "programs:patient_exercise": PUBLIC,
    "programs:patient_picture": PUBLIC,
    "programs:patient_worker": PUBLIC,
    "programs:patient_manifest": PUBLIC,
    "programs:patient_lost": PUBLIC,
    "programs:patient_door": PUBLIC,
    "programs:patient_progress": PUBLIC,
    "programs:patient_push": PUBLIC,
    "programs:patient_push_off": PUBLIC,
    "programs:patient_settings": PUBLIC,
    "programs:patient_calendar": PUBLIC,
    "programs:patient_data": PUBLIC,
    "programs:patient_stop": PUBLIC,
    "programs:unsubscribe": PUBLIC,
    "programs:calendar": PUBLIC,
    "programs:calendar_renew": CLINICIANS,
    "programs:calendar_revoke": CLINICIANS,
    "programs:reminders_start": CLINICIANS,
    "programs:link_mail": CLINICIANS,
    "programs:link_mail_send": CLINICIANS,
    "programs:link_mail_take_back": CLINICIANS,
    "programs:link_mail_resend": CLINICIANS,
    "programs:reminders_resend": CLINICIANS,
    "programs:figure_adjust": CLINICIANS,
    "programs:figure_preview": CLINICIANS,
    "programs:figure_reset": CLINICIANS,
    "programs:figure": PUBLIC,
    "programs:figure_motion": PUBLIC,
    "assessments:start": CLINICIANS,
    "assessments:intake": ANYBODY,
    "assessments:finding": CLINICIANS,
    "assessments:all_absent": CLINICIANS,
    "assessments:take_back": CLINICIANS,
    "assessments:carry": CLINICIANS,
    "assessments:confirm": CLINICIANS,
    "assessments:leave_out": CLINICIANS,
    "assessments:about_finding": ANYBODY,
    "assessments:mark_chart": CLINICIANS,
    "assessments:agree_chart": CLINICIANS,
    "assessments:panel": ANYBODY,
    "assessments:differential": ANYBODY,
    "assessments:referral": ANYBODY,
    "assessments:outcomes": CLINICIANS,
    "assessments:retest": ANYBODY,
    "assessments:red_flag": CLINICIANS,
    "assessments:conclusion": CLINICIANS,
    "assessments:sign": CLINICIANS,
    "assessments:amend": CLINICIANS,
    "assessments:signed": ANYBODY,
    "assessments:replay": ANYBODY,
    "assessments:discard": CLINICIANS,
    "assessments:to_sign": CLINICIANS,
    "assessments:ask_cosignature": CLINICIANS,
    "assessments:cosignature": CLINICIANS,
    "assessments:knowledge": ANYBODY,
    "clinic:patients": ANYBODY,
    "clinic:patient_new": CLINICIANS,
    "clinic:patient": ANYBODY,
    "clinic:patient_edit": CLINICIANS,
    "clinic:patient_archive": CLINICIANS,
    "clinic:patient_restore": CLINICIANS,
    "clinic:episode_new": CLINICIANS,
    "clinic:episode_edit": CLINICIANS,
    "clinic:episode_close": CLINICIANS,
    "clinic:episode_reopen": CLINICIANS,
    "clinic:search": ANYBODY,
    "clinic:team": ADMINISTRATORS,
    "clinic:invite": ADMINISTRATORS,
    "clinic:invite_again": ADMINISTRATORS,
    "clinic:member_role": ADMINISTRATORS,
    "clinic:member_end": ADMINISTRATORS,
    "clinic:settings": ADMINISTRATORS,
    "clinic:paper": ADMINISTRATORS,
    "clinic:switch": ANYBODY,
    "clinic:audit": ADMINISTRATORS,
    "clinic:health": PUBLIC,
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_signup": PUBLIC,
    "account_reauthenticate": ANYBODY,
    "account_email": ANYBODY,
    "account_email_verification_sent": PUBLIC,
    "account_change_password": ANYBODY,
    "account_set_password": ANYBODY,
    "account_reset_password": PUBLIC,
    "account_confirm_login_code": PUBLIC,
    "account_confirm_email": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_done": PUBLIC,
}
MAY = {
    ANYBODY: {"reader", "clinician", "administrator"},
    CLINICIANS: {"clinician", "administrator"},
    ADMINISTRATORS: {"administrator"},
}
SIGNED_RECORD = {
    "programs:propose",
    "programs:letter_new",
    "assessments:signed",
    "assessments:amend",
    "assessments:ask_cosignature",
}
PRIVATE = sorted(name for name, who in ADDRESSES.items() if who != PUBLIC)


@dataclass
class Place:
    """A clinic with one issued runner and one open assessment, and the values every address needs."""

    world: World
    values: dict[str, Any]
    signed: Any

    def url(self, name: str) -> str:
        pattern = next(address.pattern for address in walk(urlpatterns) if address.name == name)
        wanted = {key: value for key, value in self.values.items() if f":{key}>" in pattern or f"<{key}>" in pattern}
        if "assessment_id" in wanted and name in SIGNED_RECORD:
            wanted["assessment_id"] = self.signed
        if name == "programs:unsubscribe":
            wanted["token"] = self.values["unsubscribe"]
        if name == "programs:digest_stop":
            wanted["token"] = self.values["digest_stop"]
        return reverse(name, kwargs=wanted)

    def has_record(self, name: str) -> bool:
        pattern = next(address.pattern for address in walk(urlpatterns) if address.name == name)
        return "<uuid:" in pattern


def kept_protocol(world: World) -> ClinicProtocol:
    content = {"phases": [{"title": "", "criteria": [], "lines": []}]}
    return ClinicProtocol.objects.create(
        clinic=world.clinic, owner=world.clinician, name="Ours", is_shared=True, content=content
    )


@pytest.fixture
def place(db: None) -> Place:
    world = make_clinic()
    today: date = timezone.localdate()
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        by = Membership.objects.select_related("user", "clinic").get(user=world.clinician)
        for number, runner in enumerate(RUNNERS):
            if runner.first_name in ("Lea", "Nora"):
                make_runner(by, runner, number=number, today=today)
        program = Program.objects.get()
        line = ProgramLine.objects.filter(program=program).first()
        draft = Assessment.objects.get(state="draft")
        own = Exercise.objects.get(key="chair_bridge")
        own.adapts_id, own.content = own.pk, {}
        own.pk, own.clinic, own._state.adding = uuid4(), world.clinic, True
        own.save()
        pictured = ExercisePicture.objects.create(
            clinic=world.clinic, exercise=own, image=b"png", width=1, height=1, words="A bridge", by=world.clinician
        )
        link = PatientLink.objects.get()
        assert line is not None
        values = {
            "patient_id": Patient.objects.get(last_name="Brandt").pk,
            "episode_id": Episode.objects.get(patient__last_name="Lindqvist").pk,
            "assessment_id": draft.pk,
            "program_id": program.pk,
            "protocol_id": kept_protocol(world).pk,
            "diagnosis": "pht",
            "stage": 1,
            "line_id": line.pk,
            "handout_id": Handout.objects.get().pk,
            "version_id": Handout.objects.get().version_id,
            "batch_id": HandoutBatch.objects.create(clinic=world.clinic, by=world.clinician).pk,
            "letter_id": drafted(world, Assessment.objects.get(state="signed")).pk,
            "exercise_id": own.pk,
            "picture_id": pictured.pk,
            "reminder_id": Reminder.objects.create(clinic=world.clinic, program=program, local_day=today).pk,
            "mail_id": LinkMail.objects.create(clinic=world.clinic, program=program, kind="program").pk,
            "handling_id": CaseHandling.objects.create(
                clinic=world.clinic, program=program, attention=1, way="handled", by=world.clinician
            ).pk,
            "membership_id": Membership.objects.get(user=world.reader).pk,
            "token": token_of(link),
            "unsubscribe": unsubscribe_token_of(link),
            "digest_stop": stop_token(Membership.objects.get(user=world.reader)),
            "day": today.isoformat(),
            "line": line.pk,
            "occasion": 1,
            "run": uuid4(),
            "number": 1,
            "key": "nothing",
            "digest": "edition",
            "turned": "right",
            "part": "whole",
            "section": "palpation",
            "uidb36": "1",
        }
        signed = Assessment.objects.get(state="signed")
        values["cosignature_id"] = CoSignature.objects.create(
            clinic=world.clinic, assessment=signed, asked_by=world.clinician, asked_of=world.administrator
        ).pk
    return Place(world, values, signed.pk)


def person(place: Place, role: str) -> User:
    return {
        "administrator": place.world.administrator,
        "clinician": place.world.clinician,
        "reader": place.world.reader,
    }[role]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def answers(client: Client, url: str) -> dict[str, int]:
    """Statuses of GET and of an empty POST; what they changed is rolled back."""
    with transaction.atomic():
        found = {"GET": client.get(url).status_code, "POST": client.post(url).status_code}
        transaction.set_rollback(True)
    return found


def test_every_address_is_listed_here() -> None:
    assert {address.name for address in walk(urlpatterns)} == set(ADDRESSES)


def test_nobody_gets_in_without_a_login(place: Place, client: Client) -> None:
    for name in PRIVATE:
        for answer in (client.get(place.url(name)), client.post(place.url(name))):
            assert answer.status_code == 302, name
            assert answer["Location"].startswith("/account/login/"), name


def test_public_addresses_ask_for_no_login(place: Place, client: Client) -> None:
    for name in set(ADDRESSES) - set(PRIVATE):
        answer = client.get(place.url(name))
        assert not answer.get("Location", "").startswith("/account/login/?next"), name
        assert answer.status_code in (200, 302, 404, 405), name


def test_a_stranger_from_another_clinic_finds_nothing(place: Place) -> None:
    stranger = signed_in(make_clinic("Elsewhere").administrator)
    for name in filter(place.has_record, PRIVATE):
        statuses = answers(stranger, place.url(name))
        assert set(statuses.values()) <= {404, 405}, f"{name}: {statuses}"
        assert 404 in statuses.values(), f"{name}: {statuses}"


@pytest.mark.parametrize("role", ["reader", "clinician", "administrator"])
def test_each_role_may_do_what_it_is_for_and_nothing_else(place: Place, role: str) -> None:
    client = signed_in(person(place, role))
    wrong = []
    for name in PRIVATE:
        statuses = answers(client, place.url(name))
        seen = set(statuses.values())
        if role in MAY[ADDRESSES[name]]:
            fits = 403 not in seen and not any(status >= 500 for status in seen) and seen != {405}
        else:
            fits = 403 in seen and seen <= {403, 405}
        if not fits:
            wrong.append(f"{name}: {statuses}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ["reader", "clinician"])
def test_an_ended_membership_closes_every_door_at_once(place: Place, role: str) -> None:
    user = person(place, role)
    client = signed_in(user)
    assert client.get(place.url("clinic:patients")).status_code == 200
    with clinic_scope(place.world.clinic.pk, actor="system:tests"):
        Membership.objects.filter(user=user).update(ended_at=timezone.now())
    for name in PRIVATE:
        if not name.startswith("account_"):
            assert client.get(place.url(name)).status_code in (403, 405), name


def test_a_readers_post_changes_nothing(place: Place) -> None:
    client = signed_in(place.world.reader)
    with clinic_scope(place.world.clinic.pk, actor="system:tests"):
        before = _everything()
    for name in PRIVATE:
        if not name.startswith("account_") and name != "clinic:switch":
            client.post(place.url(name))
    with clinic_scope(place.world.clinic.pk, actor="system:tests"):
        assert _everything() == before


def _everything() -> list[list[dict[str, Any]]]:
    models = (Patient, Episode, Assessment, Program, ProgramLine, Membership, PatientLink)
    return [list(model.objects.order_by("pk").values()) for model in models]

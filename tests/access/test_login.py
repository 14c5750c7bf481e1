"""The door: login by default, tries limited, nobody learns who has an account, sessions end."""

import json
import time
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse

from clinic.models import Membership, User
from clinic.tenancy import clinic_scope
from tests.support.factories import PASSWORD, World, make_clinic, make_patient

pytestmark = pytest.mark.django_db

LOGIN = reverse("account_login")
PATIENTS = reverse("clinic:patients")
WRONG = "wrong-password-entirely-99"


@pytest.fixture
def world(db: None) -> World:
    """A clinic whose scope is closed, as in a real request."""
    return make_clinic()


def log_in(client: Client, user: User | str, password: str = PASSWORD, **more: str):
    email = user if isinstance(user, str) else user.email
    return client.post(LOGIN, {"login": email, "password": password, **more})


def is_in(client: Client) -> bool:
    return client.get(PATIENTS).status_code == 200


def words(page: str) -> str:
    """The page without what differs each time or repeats what was typed."""
    return "\n".join(line for line in page.splitlines() if "csrf" not in line and 'name="login"' not in line)


def test_a_right_password_opens_the_door_and_a_wrong_one_says_so(world: World, client: Client) -> None:
    refused = log_in(client, world.clinician, WRONG)
    assert "do not belong together" in refused.content.decode()
    assert not is_in(client)
    log_in(client, world.clinician, next=PATIENTS)
    assert is_in(client)


def test_capitals_in_the_address_do_not_matter(world: World, client: Client) -> None:
    log_in(client, world.clinician.email.upper(), next=PATIENTS)
    assert is_in(client)


def test_every_page_sends_a_visitor_to_the_login_and_back(world: World, client: Client) -> None:
    answer = client.get(PATIENTS)
    assert answer["Location"] == f"{LOGIN}?next={PATIENTS}"
    after = log_in(client, world.clinician, next=PATIENTS)
    assert after["Location"] == PATIENTS


def test_a_request_by_script_leaves_the_page_as_it_is_and_says_where_to_log_in(world: World, client: Client) -> None:
    on = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{PATIENTS}?page=2"}
    answer = client.get(PATIENTS, headers=on)
    assert answer.status_code == 401
    assert "HX-Redirect" not in answer
    event = json.loads(answer["HX-Trigger"])["signed-out"]
    assert event == {"text": answer.content.decode(), "login": f"{LOGIN}?next=%2Fpatients%2F%3Fpage%3D2"}
    assert "You were signed out to keep patients' data safe" in event["text"]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "http://testserver.evil.example/",
        " //evil.example",
    ],
)
def test_after_login_nobody_is_sent_to_another_site(
    world: World, client: Client, settings: Any, elsewhere: str
) -> None:
    settings.LOGIN_REDIRECT_URL = "clinic:patients"
    answer = log_in(client, world.clinician, next=elsewhere)
    assert answer["Location"] == PATIENTS


def test_the_session_gets_a_new_key_at_login(world: World, client: Client) -> None:
    client.get(LOGIN)
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    log_in(client, world.clinician, next=PATIENTS)
    assert client.session.session_key != session.session_key
    assert not Client(headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}"}).session.get(
        "_auth_user_id"
    )


def test_logging_out_ends_the_session_for_good_and_needs_a_click(world: World, client: Client) -> None:
    log_in(client, world.clinician, next=PATIENTS)
    key = client.session.session_key
    client.get(reverse("account_logout"))
    assert is_in(client)
    client.post(reverse("account_logout"))
    assert not is_in(client)
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not is_in(client)


# --- Tries are counted ------------------------------------------------------------------------------------------


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The time by which tries are counted; `clock.later(seconds)` moves it."""
    moved = SimpleNamespace(by=0.0)
    fake = SimpleNamespace(time=lambda: time.time() + moved.by, monotonic=time.monotonic, sleep=time.sleep)
    monkeypatch.setattr(ratelimit, "time", fake)
    return SimpleNamespace(later=lambda seconds: setattr(moved, "by", moved.by + seconds))


def test_after_five_wrong_passwords_even_the_right_one_waits_five_minutes(
    world: World, client: Client, clock: SimpleNamespace
) -> None:
    for _try in range(5):
        assert "do not belong together" in log_in(client, world.clinician, WRONG).content.decode()
    refused = log_in(client, world.clinician, WRONG).content.decode()
    assert "Too many wrong passwords. Wait five minutes" in refused
    clock.later(61)  # the minute of the address is over, the five minutes of the account are not
    assert "Too many wrong passwords" in log_in(client, world.clinician, next=PATIENTS).content.decode()
    assert not is_in(client)
    clock.later(300)
    log_in(client, world.clinician, next=PATIENTS)
    assert is_in(client)


def test_an_account_is_limited_wherever_the_tries_come_from(world: World) -> None:
    for number in range(5):
        log_in(Client(REMOTE_ADDR=f"198.51.100.{number}"), world.clinician, WRONG)
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert "Too many wrong passwords" in log_in(other, world.clinician).content.decode()
    log_in(other, world.reader, next=PATIENTS)
    assert is_in(other)


def test_one_address_cannot_try_many_accounts(world: World, client: Client) -> None:
    for number in range(10):
        log_in(client, f"somebody{number}@clinic.test", WRONG)
    assert "Too many wrong passwords" in log_in(client, world.clinician).content.decode()


def test_an_address_without_an_account_is_limited_in_the_same_words(world: World, client: Client) -> None:
    said = [log_in(client, "nobody@clinic.test", WRONG).content.decode() for _try in range(6)]
    assert "do not belong together" in said[4]
    assert "Too many wrong passwords" in said[5]


# --- Nobody learns who has an account ----------------------------------------------------------------------------


def test_a_wrong_password_and_an_unknown_address_read_the_same(world: World) -> None:
    known = log_in(Client(), world.clinician, WRONG).content.decode()
    unknown = log_in(Client(), "nobody@clinic.test", WRONG).content.decode()
    assert words(known) == words(unknown)


def test_an_unknown_address_costs_a_password_check_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *args, **kwargs: checked.append(1) or encode(*args, **kwargs)
    )
    log_in(Client(), "nobody@clinic.test", WRONG)
    assert checked


def test_asking_for_a_new_password_reads_the_same_with_and_without_an_account(world: World) -> None:
    address = reverse("account_reset_password")
    pages = []
    for email in (world.clinician.email, "nobody@clinic.test"):
        client = Client()
        answer = client.post(address, {"email": email})
        assert answer["Location"] == reverse("account_reset_password_done")
        pages.append(words(client.get(answer["Location"]).content.decode()))
    assert pages[0] == pages[1]
    assert [message.to for message in mail.outbox] == [[world.clinician.email], ["nobody@clinic.test"]]


def test_a_mail_server_that_is_down_is_said_the_same_way_to_both(world: World, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    pages = []
    for email in (world.clinician.email, "nobody@clinic.test"):
        answer = Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
        pages.append(words(answer.content.decode()))
    assert "could not be sent just now" in pages[0]
    assert pages[0] == pages[1]


# --- A new password through the mailbox ---------------------------------------------------------------------------


def link_in(message: mail.EmailMessage) -> str:
    return next(line for line in message.body.splitlines() if "/account/password/reset/key/" in line)


def test_a_forgotten_password_is_replaced_through_the_mailbox_and_the_link_works_once(
    world: World, client: Client
) -> None:
    for _try in range(6):
        log_in(client, world.clinician, WRONG)
    client.post(reverse("account_reset_password"), {"email": world.clinician.email})
    [message] = mail.outbox
    link = link_in(message)
    form = client.get(link, follow=True)
    assert form.status_code == 200
    new = "quite-another-long-password-5"
    short = client.post(form.redirect_chain[-1][0], {"password1": "short", "password2": "short"})
    assert "12" in short.content.decode()
    done = client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new}, follow=True)
    assert done.status_code == 200
    log_in(client, world.clinician, new, next=PATIENTS)
    assert is_in(client)
    again = Client().get(link, follow=True).content.decode()
    assert "This link no longer works" in again


def test_mails_about_accounts_speak_our_words_and_name_no_patient(world: World, client: Client) -> None:
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        make_patient(world.clinic, first_name="Unmistakable")
    for email in (world.clinician.email, "nobody@clinic.test"):
        client.post(reverse("account_reset_password"), {"email": email})
    for message in mail.outbox:
        assert "Strideback" in message.subject
        assert "testserver" not in message.subject
        assert "Unmistakable" not in message.body + message.subject
        assert "&#" not in message.body


def test_nobody_signs_up(db: None, client: Client) -> None:
    address = reverse("account_signup")
    assert "<form" not in client.get(address).content.decode().partition("<main")[2]
    new = {"email": "stranger@clinic.test", "password1": PASSWORD, "password2": PASSWORD}
    client.post(address, new)
    assert not User.objects.filter(email="stranger@clinic.test").exists()


# --- Sessions end ---------------------------------------------------------------------------------------------------


def edit_session(client: Client, **values: int) -> None:
    session = client.session
    session.update(values)
    session.save()


def test_a_session_ends_after_half_an_hour_without_a_request(world: World, client: Client) -> None:
    log_in(client, world.clinician, next=PATIENTS)
    assert is_in(client)
    edit_session(client, seen_at=int(time.time()) - (settings.SESSION_IDLE_MINUTES * 60 - 30))
    assert is_in(client)
    edit_session(client, seen_at=int(time.time()) - (settings.SESSION_IDLE_MINUTES * 60 + 1))
    assert not is_in(client)
    assert "You were signed out to keep patients" in client.get(LOGIN).content.decode()


def test_a_session_ends_after_a_working_day_even_when_used(world: World, client: Client) -> None:
    log_in(client, world.clinician, next=PATIENTS)
    assert is_in(client)
    now = int(time.time())
    edit_session(client, seen_at=now, started_at=now - settings.SESSION_LIMIT_HOURS * 3600 - 1)
    assert not is_in(client)


def test_logging_in_again_after_the_day_starts_a_new_one(world: World, client: Client) -> None:
    log_in(client, world.clinician, next=PATIENTS)
    is_in(client)
    edit_session(client, started_at=1)
    assert not is_in(client)
    log_in(client, world.clinician, next=PATIENTS)
    assert is_in(client)


# --- Places in clinics ----------------------------------------------------------------------------------------------


def test_an_account_without_a_clinic_is_told_so_and_can_log_out(world: World, client: Client) -> None:
    homeless = User.objects.create_user("homeless@clinic.test", PASSWORD, name="Nobody")
    log_in(client, homeless, next=PATIENTS)
    answer = client.get(PATIENTS)
    assert answer.status_code == 403
    assert "You have no place in a clinic" in answer.content.decode()
    assert reverse("account_logout") in answer.content.decode()


def test_ending_a_membership_takes_effect_with_the_next_request(world: World, client: Client) -> None:
    log_in(client, world.clinician, next=PATIENTS)
    assert is_in(client)
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        Membership.objects.filter(user=world.clinician).update(ended_at="2026-11-01T00:00Z")
    assert client.get(PATIENTS).status_code == 403


def test_a_request_without_a_csrf_token_is_refused_in_words(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.clinician)
    answer = client.post(reverse("clinic:patient_new"), {})
    assert answer.status_code == 403
    assert "open for too long" in answer.content.decode()


def test_the_client_address_is_not_taken_from_a_header_anyone_can_send(rf: RequestFactory) -> None:
    from clinic.accounts import ClosedSignup

    request = rf.get("/", headers={"X-Forwarded-For": "192.0.2.1"}, REMOTE_ADDR="198.51.100.7")
    assert ClosedSignup(request).get_client_ip(request) == "198.51.100.7"

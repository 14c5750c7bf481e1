"""Reminders on the runner's phone: to a real push service, opened with the phone's own keys; never beside an e-mail."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from clinic.models import Clinic, Patient
from clinic.tenancy import clinic_scope
from programs.models import PatientLink, Program, PushSubscription, Reminder
from programs.portal.links import token_of
from programs.push.endpoints import EndpointError, checked
from programs.reminders.presenters import ReminderList, reminder_list
from tests.reminders.conftest import EVENING, Post, Runner
from tests.reminders.phones import KEY, Phone, PushService, push_service


@pytest.fixture
def service(settings: Any) -> Iterator[PushService]:
    with push_service() as running:
        settings.VAPID_PRIVATE_KEY, settings.PUSH_HOSTS = KEY, [running.origin]
        yield running


def address(runner: Runner, off: str = "") -> str:
    return f"/my/{token_of(runner.link)}/push/{off}"


@pytest.fixture
def phone(service: PushService, runner: Runner, client: Client) -> Phone:
    """The runner's phone takes reminders."""
    phone = Phone(service.origin)
    answer = client.post(address(runner), phone.form, follow=True)
    assert "Reminders come on this phone now" in answer.text
    return phone


def phones(runner: Runner) -> list[PushSubscription]:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        return list(PushSubscription.objects.order_by("created_at"))


def told(runner: Runner) -> ReminderList:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        program = Program.objects.select_related("standing", "episode__patient").get()
        return reminder_list(program, Clinic.objects.get())


def again(runner: Runner) -> Reminder:
    """Another try, once the time between two tries is over."""
    runner.set(Reminder, not_before=None)
    return runner.send()


def test_a_reminder_comes_on_the_phone_and_not_by_mail(
    runner: Runner, phone: Phone, service: PushService, post: Post
) -> None:
    runner.plan()
    job = runner.send()
    assert (job.state, job.channel, job.message_id) == ("done", "push", "")
    (one,) = service.received
    assert phone.opened(one.body)["body"] == "Still open today"
    assert one.path == phone.endpoint.removeprefix(service.origin)
    assert post.mails == []


def test_what_the_phone_shows_says_nothing_about_the_runner(runner: Runner, phone: Phone, service: PushService) -> None:
    runner.set(Patient, language="de")
    runner.plan()
    runner.send()
    shown = phone.opened(service.received[0].body)
    assert shown["title"] == "Strideback"
    assert shown["lang"] == "de"
    assert "/my/" not in str(shown)
    assert token_of(runner.link) not in str(shown) + str(service.received[0].headers)


def test_it_is_signed_and_not_shown_any_more_in_quiet_hours(runner: Runner, phone: Phone, service: PushService) -> None:
    runner.plan()
    runner.send()
    (one,) = service.received
    assert one.is_signed()
    assert one.headers["content-encoding"] == "aes128gcm"
    assert int(one.headers["ttl"]) == timedelta(hours=2, minutes=30).total_seconds()
    assert one.headers["topic"] == "evening-20261123"


@pytest.mark.parametrize("gone", [404, 410])
def test_a_phone_that_is_gone_ends_its_subscription_and_the_reminder_goes_by_mail(
    runner: Runner, phone: Phone, service: PushService, post: Post, gone: int
) -> None:
    service.answers = [gone]
    runner.plan()
    assert runner.send().state == "queued"
    (ended,) = phones(runner)
    assert ended.ended_at
    assert ended.endpoint == ended.auth == ""
    assert (again(runner).channel, len(post.mails), len(service.received)) == ("email", 1, 1)


@pytest.mark.parametrize("later", [429, 500, 503])
def test_a_service_that_asks_to_wait_is_asked_again(
    runner: Runner, phone: Phone, service: PushService, post: Post, later: int
) -> None:
    service.answers = [later, 201]
    runner.plan()
    waiting = runner.send()
    assert (waiting.state, waiting.sending_at) == ("queued", None)
    assert (again(runner).state, len(service.received), post.mails) == ("done", 2, [])
    assert phones(runner)[0].ended_at is None


def test_a_service_that_stays_away_leaves_it_to_the_mail(
    runner: Runner, phone: Phone, service: PushService, post: Post
) -> None:
    service.answers = [503]
    runner.plan()
    runner.send()
    again(runner)
    job = again(runner)
    assert (job.state, job.channel, len(post.mails)) == ("done", "email", 1)


def test_a_service_that_refuses_us_leaves_it_to_the_mail(
    runner: Runner, phone: Phone, service: PushService, post: Post
) -> None:
    service.answers = [403]
    runner.plan()
    runner.send()
    assert (again(runner).channel, len(post.mails)) == ("email", 1)
    assert phones(runner)[0].ended_at is None


def test_a_broken_line_is_uncertain_and_sent_neither_again_nor_by_mail(
    runner: Runner, phone: Phone, service: PushService, post: Post
) -> None:
    service.hangs_up = True
    runner.plan()
    job = runner.send()
    assert job.state == "failed"
    assert job.sending_at
    assert "It may have arrived; it is not sent twice." in job.error
    again(runner)
    assert (len(service.received), post.mails) == (1, [])


def test_a_redirect_is_not_followed(runner: Runner, phone: Phone, service: PushService) -> None:
    service.answers = [307]
    runner.plan()
    runner.send()
    assert len(service.received) == 1


def test_a_runner_without_address_is_reminded_on_the_phone(runner: Runner, phone: Phone, service: PushService) -> None:
    runner.set(Patient, email="")
    assert runner.plan() == 1
    assert runner.send().channel == "push"
    assert told(runner).words.startswith("On: one line on the phone after 18:00")


def test_a_refused_address_does_not_stop_the_phone(runner: Runner, phone: Phone, service: PushService) -> None:
    runner.set(Patient, email_refused="The mail server refuses this address (code 550).")
    assert runner.plan() == 1
    assert runner.send().state == "done"
    assert not told(runner).is_refused


def test_every_phone_of_the_runner_shows_it_and_one_is_enough(
    runner: Runner, phone: Phone, service: PushService, client: Client
) -> None:
    client.post(address(runner), Phone(service.origin).form)
    service.answers = [410, 201]
    runner.plan()
    assert (runner.send().state, len(service.received)) == ("done", 2)
    assert [bool(one.ended_at) for one in phones(runner)].count(True) == 1


def test_opting_out_stops_the_phone_too(runner: Runner, phone: Phone, service: PushService, client: Client) -> None:
    runner.plan()
    client.post(runner.unsubscribe_path())
    assert (runner.send().state, service.received) == ("cancelled", [])


def test_the_runner_switches_this_phone_off(runner: Runner, phone: Phone, service: PushService, client: Client) -> None:
    other = Phone(service.origin)
    client.post(address(runner), other.form)
    client.post(address(runner, "off/"), {"endpoint": phone.endpoint})
    assert [one.endpoint for one in phones(runner) if not one.ended_at] == [other.endpoint]
    client.post(address(runner, "off/"))
    assert all(one.ended_at for one in phones(runner))


def test_subscribing_twice_and_again_after_switching_off_is_one_phone(
    runner: Runner, phone: Phone, client: Client
) -> None:
    client.post(address(runner), phone.form)
    client.post(address(runner, "off/"))
    client.post(address(runner), phone.form)
    (one,) = phones(runner)
    assert (one.ended_at, one.endpoint) == (None, phone.endpoint)


def test_a_sixth_phone_takes_the_place_of_the_oldest(
    runner: Runner, phone: Phone, service: PushService, client: Client
) -> None:
    runner.set(PushSubscription, created_at=EVENING - timedelta(days=1))
    for _number in range(5):
        client.post(address(runner), Phone(service.origin).form)
    assert [bool(one.ended_at) for one in phones(runner)] == [True] + [False] * 5


def test_a_link_that_was_renewed_takes_its_phones_along(runner: Runner, phone: Phone, post: Post) -> None:
    runner.set(PatientLink, revoked_at=EVENING)
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        from programs.portal.links import new_link

        new_link(program_id=runner.version.program_id, clinic_id=runner.world.clinic.pk)
    runner.plan()
    assert (runner.send().channel, len(post.mails)) == ("email", 1)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilpush.apple.com.example/x",
        "https://notfcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://localhost/x",
        "https://169.254.169.254/latest/meta-data",
        "https://fcm.googleapis.com:8443/x",
        "https://user@fcm.googleapis.com/x",
        "https://fcm.googleapis.com@127.0.0.1/x",
        "https://fcm.googleapis.com:bad/x",
        "file:///etc/passwd",
        "https://fcm.googleapis.com/x\r\nHost: evil",
        "https://push.apple.com/" + "x" * 1000,
        "",
    ],
    ids=range(16),
)
def test_only_known_push_services_are_called(
    endpoint: str, runner: Runner, service: PushService, client: Client
) -> None:
    form = Phone(service.origin).form | {"endpoint": endpoint}
    answer = client.post(address(runner), form, follow=True)
    assert "cannot be reached for reminders" in answer.text
    assert phones(runner) == []
    with pytest.raises(EndpointError):
        checked(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/abc",
        "https://wns2-by3p.notify.windows.com:443/w/?token=abc",
    ],
)
def test_the_services_of_the_browsers_are_known(endpoint: str) -> None:
    assert checked(endpoint).hostname


def test_an_address_that_is_no_longer_allowed_is_not_called(
    runner: Runner, phone: Phone, service: PushService, post: Post, settings: Any
) -> None:
    settings.PUSH_HOSTS = []
    runner.plan()
    runner.send()
    again(runner)
    assert (again(runner).channel, len(post.mails), service.received) == ("email", 1, [])


@pytest.mark.parametrize("broken", [{"p256dh": "AAAA"}, {"auth": "?"}, {"auth": ""}], ids=["short", "letters", "none"])
def test_keys_that_are_no_keys_are_not_taken(
    broken: dict[str, str], runner: Runner, service: PushService, client: Client
) -> None:
    client.post(address(runner), Phone(service.origin).form | broken)
    assert phones(runner) == []


def test_without_a_key_of_ours_nothing_is_offered(runner: Runner, client: Client, settings: Any) -> None:
    settings.VAPID_PRIVATE_KEY, settings.PUSH_HOSTS = "", ["http://127.0.0.1:1"]
    page = client.get(f"/my/{token_of(runner.link)}/more/")
    assert 'id="push"' not in page.text
    client.post(address(runner), Phone("http://127.0.0.1:1").form)
    assert phones(runner) == []


def test_the_settings_page_offers_it_with_our_public_key(runner: Runner, service: PushService, client: Client) -> None:
    page = client.get(f"/my/{token_of(runner.link)}/more/").text
    assert 'data-push-key="B' in page
    assert "To switch them on, this page needs JavaScript." in page


def test_staff_see_by_which_way_it_went(runner: Runner, phone: Phone, service: PushService) -> None:
    runner.plan()
    runner.send()
    (one,) = told(runner).reminders
    assert (one.kind, one.channel, one.words) == ("Something is still open", "on the phone", "Sent")

"""The team: invited by mail, given roles, leaving; nobody learns who had an account elsewhere."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic import team
from clinic.models import AuditEntry, Clinic, Membership, Role, User
from clinic.tenancy import clinic_scope
from tests.clinic.conftest import SignIn, counted
from tests.support.factories import PASSWORD, World, make_clinic, make_user

TEAM, INVITE = reverse("clinic:team"), reverse("clinic:invite")
NORA = {"name": "Nora Eliassen", "email": "nora@colleague.test", "role": "clinician"}
Committed = Callable[..., Any]


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Committed:
    """Runs what waits for the commit, as the end of a real request does."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the commit came before the response is finished, which it does outside a test's own transaction."""
    monkeypatch.setattr(team.transaction, "on_commit", lambda act: act())


@pytest.fixture
def no_mail(settings: Any) -> None:
    """A mail server that does not answer."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


def place_of(clinic: World, user: User) -> Membership:
    return Membership.objects.select_related("user", "clinic").get(clinic=clinic.clinic, user=user)


def link_in(message: mail.EmailMessage) -> str:
    return next(line for line in message.body.splitlines() if "/account/" in line)


def test_a_new_colleague_comes_in_through_the_mail(clinic: World, sign_in: SignIn, at_once: None) -> None:
    client = sign_in(clinic.administrator)
    assert client.post(INVITE, NORA)["Location"] == TEAM
    [message] = mail.outbox
    assert message.to == ["nora@colleague.test"]
    assert clinic.clinic.name in message.body
    assert "Ada Lindqvist" in message.body
    assert "&#" not in message.body
    page = client.get(TEAM).content.decode()
    assert "invited, has not come in yet" in page
    assert "on its way to nora@colleague.test" in page
    newcomer = Client()
    form = newcomer.get(link_in(message), follow=True)
    newcomer.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    newcomer.post(reverse("account_login"), {"login": NORA["email"], "password": PASSWORD, "next": TEAM})
    assert newcomer.get(reverse("clinic:patients")).status_code == 200
    assert newcomer.get(TEAM).status_code == 403
    assert "has not come in yet" not in client.get(TEAM).content.decode()


def test_the_mail_leaves_only_after_the_commit(clinic: World, sign_in: SignIn) -> None:
    sign_in(clinic.administrator).post(INVITE, NORA)  # the test's own transaction never commits
    assert mail.outbox == []


def test_an_invitation_says_the_same_whether_or_not_the_address_had_an_account(
    db: None, sign_in: SignIn, committed: Committed
) -> None:
    here, there = make_clinic("Here"), make_clinic("There")
    known = make_user("Secret Othername", there.clinic, Role.CLINICIAN)
    pages = []
    for email in (known.email, "new@colleague.test"):
        with clinic_scope(here.clinic.pk, actor="system:tests"):
            client = sign_in(here.administrator)
            with committed():
                client.post(INVITE, NORA | {"email": email})
            page = client.get(TEAM).content.decode()
            assert "Othername" not in page
            place = Membership.objects.get(clinic=here.clinic, user__email=email)
            page = page.replace(email, "(address)").replace(str(place.pk), "(id)")
            pages.append("\n".join(line for line in page.splitlines() if "csrf" not in line.lower()))
            place.delete()
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 2
    assert "/account/login/" in mail.outbox[0].body
    assert "/account/password/reset/" not in mail.outbox[0].body


def test_the_colleagues_own_name_appears_once_they_have_come_in(
    db: None, sign_in: SignIn, committed: Committed
) -> None:
    here, there = make_clinic("Here"), make_clinic("There")
    known = make_user("Ruth Othername", there.clinic, Role.CLINICIAN)
    with clinic_scope(here.clinic.pk, actor="system:tests"):
        sign_in(here.administrator).post(INVITE, NORA | {"email": known.email})
    theirs = sign_in(known)
    assert "Work in Here" in theirs.get(reverse("clinic:patients")).content.decode()
    with clinic_scope(here.clinic.pk, actor="system:tests"):
        assert place_of(here, known).shown_name == "Nora Eliassen"
    theirs.post(reverse("clinic:switch"), {"clinic": here.clinic.pk})
    theirs.get(reverse("clinic:patients"))
    with clinic_scope(here.clinic.pk, actor="system:tests"):
        assert place_of(here, known).shown_name == "Ruth Othername"


def test_when_the_mail_server_refuses_nobody_is_invited_and_it_is_said(
    clinic: World, sign_in: SignIn, at_once: None, no_mail: None
) -> None:
    client = sign_in(clinic.administrator)
    client.post(INVITE, NORA)
    assert Membership.objects.filter(clinic=clinic.clinic).count() == 3
    page = client.get(TEAM).content.decode()
    assert "did not accept the message to nora@colleague.test. Nobody was invited" in page


def test_a_former_colleague_stays_former_when_the_mail_cannot_go(
    clinic: World, sign_in: SignIn, committed: Committed, no_mail: None
) -> None:
    left = timezone.now()
    Membership.objects.filter(user=clinic.reader).update(ended_at=left)
    with committed():
        sign_in(clinic.administrator).post(INVITE, NORA | {"email": clinic.reader.email})
    assert place_of(clinic, clinic.reader).ended_at == left


def test_inviting_a_former_colleague_brings_them_back(clinic: World, sign_in: SignIn, committed: Committed) -> None:
    Membership.objects.filter(user=clinic.reader).update(ended_at=timezone.now())
    with committed():
        sign_in(clinic.administrator).post(INVITE, NORA | {"email": clinic.reader.email.upper()})
    place = place_of(clinic, clinic.reader)
    assert (place.ended_at, place.role) == (None, "clinician")


def test_inviting_someone_twice_says_that_they_are_in_the_team(clinic: World, sign_in: SignIn) -> None:
    answer = sign_in(clinic.administrator).post(INVITE, NORA | {"email": clinic.reader.email})
    assert answer.status_code == 422
    assert "in your team already" in answer.content.decode()
    assert "Nora Eliassen" in answer.content.decode()


def test_an_invitation_can_be_sent_again_until_the_person_comes_in(
    clinic: World, sign_in: SignIn, committed: Committed
) -> None:
    client = sign_in(clinic.administrator)
    client.post(INVITE, NORA)
    place = Membership.objects.get(invited_as="Nora Eliassen")
    again = reverse("clinic:invite_again", args=[place.pk])
    with committed():
        client.post(again)
    assert [message.to for message in mail.outbox] == [["nora@colleague.test"]]
    team.join(place=place)
    with committed():
        client.post(again)
    assert len(mail.outbox) == 1


def test_an_address_that_breaks_out_of_the_header_is_refused(clinic: World, sign_in: SignIn) -> None:
    answer = sign_in(clinic.administrator).post(INVITE, NORA | {"email": "a@b.test\nBcc: c@d.test"})
    assert answer.status_code == 422


def test_a_role_is_changed_and_audited(clinic: World, sign_in: SignIn) -> None:
    place = place_of(clinic, clinic.reader)
    sign_in(clinic.administrator).post(reverse("clinic:member_role", args=[place.pk]), {"role": "clinician"})
    assert place_of(clinic, clinic.reader).role == "clinician"
    entry = AuditEntry.objects.get(row_id=place.pk, operation="update")
    assert (entry.before, entry.after) == ({"role": "reader"}, {"role": "clinician"})


@pytest.mark.parametrize("role", ["", "owner", "superuser"])
def test_an_unknown_role_changes_nothing(clinic: World, sign_in: SignIn, role: str) -> None:
    place = place_of(clinic, clinic.reader)
    sign_in(clinic.administrator).post(reverse("clinic:member_role", args=[place.pk]), {"role": role})
    assert place_of(clinic, clinic.reader).role == "reader"


@pytest.mark.parametrize("way", ["member_end", "member_role"])
def test_the_last_administrator_stays(clinic: World, sign_in: SignIn, way: str) -> None:
    place = place_of(clinic, clinic.administrator)
    client = sign_in(clinic.administrator)
    client.post(reverse(f"clinic:{way}", args=[place.pk]), {"role": "reader"})
    assert (place_of(clinic, clinic.administrator).role, place_of(clinic, clinic.administrator).ended_at) == (
        "administrator",
        None,
    )
    assert "The clinic needs an administrator" in client.get(TEAM).content.decode()


def test_an_administrator_who_was_only_invited_does_not_count(clinic: World, sign_in: SignIn) -> None:
    client = sign_in(clinic.administrator)
    client.post(INVITE, NORA | {"role": "administrator"})
    client.post(reverse("clinic:member_end", args=[place_of(clinic, clinic.administrator).pk]))
    assert place_of(clinic, clinic.administrator).ended_at is None


def test_with_a_second_administrator_the_first_may_leave(clinic: World, sign_in: SignIn) -> None:
    make_user("Bea Second", clinic.clinic, Role.ADMINISTRATOR)
    client = sign_in(clinic.administrator)
    address = reverse("clinic:member_end", args=[place_of(clinic, clinic.administrator).pk])
    assert "leave the team?" in client.get(address).content.decode()
    client.post(address)
    assert place_of(clinic, clinic.administrator).ended_at is not None
    assert client.get(TEAM).status_code == 403


def test_the_count_of_administrators_is_made_under_a_lock_on_the_clinic(clinic: World) -> None:
    by = place_of(clinic, clinic.administrator)
    with counted() as statements, pytest.raises(ValidationError):
        team.end_membership(by=by, place=by, at=timezone.now())
    locked = next(
        number for number, sql in enumerate(statements) if "FOR UPDATE" in sql and Clinic._meta.db_table in sql
    )
    asked = next(number for number, sql in enumerate(statements) if Membership._meta.db_table in sql)
    assert locked < asked


ADDRESSES = ["invite_again", "member_role", "member_end"]


@pytest.mark.parametrize("who", ["clinician", "reader"])
def test_only_an_administrator_manages_the_team(clinic: World, sign_in: SignIn, who: str) -> None:
    client = sign_in(getattr(clinic, who))
    place = place_of(clinic, clinic.reader)
    for address in (TEAM, INVITE, reverse("clinic:settings"), reverse("clinic:audit")):
        assert client.get(address).status_code == 403
    for name in ADDRESSES:
        answer = client.post(reverse(f"clinic:{name}", args=[place.pk]), {"role": "administrator"})
        assert answer.status_code == 403
        assert "Only an administrator" in answer.content.decode()
    assert place_of(clinic, clinic.reader).role == "reader"


@pytest.mark.parametrize("name", ADDRESSES)
def test_another_clinics_team_does_not_exist_here(db: None, sign_in: SignIn, name: str) -> None:
    here, there = make_clinic("Here"), make_clinic("There")
    with clinic_scope(there.clinic.pk, actor="system:tests"):
        theirs = Membership.objects.get(user=there.reader)
    answer = sign_in(here.administrator).post(reverse(f"clinic:{name}", args=[theirs.pk]), {"role": "clinician"})
    assert answer.status_code == 404


@pytest.mark.parametrize("members", [0, 12])
def test_the_team_costs_the_same_however_large(clinic: World, sign_in: SignIn, members: int) -> None:
    for number in range(members):
        make_user(f"Colleague {number}", clinic.clinic, Role.READER)
    client = sign_in(clinic.administrator)
    client.get(TEAM)
    with counted() as statements:
        client.get(TEAM)
    assert len(statements) <= 9

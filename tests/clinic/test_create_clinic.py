"""How a server gets its first clinic."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from clinic.models import Membership, User
from clinic.tenancy import lookup_scope

pytestmark = pytest.mark.django_db


def create(**changes: str) -> str:
    said = StringIO()
    options = {
        "name": "Quay Physio",
        "administrator": "Bea Holm",
        "email": "bea@quay.test",
        "time_zone": "Europe/Lisbon",
    }
    call_command("create_clinic", stdout=said, **(options | changes))
    return said.getvalue()


def test_the_first_administrator_chooses_a_password_through_the_printed_link(client: Client) -> None:
    found = re.search(r"https?://[^/]+(/\S+)", create())
    assert found
    assert client.get(found.group(1), follow=True).status_code == 200
    user = User.objects.get(email="bea@quay.test")
    assert not user.has_usable_password()
    with lookup_scope(f"user:{user.pk}"):
        place = Membership.objects.select_related("clinic").get()
    assert (place.role, place.clinic.name, place.clinic.time_zone) == ("administrator", "Quay Physio", "Europe/Lisbon")


@pytest.mark.parametrize("wrong", [{"email": "bea"}, {"time_zone": "Mars/Base"}])
def test_a_slip_creates_nothing_and_says_what_to_check(wrong: dict[str, str]) -> None:
    with pytest.raises(CommandError, match="Check --email and --time-zone"):
        create(**wrong)
    assert not User.objects.filter(name="Bea Holm").exists()

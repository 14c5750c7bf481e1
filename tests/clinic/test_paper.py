"""The clinic's logo and colour: who changes them, what is refused, what is kept."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from clinic.models import AuditEntry, Clinic, ClinicLogo
from tests.clinic.conftest import SignIn
from tests.support.factories import World

PAPER = reverse("clinic:paper")


def png(width: int = 64, height: int = 48) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return SimpleUploadedFile("logo.png", out.getvalue(), content_type="image/png")


@pytest.fixture
def admin(clinic: World, sign_in: SignIn) -> Client:
    return sign_in(clinic.administrator)


def test_an_administrator_gives_logo_and_colour_and_sees_them(clinic: World, admin: Client) -> None:
    assert admin.post(PAPER, {"colour": "0B5A6B", "logo": png()})["Location"] == PAPER
    page = admin.get(PAPER).content.decode()
    assert 'value="#0b5a6b"' in page
    assert "data:image/png;base64," in page
    kept = ClinicLogo.objects.get(clinic=clinic.clinic)
    assert (kept.width, kept.height) == (64, 48)
    assert not AuditEntry.objects.filter(table_name="clinic_cliniclogo", after__has_key="image").exists()


def test_a_new_logo_replaces_the_one_before_and_none_takes_it_away(clinic: World, admin: Client) -> None:
    for width in (64, 100):
        admin.post(PAPER, {"colour": "", "logo": png(width)})
    assert ClinicLogo.objects.get(clinic=clinic.clinic).width == 100
    admin.post(PAPER, {"colour": ""})
    assert ClinicLogo.objects.filter(clinic=clinic.clinic).exists()
    admin.post(PAPER, {"colour": "", "is_bare": "on"})
    assert not ClinicLogo.objects.filter(clinic=clinic.clinic).exists()


def test_a_colour_too_light_for_words_is_darkened_and_the_page_says_so(clinic: World, admin: Client) -> None:
    page = admin.post(PAPER, {"colour": "#ffff66"}, follow=True).content.decode()
    kept = Clinic.objects.get(pk=clinic.clinic.pk).colour
    assert kept != "#ffff66"
    assert f"A darker one of its kind is kept: {kept}" in page


@pytest.mark.parametrize("colour", ["teal", "#12345", "#0b5a6b;x", "url(x)"])
def test_what_is_no_colour_is_refused(clinic: World, admin: Client, colour: str) -> None:
    answer = admin.post(PAPER, {"colour": colour})
    assert answer.status_code == 422
    assert "six digits" in answer.content.decode()
    assert Clinic.objects.get(pk=clinic.clinic.pk).colour == ""


def test_a_logo_that_is_no_plain_picture_is_refused_in_words(clinic: World, admin: Client) -> None:
    svg = SimpleUploadedFile("logo.png", b"<svg><script>alert(1)</script></svg>", content_type="image/png")
    answer = admin.post(PAPER, {"colour": "", "logo": svg})
    assert answer.status_code == 422
    assert "cannot be read as a picture" in answer.content.decode()
    assert not ClinicLogo.objects.filter(clinic=clinic.clinic).exists()


def test_others_of_the_clinic_do_not_change_its_paper(clinic: World, sign_in: SignIn) -> None:
    assert sign_in(clinic.clinician).post(PAPER, {"colour": "#000000"}).status_code == 403
    assert sign_in(clinic.reader).get(PAPER).status_code == 403

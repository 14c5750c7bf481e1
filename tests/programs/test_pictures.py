"""Clinics' own pictures of an exercise: what is taken, what is refused in words, who may see them and for how long."""

import struct
import zlib
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image

from clinic.models import User
from clinic.uploads import TAKEN, UpToALimit
from programs import queries
from programs.actions import add_line, issue_program
from programs.models import Exercise, ExercisePicture, PatientLink, Program
from programs.portal.links import token_of
from programs.progression.dose import Dose
from tests.support.factories import World
from tests.support.programs import content_line, make_issued

TODAY = date(2026, 11, 22)
Known = Callable[[str], Exercise]


def photo(kind: str = "JPEG", size: tuple[int, int] = (2000, 1500), **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (120, 160, 150)).save(out, kind, **options)
    return out.getvalue()


def upload(
    browser: Client, exercise: Exercise, data: bytes, words: str = "Hips lifted, heels on a towel"
) -> HttpResponse:
    file = SimpleUploadedFile("IMG_0417 (Ana).jpg", data, content_type="image/jpeg")
    return browser.post(f"/exercises/{exercise.pk}/picture/", {"picture": file, "words": words})  # type: ignore[return-value]


def located() -> bytes:
    """A photograph that tells where it was taken, lying on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Secret camera"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 26.0)
    return photo(exif=exif.tobytes())


def bomb() -> bytes:
    """A few kilobytes that say they are 20 gigabytes of pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 80_000, 80_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(10**6)))
        + chunk(b"IEND", b"")
    )


def test_a_picture_is_redrawn_shown_and_says_what_it_shows(browser: Client, clinic: World, exercise: Known) -> None:
    answer = upload(browser, exercise("clam"), located())
    own = Exercise.objects.get(clinic=clinic.clinic)
    assert answer["Location"] == f"/exercises/{own.pk}/"
    assert own.whole["steps"] == exercise("clam").content["steps"]
    kept = ExercisePicture.objects.get()
    assert (kept.width, kept.height) == (900, 1200)
    assert b"Secret" not in bytes(kept.image)
    assert not Image.open(BytesIO(bytes(kept.image))).getexif()
    page = browser.get(f"/exercises/{own.pk}/").content.decode()
    assert f'src="/pictures/{kept.pk}/"' in page
    assert 'alt="Hips lifted, heels on a towel"' in page
    assert "IMG_0417" not in page
    shown = browser.get(f"/pictures/{kept.pk}/")
    assert shown["Content-Type"] == "image/png"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown["Cache-Control"].startswith("private")
    assert "IMG_0417" not in str(shown.headers)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "cannot be read as a picture"),
        (bomb(), "more points than we can print"),
        (b"\xff\xd8" + bytes(20 * 1024 * 1024), "larger than 10 MB"),
        (photo()[:500], "cannot be read as a picture"),
        (b"%PDF-1.7", "cannot be read as a picture"),
        (b"", "empty"),
        (photo("PNG", (64, 64), save_all=True, append_images=[Image.new("RGB", (64, 64))]), "This picture moves"),
        (photo("GIF", (64, 64)), "cannot be read as a picture"),
    ],
    ids=["script", "bomb", "20 MB", "cut off", "pdf", "empty", "animated", "gif"],
)
def test_what_cannot_be_taken_is_refused_in_words_that_leave_the_words_typed(
    browser: Client, clinic: World, exercise: Known, data: bytes, words: str
) -> None:
    answer = upload(browser, exercise("clam"), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "Hips lifted, heels on a towel" in page
    assert not ExercisePicture.objects.exists()
    assert not Exercise.objects.filter(clinic=clinic.clinic).exists()


def test_of_a_huge_file_only_the_beginning_is_taken_in() -> None:
    handler = UpToALimit()
    assert handler.receive_data_chunk(b"x", TAKEN - 1) == b"x"
    assert handler.receive_data_chunk(b"x", TAKEN) is None


def test_a_picture_needs_words_for_those_who_cannot_see_it(browser: Client, exercise: Known) -> None:
    answer = upload(browser, exercise("clam"), photo(), words=" ")
    assert answer.status_code == 422
    assert "Say what the picture shows." in answer.content.decode()


def test_a_second_file_behind_the_picture_is_left_behind(browser: Client, exercise: Known) -> None:
    upload(browser, exercise("clam"), photo() + b"<script>alert(1)</script>PK\x03\x04")
    assert b"script" not in bytes(ExercisePicture.objects.get().image)


def test_the_newest_picture_counts_and_removing_it_shows_the_drawing_again(
    browser: Client, clinic: World, exercise: Known
) -> None:
    upload(browser, exercise("clam"), photo(), words="First")
    own = Exercise.objects.get(clinic=clinic.clinic)
    upload(browser, own, photo(size=(300, 300)), words="Second")
    assert queries.by_key(["clam"], clinic.clinic.pk)["clam"].clinic_picture["words"] == "Second"  # type: ignore[attr-defined]
    browser.post(f"/exercises/{own.pk}/picture/remove/")
    assert queries.by_key(["clam"], clinic.clinic.pk)["clam"].clinic_picture is None  # type: ignore[attr-defined]
    assert ExercisePicture.objects.count() == 2
    assert "Start and end" in browser.get(f"/exercises/{own.pk}/").content.decode()


def test_readers_see_pictures_and_strangers_find_none(
    browser: Client, clinic: World, exercise: Known, sign_in: Callable[[User], Client]
) -> None:
    upload(browser, exercise("clam"), photo())
    address = f"/pictures/{ExercisePicture.objects.get().pk}/"
    assert sign_in(clinic.reader).get(address).status_code == 200
    assert Client().get(address).status_code == 302


def test_an_issued_program_keeps_the_picture_it_was_issued_with(
    browser: Client, clinic: World, program: Program, exercise: Known
) -> None:
    upload(browser, exercise("clam"), photo(), words="As it was issued")
    own = queries.by_key(["clam"], clinic.clinic.pk)["clam"]
    add_line(by=clinic.clinician, program=program, exercise=own)
    version = issue_program(by=clinic.clinician, program=program, today=TODAY)
    upload(browser, own, photo(), words="A later one")
    frozen = [line.get("picture") for line in version.content["lines"] if line["exercise"] == "clam"]
    assert [picture["words"] for picture in frozen] == ["As it was issued"]


def test_the_runner_sees_pictures_of_the_own_program_and_no_others(
    browser: Client, clinic: World, exercise: Known
) -> None:
    upload(browser, exercise("clam"), photo(), words="Knees apart")
    upload(browser, exercise("clam"), photo(), words="Not in the program")
    shown, other = ExercisePicture.objects.order_by("created_at")
    picture = {"id": str(shown.pk), "words": shown.words, "width": shown.width, "height": shown.height}
    line = content_line("The clam", Dose(sets=3, reps=10), exercise="clam", picture=picture)
    version, link = make_issued(clinic, starts_on=date.today(), lines=[line])
    token, runner = token_of(PatientLink.objects.get(pk=link.pk)), Client()
    address = reverse("programs:patient_picture", args=[token, shown.pk])
    today = date.today().isoformat()
    page = runner.get(f"/my/{token}/{today}/{line['line']}/1/").content.decode()
    assert f'src="{address}"' in page
    assert 'alt="Knees apart"' in page
    answer = runner.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Cache-Control"].startswith("private")
    assert runner.get(reverse("programs:patient_picture", args=[token, other.pk])).status_code == 404
    assert runner.get(reverse("programs:patient_picture", args=["x" * 32, shown.pk])).status_code == 404
    assert version.content["lines"][0]["picture"]["words"] == "Knees apart"

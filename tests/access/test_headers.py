"""What every answer tells the browser, what cookies carry, and that a server with weak values does not start."""

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from clinic.views import patients as patients_views
from tests.support.factories import PASSWORD, World, make_clinic

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
LOGIN = reverse("account_login")
PATIENTS = reverse("clinic:patients")

POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "manifest-src": {"'self'"},
    "worker-src": {"'self'"},
    "form-action": {"'self'"},
    "base-uri": {"'none'"},
    "frame-ancestors": {"'none'"},
    "object-src": {"'none'"},
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@pytest.fixture
def world(db: None) -> World:
    """A clinic whose scope is closed, as in a real request."""
    return make_clinic()


@pytest.fixture
def inside(world: World, client: Client) -> Client:
    client.force_login(world.clinician)
    return client


def policy_of(answer: HttpResponse) -> dict[str, set[str]]:
    parts = (part.split() for part in answer["Content-Security-Policy"].split(";"))
    return {part[0]: set(part[1:]) for part in parts if part}


def answers(client: Client) -> dict[str, HttpResponse]:
    """One answer of every sort: pages, refusals, redirects, JSON and an error of ours."""
    outside = Client()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patients_views.queries, "patient_counts", lambda *args, **kwargs: 1 / 0)
        client.raise_request_exception = False
        broken = client.get(PATIENTS)
    return {
        "login": outside.get(LOGIN),
        "reset": outside.get(reverse("account_reset_password")),
        "redirect": outside.get(PATIENTS),
        "page": client.get(PATIENTS),
        "form with errors": client.post(reverse("clinic:patient_new"), {}),
        "part": client.get(PATIENTS, headers={"HX-Request": "true"}),
        "forbidden": client.get(reverse("clinic:team")),
        "not found": client.get("/nothing/here/"),
        "not found outside": outside.get("/nothing/here/"),
        "patient's link": outside.get("/my/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"),
        "not allowed": client.post(PATIENTS),
        "health": outside.get(reverse("clinic:health")),
        "broken": broken,
    }


def test_every_answer_carries_the_strict_policy_and_all_other_headers(inside: Client) -> None:
    found = answers(inside)
    assert {name: answer.status_code for name, answer in found.items()} == {
        "login": 200,
        "reset": 200,
        "redirect": 302,
        "page": 200,
        "form with errors": 422,
        "part": 200,
        "forbidden": 403,
        "not found": 404,
        "not found outside": 404,
        "patient's link": 404,
        "not allowed": 405,
        "health": 200,
        "broken": 500,
    }
    for name, answer in found.items():
        assert policy_of(answer) == POLICY, name
        for header, value in HEADERS.items():
            assert value in answer.headers.get(header, ""), f"{name}: {header}"
        assert "camera=()" in answer["Permissions-Policy"], name
        assert "Server" not in answer.headers, name
        assert "X-Powered-By" not in answer.headers, name


def test_the_policy_allows_nothing_inline_and_nothing_evaluated() -> None:
    allowed = {str(source) for sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].values() for source in sources}
    assert not {source for source in allowed if "unsafe" in source or "*" in source or "http" in source}


def test_pages_hold_nothing_that_the_policy_would_stop(inside: Client) -> None:
    for name, answer in answers(inside).items():
        page = answer.content.decode()
        assert not re.search(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", page), name
        assert not re.search(r"<script(?![^>]*\ssrc=)", page), name
        for address in re.findall(r"(?:src|href|action)=\"([^\"]*)\"", page):
            assert urlsplit(address).netloc == "", f"{name}: {address}"


def test_an_error_of_ours_says_nothing_about_the_inside(inside: Client) -> None:
    page = answers(inside)["broken"].content.decode()
    for told in ("Traceback", "ZeroDivision", "settings", "clinic_patient"):
        assert told not in page


def test_static_files_keep_their_type_and_may_be_kept_by_the_browser(client: Client) -> None:
    answer = client.get("/static/css/tokens.css")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/css")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" not in answer.headers.get("Cache-Control", "")
    assert not answer.cookies
    answer.close()


def test_cookies_cannot_be_read_by_scripts_nor_sent_from_other_sites(world: World, client: Client) -> None:
    client.get(LOGIN)
    client.post(LOGIN, {"login": world.clinician.email, "password": PASSWORD, "next": PATIENTS})
    client.get(PATIENTS)
    cookies = {name: client.cookies[name] for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)}
    for name, cookie in cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert cookie["domain"] == "", name
        assert cookie["path"] == "/", name
    assert cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""  # gone with the browser


# --- A server ----------------------------------------------------------------------------------------------------------

GOOD = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "k7Qz" + "0123456789abcdefghijABCDEFGHIJ-_" * 2,
    "DATABASE_URL": "postgresql://strideback_app:hV3kq81LmPz@db/strideback",
    "DATABASE_OWNER_URL": "postgresql://strideback_owner:xW9dtR42nBv@db/strideback",
    "BROKER_URL": "redis://:jT6yuC05sKe@broker:6379/0",
    "SITE_URL": "https://strideback.example",
    "ALLOWED_HOSTS": "strideback.example",
    "EMAIL_URL": "smtp+tls://mail.example:587",
    "DEFAULT_FROM_EMAIL": "Strideback <no-reply@strideback.example>",
}


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The settings of a server, read with good values."""
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("STRIDEBACK_DB_ROLE", raising=False)
    return importlib.import_module("config.settings.production")


def test_good_values_have_no_problem(production: ModuleType) -> None:
    assert production.problems(GOOD) == []


@pytest.mark.parametrize("name", sorted(GOOD.keys() - {"DJANGO_SETTINGS_MODULE", "DATABASE_OWNER_URL"}))
def test_a_missing_value_is_named(production: ModuleType, name: str) -> None:
    found = production.problems({key: value for key, value in GOOD.items() if key != name})
    assert any(name in problem and "missing" in problem for problem in found)


@pytest.mark.parametrize(
    ("name", "weak"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 80),
        ("SITE_URL", "http://strideback.example"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "strideback.example,*"),
        ("DATABASE_URL", "postgresql://strideback_app:password@db/strideback"),
        ("DATABASE_URL", "postgresql://strideback_app@db/strideback"),
        ("DATABASE_URL", "postgresql://strideback_owner:hV3kq81LmPz@db/strideback"),
        ("DATABASE_OWNER_URL", "postgresql://strideback_owner:postgres@db/strideback"),
        ("BROKER_URL", "redis://broker:6379/0"),
    ],
)
def test_a_weak_value_is_named_with_what_to_do(production: ModuleType, name: str, weak: str) -> None:
    found = production.problems(GOOD | {name: weak})
    assert found
    assert any(name in problem for problem in found)
    assert not any(secret in " ".join(found) for secret in ("hV3kq81LmPz", "xW9dtR42nBv", "jT6yuC05sKe"))


def test_a_server_forces_https_and_ties_cookies_to_it(production: ModuleType) -> None:
    assert production.DEBUG is False
    assert production.SECURE_SSL_REDIRECT
    assert production.SECURE_HSTS_SECONDS >= 31_536_000
    assert (production.SESSION_COOKIE_SECURE, production.CSRF_COOKIE_SECURE) == (True, True)
    assert production.SESSION_COOKIE_NAME.startswith("__Host-")
    assert production.CSRF_COOKIE_NAME.startswith("__Host-")


OURS = {*GOOD, "STRIDEBACK_DB_ROLE", "DJANGO_ALLOW_ASYNC_UNSAFE"}


def run(env: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in OURS}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=clean | env, capture_output=True, text=True, check=False
    )


def test_a_server_does_not_start_with_weak_values_and_names_every_one() -> None:
    done = run(GOOD | {"SECRET_KEY": "weak", "SITE_URL": "http://x.example"}, "-c", "import config.settings.production")
    assert done.returncode != 0
    assert "SECRET_KEY is weak" in done.stderr
    assert "SITE_URL must start with https://" in done.stderr


def test_djangos_own_checks_for_a_server_find_nothing_but_the_preload_list() -> None:
    """Whether the whole domain goes onto the browsers' list is for the owner of the domain to say."""
    done = run(GOOD, "manage.py", "check", "--deploy")
    assert done.returncode == 0, done.stderr
    assert set(re.findall(r"\((\w+\.[A-Z]\d+)\)", done.stderr)) <= {"security.W021"}

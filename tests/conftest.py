"""One real PostgreSQL database for the whole run, used as the application's role (see tests/support/database.py)."""

import os
from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import launch_options
from tests.support.database import DatabaseMissing, fresh_database

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")  # "gw0", "gw1" … when the tests run on several cores
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's synchronous interface runs an event loop


TOGETHER = {"journeys": "house", "tasks": "workers", "setup": "workers"}
"""Folders whose tests share running processes, and the group they are run in, one test process each."""
APART = {"test_connection_lost.py": "workers"} | dict.fromkeys(
    ("test_whole_visit.py", "test_intake_keys.py", "test_differential.py", "test_follow_up.py"), "second house"
)
"""Journeys with a server of their own, which they stop and start; and the visits' own journeys, half of all the time."""


def _group(item: pytest.Item) -> str:
    folder = TOGETHER.get(item.path.parent.name, "")
    return folder and APART.get(item.path.name, folder)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share running processes stay in one test process; the long ones begin first."""
    for item in items:
        if group := _group(item):
            item.add_marker(pytest.mark.xdist_group(group))
    if WORKER:
        items.sort(key=lambda item: not _group(item))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    """Replaces pytest-django's: the application's role must neither create nor own the tables it is tested on."""
    from django.conf import settings
    from django.db import connections

    name = f"strideback_test_{os.getpid()}"
    try:
        with fresh_database(settings.DATABASE_OWNER_URL, settings.DATABASE_URL, name):
            settings.DATABASE_URL, settings.DATABASE_OWNER_URL = (
                os.environ["DATABASE_URL"],
                os.environ["DATABASE_OWNER_URL"],
            )
            connections["default"].close()
            connections["default"].settings_dict["NAME"] = name
            connections.databases["default"]["NAME"] = name
            yield
            for connection in connections.all():
                connection.close()
    except DatabaseMissing as missing:
        pytest.exit(str(missing), returncode=1)


@pytest.fixture(autouse=True)
def _fresh_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """Rate limits counted in one test must not stop the next. Pure tests count nothing."""
    yield
    if {"db", "django_db_setup"} & set(request.fixturenames):
        from django.core.cache import cache

        cache.clear()


@pytest.fixture
def clinic(db: None) -> Iterator["object"]:
    """A clinic whose scope is open for the whole test, with its people: .clinic .administrator .clinician .reader."""
    from clinic.tenancy import clinic_scope
    from tests.support.factories import make_clinic

    world = make_clinic()
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        yield world


@pytest.fixture
def owner_connection(django_db_setup: None) -> Iterator[psycopg.Connection]:
    """The owner's own connection, to look behind the application's back."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for a test process: Playwright's synchronous interface can be started once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())  # type: ignore[arg-type]
        yield browser
        browser.close()

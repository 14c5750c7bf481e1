"""A broker of our own, real Celery workers around the test database, and records they can see because they are committed."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from config.celery import app
from config.embedded.home import Home
from config.embedded.services import Process, Valkey, worker
from tests.support.factories import World, make_clinic

Start = Callable[[], Process]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("tasks"))


@pytest.fixture(scope="session")
def broker(home: Home, django_db_setup: None) -> Iterator[Valkey]:
    """Rung by this process too: Celery's own variable comes before the settings, and its pool is opened anew."""
    with Valkey(home) as running:
        os.environ["CELERY_BROKER_URL"] = running.url(0)
        app._after_fork()
        yield running
        del os.environ["CELERY_BROKER_URL"]
        app._after_fork()


@pytest.fixture
def flush(broker: Valkey) -> Callable[[], None]:
    """Empty the broker: every message is gone."""
    import redis

    def empty() -> None:
        with redis.Redis.from_url(broker.url(0)) as connection:
            connection.flushall()

    empty()
    return empty


def _environment(broker: Valkey) -> dict[str, str]:
    settings = {"BROKER_URL": broker.url(0), "DJANGO_SETTINGS_MODULE": "tests.tasks.worker_settings"}
    return os.environ | settings | {"PYTHONUNBUFFERED": "1"}


@pytest.fixture(scope="module")
def steady_worker(home: Home, broker: Valkey) -> Iterator[Process]:
    """One worker of two processes for a whole file of tests."""
    with worker(home, _environment(broker), processes=2, name="steady") as running:
        yield running


@pytest.fixture
def start_worker(home: Home, broker: Valkey, flush: object) -> Iterator[Start]:
    """Starts a worker; what is left running at the end of the test is killed."""
    started: list[Process] = []

    def start() -> Process:
        started.append(worker(home, _environment(broker), processes=1, name=f"worker{len(started)}"))
        return started[-1].start()

    yield start
    for process in started:
        process.kill()


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A clinic of this test's own whose records are really committed, so that the workers see them."""
    with django_db_blocker.unblock():
        yield make_clinic()
        from django.db import connection

        connection.close()

"""The whole house, really running: gunicorn, a Celery worker, beat and a mail server around the test database; and Chromium."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize

from config.embedded.home import Home
from config.embedded.services import MailCatcher, Valkey, beat, environment, free_port, web, worker
from tests.support.walking import DESKTOP, let_in


@dataclass(frozen=True)
class House:
    """Where the running house is, and the mail it sent."""

    site: str
    mail: MailCatcher
    home: Home
    environment: dict[str, str]


@pytest.fixture(scope="session")
def house(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    home, port = Home(tmp_path_factory.mktemp("house")), free_port()
    with ExitStack() as running:
        mail = running.enter_context(MailCatcher(home))
        broker = running.enter_context(Valkey(home))
        env = environment(home, broker=broker, mail=mail, site=f"http://localhost:{port}")
        env |= {"DJANGO_SETTINGS_MODULE": "config.settings.test", "REMINDERS_EVERY_SECONDS": "2"}
        running.enter_context(worker(home, env))
        running.enter_context(web(home, env, port=port))
        yield House(f"http://localhost:{port}", mail, home, env)


@pytest.fixture
def planner(house: House) -> Iterator[None]:
    """Beat, every two seconds: only while a journey waits for what it plans, for its rounds go over every clinic."""
    with beat(house.home, house.environment):
        yield


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Records made in the test are really committed, so that the other processes see them. Each test has its own clinic."""
    with django_db_blocker.unblock():
        yield
        from django.db import connection

        connection.close()


Opener = Callable[..., Page]


LEFT_EARLY = re.compile(r"^htmx:(sendAbort|afterRequest), ")
"""What htmx says of a request the browser drops because the page is left. One that fails says htmx:sendError besides."""


def is_fault(said: ConsoleMessage, forgiving: str = "") -> bool:
    """A form sent back with its errors (422) is an answer, not a fault; everything else red in the console is one.

    `forgiving` names (as a pattern) what a test brings about itself.
    """
    if LEFT_EARLY.search(said.text) or (forgiving and re.search(forgiving, said.text)):
        return False
    return said.type == "error" and "status of 422" not in said.text


@pytest.fixture
def open_page(browser: Browser, house: House, request: pytest.FixtureRequest) -> Iterator[Opener]:
    """open_page(user, viewport=…, dark=…, script=…, forgiving=…) gives a page of a fresh context, logged in; faults in the browser's console fail the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def opened(
        user: Any = None,
        *,
        viewport: ViewportSize = DESKTOP,
        dark: bool = False,
        script: bool = True,
        forgiving: str = "",
    ) -> Page:
        context = browser.new_context(
            viewport=viewport,
            base_url=house.site,
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
            locale="en-GB",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        if user:
            let_in(context, user)
        page = context.new_page()
        page.on(
            "console", lambda said: faults.append(f"{page.url}: {said.text}") if is_fault(said, forgiving) else None
        )
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        return page

    yield opened
    pictures = os.environ.get("STRIDEBACK_PICTURES")
    for context in contexts:
        for number, page in enumerate(context.pages):
            if pictures:
                page.screenshot(path=Path(pictures) / f"{request.node.name}-{number}.png", full_page=True)
        context.close()
    assert not faults, "\n".join(faults)

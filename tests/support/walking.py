"""What journeys share: a door without the form, and a look at a page in both sizes and both lights."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, ViewportSize

from clinic.models import User
from tests.support.browser import no_violation

DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}


def let_in(context: BrowserContext, user: User, host: str = "localhost") -> None:
    """Logged in as this person without the form, for journeys that are not about the login."""
    door = Client()
    door.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": door.cookies[name].value, "domain": host, "path": "/"}])


def looks_well(page: Page, where: str) -> None:
    """No violation and nothing to push sideways, at a desk in the light and on a phone in the dark; then as it was.

    So one walk sees every stop in both, and nothing is clicked and typed twice.
    """
    before = page.viewport_size or DESKTOP
    was_dark = bool(page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"))
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    _looks_well(page, f"{where}, on a phone in the dark")
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")
    _looks_well(page, f"{where}, at a desk in the light")
    page.set_viewport_size(before)
    page.emulate_media(color_scheme="dark" if was_dark else "light")


def _looks_well(page: Page, where: str) -> None:
    no_violation(page, where)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{where}: it goes sideways"

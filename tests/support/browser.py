"""A real Chromium, found without downloading one, and an accessibility check after every step."""

import os
import shutil
import time
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_SOURCE = Axe()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def browser_path() -> str | None:
    """STRIDEBACK_BROWSER, else one on the path; None leaves it to Playwright's own (macOS, Ubuntu)."""
    named = os.environ.get("STRIDEBACK_BROWSER")
    if named:
        return named
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path and "snap" not in str(Path(path).resolve())), None)


def launch_options() -> dict[str, object]:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {"executable_path": browser_path(), "args": [*FLAGS, *(["--no-sandbox"] if root else [])], "headless": True}


def no_violation(page: Page, where: str, *within: str) -> None:
    """Fails with every accessibility violation of the page as it stands now, or of these parts of it (selectors)."""
    parts = {"include": [[part] for part in within]} if within else None
    found = AXE_SOURCE.run(page, context=parts, options=RULES).response["violations"]
    told = [f"{v['id']} ({v['impact']}): {v['help']}: {n['html'][:160]}" for v in found for n in v["nodes"]]
    assert not told, f"{where}:\n" + "\n".join(told)


BUSY = ".htmx-request, .htmx-settling, .htmx-swapping"


def settled(page: Page, seconds: float = 10.0) -> None:
    """Wait until htmx has nothing under way. Asked from outside: the pages' own policy forbids evaluating text."""
    until = time.monotonic() + seconds
    while page.evaluate("busy => document.querySelectorAll(busy).length", BUSY):
        assert time.monotonic() < until, f"{page.url} did not settle within {seconds} s"
        page.wait_for_timeout(20)

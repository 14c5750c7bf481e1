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
OF_THE_WHOLE = {
    "runOnly": {
        "type": "rule",
        "values": [
            "bypass",
            "document-title",
            "duplicate-id-aria",
            "heading-order",
            "html-has-lang",
            "landmark-no-duplicate-main",
            "landmark-one-main",
            "landmark-unique",
            "page-has-heading-one",
            "region",
            "skip-link",
        ],
    },
    "resultTypes": ["violations"],
}
"""The rules that cannot be judged from a part of a page."""


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


UNCHANGED = (Path(__file__).parent / "unchanged.js").read_text()
VIOLATIONS = "([within, rules]) => axe.run(within.include ? within : document, rules).then(found => found.violations)"
TO_CHECK = "data-to-check"
PASSED: set[str] = set()
"""Parts of pages found without a violation in this test process, as tests/support/unchanged.js names them."""


def no_violation(page: Page, where: str, *within: str) -> None:
    """Fails with every accessibility violation of the page as it stands now, or of these parts of it (selectors).

    The intake has 6,600 elements, and all rules on all of them take seconds. So the rules of the whole page are run when
    its outline is new, and the others on every part that is not as it was when it last passed, at this size, in this light.
    """
    if within:
        _passes(page, where, RULES, [[part] for part in within])
        return
    parts = page.evaluate(UNCHANGED, list(PASSED))
    try:
        if parts["outline"]:
            _passes(page, where, OF_THE_WHOLE)
        if parts["marked"]:
            _passes(page, where, RULES, [[f"[{TO_CHECK}]"]])
    finally:
        page.evaluate(
            "mark => document.querySelectorAll(`[${mark}]`).forEach(one => one.removeAttribute(mark))", TO_CHECK
        )
    PASSED.update(parts["fresh"], {parts["outline"]})


def _passes(page: Page, where: str, rules: dict[str, object], include: list[list[str]] | None = None) -> None:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SOURCE.axe_script)
    context = {"include": include} if include else {}
    found = page.evaluate(VIOLATIONS, [context, rules])
    told = [f"{v['id']} ({v['impact']}): {v['help']}: {n['html'][:160]}" for v in found for n in v["nodes"]]
    assert not told, f"{where}:\n" + "\n".join(told)


BUSY = ".htmx-request, .htmx-settling, .htmx-swapping"


def settled(page: Page, seconds: float = 10.0) -> None:
    """Wait until htmx has nothing under way. Asked from outside: the pages' own policy forbids evaluating text."""
    until = time.monotonic() + seconds
    while page.evaluate("busy => document.querySelectorAll(busy).length", BUSY):
        assert time.monotonic() < until, f"{page.url} did not settle within {seconds} s"
        page.wait_for_timeout(20)

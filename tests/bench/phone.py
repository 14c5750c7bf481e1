"""`make bench ARGS=phone`: how soon the runner's page shows on a slow phone and what it weighs; Lighthouse where npm has it.

The page comes from gunicorn with static files as on a server. Chromium's processor is slowed down four times and its line
to one of two profiles. The first visit has an empty cache; the second one what the first left.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

from config.embedded.home import Home
from config.embedded.services import environment, free_port, web
from tests.support.browser import browser_path, launch_options
from tests.support.database import fresh_database

ROUNDS: Final = 5
SLOWER: Final = 4
MOST_BYTES: Final = 150_000
MOST_MS: Final = 1_000
LINES: Final = {"4G, 60 ms, 9 Mbit/s": (60, 9_000_000), "slow 4G, 150 ms, 1.6 Mbit/s": (150, 1_600_000)}
LEAST: Final = {"accessibility": 100, "best-practices": 95, "performance": 95}
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"


@dataclass(frozen=True)
class Visit:
    """Milliseconds until something shows, bytes over the line and requests."""

    shown_ms: float
    sent: int
    requests: int


def main() -> int:
    with _page() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())  # type: ignore[arg-type]
        failed = False
        for name, line in LINES.items():
            rounds = [_first_and_second(browser, address, *line) for _round in range(ROUNDS)]
            failed |= _told(name, [first for first, _second in rounds], [second for _first, second in rounds])
        browser.close()
        failed |= _lighthouse(address)
    return int(failed)


@contextmanager
def _page() -> Iterator[str]:
    """A runner's page of two exercises, served as a server does."""
    owner, app = os.environ.get("DATABASE_OWNER_URL", ""), os.environ.get("DATABASE_URL", "")
    with TemporaryDirectory() as folder, ExitStack() as running:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.bench.phone_settings", "STATIC_ROOT": f"{folder}/static"}
        running.enter_context(fresh_database(owner, app, f"strideback_phone_{os.getpid()}"))
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection
        from django.test import Client

        from tests.portal.conftest import make_runner

        call_command("collectstatic", interactive=False, verbosity=0)
        runner = make_runner(Client())
        connection.close()
        port, home = free_port(), Home(Path(folder) / "house")
        running.enter_context(web(home, environment(home, site=f"http://localhost:{port}"), port=port))
        yield f"http://localhost:{port}{runner.url}"


def _first_and_second(browser: Browser, address: str, delay_ms: int, bits: int) -> tuple[Visit, Visit]:
    phone = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2, is_mobile=True)
    page = phone.new_page()
    line = phone.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": delay_ms, "downloadThroughput": bits / 8, "uploadThroughput": bits / 16}
    line.send("Network.emulateNetworkConditions", slow)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    sent: list[int] = []
    line.on("Network.loadingFinished", lambda told: sent.append(int(told["encodedDataLength"])))
    first = _visit(page, address, sent)
    sent.clear()
    second = _visit(page, address, sent)
    phone.close()
    return first, second


def _visit(page: Page, address: str, sent: list[int]) -> Visit:
    page.goto(address, wait_until="load")
    page.wait_for_timeout(1_000)
    return Visit(page.evaluate(PAINTED), sum(sent), len(sent))


def _told(name: str, first: list[Visit], second: list[Visit]) -> bool:
    shown, weight = median(one.shown_ms for one in first), max(one.sent for one in first)
    again = median(one.shown_ms for one in second)
    is_over = shown > MOST_MS or weight > MOST_BYTES
    print(  # noqa: T201
        f"{name:<30} first visit {shown:5.0f} ms (target {MOST_MS}), {weight / 1000:.0f} kB (target {MOST_BYTES // 1000}),"
        f" {first[0].requests} requests; again {again:.0f} ms  {'OVER' if is_over else 'ok'}"
    )
    return is_over


def _lighthouse(address: str) -> bool:
    """With `npm install -g lighthouse`. Not being there is no failure, and is said."""
    found = shutil.which("lighthouse")
    if found is None:
        print("Lighthouse is not installed (npm install -g lighthouse): not measured.")  # noqa: T201
        return False
    env = os.environ | {"CHROME_PATH": browser_path() or ""}
    flags = "--headless=new --disable-gpu" + (" --no-sandbox" if os.geteuid() == 0 else "")
    command = [found, address, "--quiet", f"--chrome-flags={flags}", "--output=json"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    categories: dict[str, Any] = json.loads(done.stdout)["categories"]
    scores = {key: round(categories[key]["score"] * 100) for key in LEAST}
    failed = any(scores[key] < least for key, least in LEAST.items())
    told = ", ".join(f"{key} {score} (target {LEAST[key]})" for key, score in scores.items())
    print(f"Lighthouse: {told}  {'UNDER' if failed else 'ok'}")  # noqa: T201
    return failed


if __name__ == "__main__":
    sys.exit(main())

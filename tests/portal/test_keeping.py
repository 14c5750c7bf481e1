"""What lets a phone keep the page of one link, and makes it let go."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client

from tests.portal.conftest import Runner
from tests.support.queries import at_most

ROOT = Path(__file__).resolve().parents[2]
PAPER = re.search(r"--paper: light-dark\(([^)]*)\)", (ROOT / "static" / "css" / "tokens.css").read_text())[1]  # type: ignore[index]


def test_the_worker_is_ours_alone_and_asked_for_anew_at_every_visit(runner: Runner) -> None:
    with at_most(0):
        answer = runner.client.get("/my/worker.js")
    assert re.fullmatch(r'importScripts\("/static/js/portal-worker[.\w]*\.js"\);\n', answer.text)
    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Service-Worker-Allowed"] == "/my/"
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_the_page_names_its_worker_its_day_and_its_version(runner: Runner) -> None:
    for page in (runner.page(), runner.client.get(runner.exercise_url()).text):
        assert 'data-worker="/my/worker.js"' in page
        assert f'data-day="{runner.day(0).isoformat()}" data-edition="{runner.version.pk}"' in page


def test_a_closed_link_says_that_what_is_kept_of_it_goes(runner: Runner, client: Client) -> None:
    runner.close()
    for url in (runner.url, runner.exercise_url(), "/my/" + "x" * 32 + "/"):
        answer = client.get(url)
        assert answer["X-Patient-Link"] == "closed"
        assert 'data-link="closed"' in answer.text
        assert "data-worker" not in answer.text


def test_a_page_that_is_not_in_the_plan_closes_nothing(runner: Runner) -> None:
    answer = runner.client.get(runner.exercise_url(ago=9))
    assert answer.status_code == 404
    assert "X-Patient-Link" not in answer
    assert 'data-link="open"' in answer.text


def test_the_page_can_be_put_on_the_first_screen_under_a_name_that_says_nothing(runner: Runner) -> None:
    page = runner.page()
    address = re.search(r'<link rel="manifest" href="([^"]+)">', page)
    assert address
    with at_most(0):
        answer = runner.client.get(address[1])
    assert answer["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert told["start_url"] == told["scope"] == told["id"] == runner.url
    assert told["name"] == told["short_name"] == "Strideback"
    assert runner.world.clinic.name not in answer.text
    for icon in told["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))
    for colour in re.findall(r'<meta name="theme-color" content="(#\w{6})"', page):
        assert colour in PAPER


def test_a_manifest_does_not_tell_whether_a_link_exists(client: Client, db: None) -> None:
    answer = client.get("/my/" + "x" * 32 + "/app.webmanifest")
    assert answer.json()["start_url"] == "/my/" + "x" * 32 + "/"
    assert "manifest" not in client.get("/my/" + "x" * 32 + "/").text

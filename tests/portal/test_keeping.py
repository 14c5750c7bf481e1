"""What lets a phone keep the page of one link, and makes it let go."""

import re

from django.test import Client

from tests.portal.conftest import Runner
from tests.support.queries import at_most


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

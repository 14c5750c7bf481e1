"""How pages are asked, and their queries counted."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")  # what holds a transaction together is no query of a page


def get(client: Client, url: str, *, htmx: bool = False) -> Callable[[], None]:
    headers = {"HX-Request": "true"} if htmx else {}

    def ask() -> None:
        answer = client.get(url, headers=headers)
        assert answer.status_code == 200, f"{url}: {answer.status_code}"

    return ask


def queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return sum(not query["sql"].startswith(FRAME) for query in captured.captured_queries)

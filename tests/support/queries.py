"""Counting queries as a server sees them: the savepoints that only a test's outer transaction causes are left out."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext


@contextmanager
def at_most(limit: int) -> Iterator[None]:
    """Fails, listing them, when more than `limit` queries run in the block."""
    with CaptureQueriesContext(connection) as captured:
        yield
    real = [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE SAVEPOINT"))]
    assert len(real) <= limit, f"{len(real)} queries, at most {limit} wanted:\n" + "\n".join(real)

"""Counting queries as a server sees them: what only a test's outer transaction causes is left out, namely savepoints, and
taking back a scope that a commit would end by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

OF_THE_TEST = (
    "SAVEPOINT",
    "RELEASE SAVEPOINT",
    "SELECT set_config('strideback.lookup', '', true)",
    "SELECT set_config('strideback.clinic_id', '', true)",
)


@contextmanager
def at_most(limit: int) -> Iterator[None]:
    """Fails, listing them, when more than `limit` queries run in the block."""
    with CaptureQueriesContext(connection) as captured:
        yield
    real = [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(OF_THE_TEST)]
    assert len(real) <= limit, f"{len(real)} queries, at most {limit} wanted:\n" + "\n".join(real)

"""A browser without a browser: someone signed in, and counting what a page costs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.models import User
from tests.support.queries import OF_THE_TEST

SignIn = Callable[[User], Client]


@pytest.fixture
def sign_in() -> SignIn:
    def as_user(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return as_user


def _only_in_a_test(statement: str) -> bool:
    """Savepoints, and taking back a scope into the one that the test holds open."""
    return statement.startswith(OF_THE_TEST) or statement.count("set_config(") == 2


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements a page sends, as a server sees them."""
    statements: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield statements
    statements += [query["sql"] for query in captured if not _only_in_a_test(query["sql"])]

"""A runner with tendinopathy whose first week went well, and a browser for each person of the clinic."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import User
from tests.decisions.cases import Case
from tests.support.factories import World


@pytest.fixture
def today() -> date:
    """The runner's, in London; the tests write their days back from it."""
    return timezone.localdate(timezone=ZoneInfo("Europe/London"))


@pytest.fixture
def case(clinic: World) -> Case:
    return Case.of(clinic)


@pytest.fixture
def ready(case: Case, today: date) -> Case:
    """Everything for stage 2 is met."""
    case.ready_for_stage_2(today)
    return case


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def browser(clinic: World, sign_in: Callable[[User], Client]) -> Client:
    """The clinician's."""
    return sign_in(clinic.clinician)

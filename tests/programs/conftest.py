"""A clinic with one runner, a signed conclusion and, where asked for, a draft program; everybody has a browser."""

from collections.abc import Callable

import pytest
from django.test import Client

from assessments.models import Assessment
from clinic.models import User
from programs.actions import propose_program
from programs.models import Exercise, Program
from tests.support.factories import World, make_episode
from tests.support.programs import make_signed


@pytest.fixture
def assessment(clinic: World) -> Assessment:
    return make_signed(clinic, make_episode(clinic))


@pytest.fixture
def program(clinic: World, assessment: Assessment) -> Program:
    """Proposed for tendinopathy at the right, stage 1."""
    return propose_program(by=clinic.clinician, assessment=assessment)


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


@pytest.fixture
def exercise(clinic: World) -> Callable[[str], Exercise]:
    return lambda key: Exercise.objects.get(clinic=None, key=key)

"""An examination to work on: open, screened, or ready to be signed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client

from assessments import actions
from assessments.answers import Given
from assessments.models import Assessment
from assessments.reasoning import FINDINGS, MANDATORY
from clinic.models import User
from tests.support.factories import World, make_clinic, make_episode

ON = date(2026, 11, 22)
SignIn = Callable[[User], Client]

TENDON: list[tuple[str, str, str]] = [
    ("onset", "", "gradual"),
    ("pain_sitting", "", "present"),
    ("palp_ischial", "right", "present"),
    ("palp_ischial", "left", "absent"),
    ("mbk_stretch", "right", "present"),
    ("palp_hamstring", "right", "absent"),
    ("resisted_kf_pain", "right", "absent"),
    ("stretch_pain", "right", "absent"),
    ("slump_sd", "right", "absent"),
    ("sij_thigh_thrust", "right", "absent"),
    ("sij_distraction", "right", "absent"),
    ("sij_compression", "right", "absent"),
    ("sij_sacral_thrust", "right", "absent"),
]
"""A right-sided tendinopathy with everything examined that another conclusion would need."""


def screening() -> list[tuple[str, str, str]]:
    return [
        (key, side, "absent") for key in MANDATORY for side in (("left", "right") if FINDINGS[key].sided else ("",))
    ]


@dataclass
class Examination:
    """One draft and who works on it."""

    world: World
    draft: Assessment

    def answer(self, *answers: tuple[str, str, str]) -> actions.Outcome:
        given = [Given(key, side, value) for key, side, value in answers]
        return actions.record_findings(by=self.world.clinician, assessment=self.draft, given=given)

    def conclude(self, **fields: Any) -> None:
        said = {"diagnosis": "pht", "side": "right", "stage": 1, "irritability": "moderate"} | fields
        actions.save_conclusion(by=self.world.clinician, assessment=self.draft, **said)

    def sign(self) -> Assessment:
        return actions.sign(by=self.world.clinician, assessment=self.draft)

    def ready(self) -> "Examination":
        self.answer(*screening(), *TENDON)
        self.conclude()
        return self


def open_draft(world: World, **episode: Any) -> Examination:
    made = make_episode(world, **episode)
    return Examination(world, actions.start_assessment(by=world.clinician, episode=made, on=ON))


@pytest.fixture
def examination(clinic: World) -> Examination:
    return open_draft(clinic)


@pytest.fixture
def sign_in() -> SignIn:
    def as_user(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return as_user


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A clinic whose records are really committed, so that a second connection sees them."""
    with django_db_blocker.unblock():
        yield make_clinic()
        from django.db import connection

        connection.close()

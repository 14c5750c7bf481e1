"""What is measured, each against its floor."""

from collections.abc import Callable, Iterator
from datetime import date
from statistics import median
from time import perf_counter
from typing import Any

import psycopg
from django.conf import settings
from django.test import Client
from django.urls import reverse

from assessments.actions import start_assessment
from assessments.reasoning import FINDINGS, Case, reason
from clinic.models import Episode
from clinic.tenancy import clinic_scope
from tests.bench import caseload, prescribing, runners
from tests.bench.__main__ import Measure, compare
from tests.bench.asking import get, queries
from tests.bench.records import big_clinic
from tests.support.factories import World

FEW, MANY = 20, 2000


def _client(world: World) -> Client:
    client = Client()
    client.force_login(world.clinician)
    return client


def measures() -> Iterator[Measure]:
    settings.ROOT_URLCONF = "tests.bench.urls"
    small, _few, _programs = big_clinic(FEW)
    world, patients, programs = big_clinic(MANY)
    with psycopg.connect(settings.DATABASE_OWNER_URL, autocommit=True) as owner:
        owner.execute(
            "VACUUM ANALYZE"
        )  # only the owner of the tables may; a server's own upkeep does it within a minute
    client = _client(world)
    floor = get(client, f"/floor/{patients[0].pk}/")
    yield from caseload.measures(world, small, _client, floor)
    yield _patients(small, client, floor)
    yield from _intake(world, patients[0].pk, client, floor)
    yield from runners.measures(world, programs[0].pk, floor)
    yield from prescribing.measures(world, client, floor)
    yield _reason()


def _constant(small: World, client: Client, url: str) -> str:
    few, many = queries(get(_client(small), url)), queries(get(client, url))
    return f"queries: {few} with {FEW} runners, {many} with {MANY}"


def _patients(small: World, client: Client, floor: Callable[[], None]) -> Measure:
    url = reverse("clinic:patients")
    return compare(f"patients, {MANY}", get(client, url), floor, 6, note=_constant(small, client, url))


def _intake(world: World, patient: Any, client: Client, floor: Callable[[], None]) -> Iterator[Measure]:
    with clinic_scope(world.clinic.pk, actor="system:bench"):
        episode = Episode.objects.get(patient=patient)
        draft = start_assessment(by=world.clinician, episode=episode, on=date(2026, 11, 22))
    answers = iter(["present", "absent"] * 1000)
    finding, panel = reverse("assessments:finding", args=[draft.pk]), reverse("assessments:panel", args=[draft.pk])
    htmx = {"HX-Request": "true"}

    def answer() -> None:
        said = {"answer-palp_ischial-right": next(answers)}
        assert client.post(finding, said, headers=htmx).status_code in (200, 204)
        assert client.get(panel, headers=htmx).status_code == 200

    yield compare("intake answer with panel", answer, floor, 6, note=f"queries: {queries(answer)} in two requests")
    intake = get(client, reverse("assessments:intake", args=[draft.pk]))  # 64 findings and the chart: once a visit
    yield compare("intake page", intake, floor, 15, note=f"queries: {queries(intake)}")


def _reason() -> Measure:
    """Not a ratio: milliseconds for a case with every finding answered; the target is 3 ms."""
    findings: dict[str, Any] = {}
    for key, finding in FINDINGS.items():
        if key == "age_years":  # the patient's record knows it
            continue
        value = finding.choices[0] if finding.choices else ("absent" if finding.lowest is None else finding.lowest)
        value = "present" if key in ("palp_ischial", "mbk_stretch", "slump_sd") else value
        findings[key] = {"left": value, "right": value} if finding.sided else value
    case = Case.from_json({"patient": {"age": 34, "sex": "female"}, "painful_side": "right", "findings": findings})
    times = []
    for _ in range(200):
        start = perf_counter()
        reason(case)
        times.append((perf_counter() - start) * 1000)
    own = median(times)
    return Measure("reason(), full case, in ms", own, 3, own, 1.0, note="floor 1 ms: the figure is milliseconds")

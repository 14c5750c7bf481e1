"""The library, the builder, the drawings and the three prints."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from clinic.tenancy import clinic_scope
from clinic.vocabulary.sides import DoseSide
from programs.actions import propose_program
from programs.figures import _drawn, figure_for, figures
from programs.handouts.pdf import render_html, render_pdf
from programs.models import Exercise, Program, ProgramLine
from tests.bench.__main__ import Measure, compare
from tests.bench.asking import get, queries
from tests.documents.examples import strain
from tests.support.exercises import many_exercises
from tests.support.factories import World, make_episode
from tests.support.programs import make_signed

LIBRARY = 5000
COLD = """
import time
begin = time.perf_counter()
import django
django.setup()
from programs.handouts.pdf import render_pdf
from tests.documents.examples import strain
render_pdf(strain())
print(time.perf_counter() - begin)
"""


def measures(world: World, client: Client, floor: Callable[[], None]) -> Iterator[Measure]:
    """`world` is a clinic of the bench, `client` its clinician, logged in."""
    yield from _builder(world, client, floor)
    yield from _search(world, client, floor)
    yield _figures()
    yield _warm()
    yield _cold()


def _builder(world: World, client: Client, floor: Callable[[], None]) -> Iterator[Measure]:
    with clinic_scope(world.clinic.pk, actor="system:bench"):
        program = propose_program(by=world.clinician, assessment=make_signed(world, make_episode(world)))
    page = get(client, reverse("programs:builder", args=[program.pk]))
    for wanted, target in ((5, 15), (20, 40)):  # every exercise brings its dose fields
        with clinic_scope(world.clinic.pk, actor="system:bench"):
            _fill(program, wanted)
        yield compare(f"builder, {wanted} exercises", page, floor, target, note=f"queries: {queries(page)}")


def _fill(program: Program, wanted: int) -> None:
    used = list(program.lines.filter(phase=program.phase).values_list("exercise_id", flat=True))
    further = Exercise.objects.filter(clinic=None, kind="exercise", retired_at=None).exclude(pk__in=used)
    ProgramLine.objects.bulk_create(
        ProgramLine(
            clinic=program.clinic, program=program, exercise=row, phase=program.phase, position=position,
            dose=row.content["dose"], override_reason="bench",
        )
        for position, row in enumerate(further[: max(0, wanted - len(used))], start=len(used) + 1)
    )  # fmt: skip


def _search(world: World, client: Client, floor: Callable[[], None]) -> Iterator[Measure]:
    with clinic_scope(world.clinic.pk, actor="system:bench"):
        many_exercises(world, LIBRARY)
    for words in ("bridge", "hamstrng curl"):
        page = get(client, f"{reverse('programs:library')}?q={words}", htmx=True)
        measure = compare(f"search “{words}” in {LIBRARY}", page, floor, 12, note=f"queries: {queries(page)}")
        yield measure
        yield Measure(f"search “{words}”, in ms", measure.own_ms, 100, measure.own_ms, 1.0, note="floor 1 ms")


def _figures() -> Measure:
    """Not a ratio: milliseconds for one drawing of two frames, none of them remembered; the target is 100 ms."""
    times = []
    for key in figures():
        _drawn.cache_clear()
        start = perf_counter()
        figure_for(key, DoseSide.RIGHT)
        times.append((perf_counter() - start) * 1000)
    each = median(times)
    note = f"floor 1 ms; {2000 / each:.0f} frames a second, {len(times)} figures"
    return Measure("drawing, two frames, in ms", each, 100, each, 1.0, note=note)


def _warm() -> Measure:
    from weasyprint import HTML

    document = strain()
    html, base = render_html(document), Path(settings.BASE_DIR).as_uri() + "/"
    return compare(
        "handout (bare WeasyPrint as floor)",
        lambda: render_pdf(document),
        lambda: HTML(string=html, base_url=base).write_pdf(pdf_variant="pdf/ua-1"),
        1.2,
        rounds=8,
    )


def _cold() -> Measure:
    """The first handout of a new process, with all it has to load; the floor is the same handout in a warm one."""

    def cold() -> float:
        ran: Any = subprocess.run([sys.executable, "-c", COLD], capture_output=True, text=True, check=True)
        return float(ran.stdout) * 1000

    document = strain()
    render_pdf(document)
    start = perf_counter()
    render_pdf(document)
    warm = (perf_counter() - start) * 1000
    own = median(cold() for _ in range(3))
    return Measure("handout in a new process", own / warm, 15, own, warm)

"""Handouts ordered and looked at from outside, as another process would: everything is committed."""

import time
from collections.abc import Callable

from django.utils import timezone

from clinic.models import AuditEntry
from clinic.tenancy import clinic_scope
from programs.actions import issue_program, propose_program
from programs.models import Exercise, Handout, ProgramLine
from tests.support.factories import World, make_episode
from tests.support.programs import make_signed


def issued(world: World, *, exercises: int = 2) -> Handout:
    """A program issued and committed: its doorbell has rung. Many exercises take a worker seconds."""
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        program = propose_program(by=world.clinician, assessment=make_signed(world, make_episode(world)))
        used = list(program.lines.filter(phase=program.phase).values_list("exercise_id", flat=True))
        further = Exercise.objects.filter(clinic=None, kind="exercise").exclude(pk__in=used)
        for position, row in enumerate(further[: max(0, exercises - len(used))], start=10):
            ProgramLine.objects.create(
                clinic=world.clinic,
                program=program,
                exercise=row,
                phase=program.phase,
                position=position,
                dose=row.content["dose"],
                override_reason="test",
            )
        version = issue_program(by=world.clinician, program=program, today=timezone.localdate())
        return Handout.objects.get(version=version)


def state(handout: Handout) -> str:
    return look(handout).state


def look(handout: Handout) -> Handout:
    with clinic_scope(handout.clinic_id, actor="system:tests"):
        return Handout.objects.get(pk=handout.pk)


def change(handout: Handout, **fields: object) -> None:
    with clinic_scope(handout.clinic_id, actor="system:tests"):
        Handout.objects.filter(pk=handout.pk).update(**fields)


def times_done(handout: Handout) -> int:
    """How often the row became done, remembered by the database itself."""
    with clinic_scope(handout.clinic_id, actor="system:tests"):
        return AuditEntry.objects.filter(row_id=handout.pk, after__state="done").count()


def wait_done(handout: Handout) -> Handout:
    wait_until(lambda: state(handout) == "done", "the handout is done")
    return look(handout)


def wait_working(handout: Handout) -> None:
    wait_until(lambda: state(handout) == "working", "a worker has the handout")


def wait_lease_over(handout: Handout) -> None:
    until = look(handout).claimed_until
    assert until
    wait_until(lambda: timezone.now() > until, "the lease has run out")


def wait_until(true: Callable[[], bool], what: str, *, seconds: float = 90) -> None:
    """Look twenty times a second; fail with words when it does not come."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"waited {seconds:.0f} s in vain: {what}"
        time.sleep(0.05)

"""A clinic with a large library of its own: rows only, written in bulk."""

import itertools
import uuid

from clinic.tenancy import clinic_scope
from programs.loading import settle
from programs.models import Exercise
from tests.support.factories import World

WAYS = (
    *("slow", "quick", "long-lever", "short-lever", "banded", "weighted", "offset", "assisted", "eccentric", "paused"),
    *("elevated", "reverse", "alternating", "crossed", "staggered", "braced", "loaded", "partial", "deep", "pulsed"),
)
PLACES = (
    "on a step",
    "on a bench",
    "at the wall",
    "with a strap",
    "on sliders",
    "on a pad",
    "in the doorway",
    "outside",
)


def many_exercises(world: World, count: int) -> list[Exercise]:
    """Own exercises of this clinic made after ours: every one with its own name, searched and filtered like any other."""
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        ours = list(Exercise.objects.filter(clinic=None, retired_at=None))
        ways = itertools.cycle(itertools.product(WAYS, PLACES, ours))
        made = [
            Exercise(
                clinic=world.clinic,
                key=f"own-{uuid.uuid4().hex[:12]}",
                content=like.content | {"name": f"{like.name}, {way} {place}"[:120]},
            )
            for way, place, like in itertools.islice(ways, count)
        ]
        for exercise in made:
            settle(exercise)
        return Exercise.objects.bulk_create(made, batch_size=500)

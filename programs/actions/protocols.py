"""A clinic's own protocols: kept from a program, shared, renamed, retired, and applied to a draft.

A protocol holds exercises, doses, side rules and phases, and never anything of the runner it came from.
"""

import re
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.models import Patient, User
from programs.actions.draft import MOST_LINES
from programs.actions.phases import MOST_PHASES
from programs.actions.undo import locked, remember
from programs.course import phases_of
from programs.keeping import KeptPhase, Layer, chosen_of, to_content
from programs.models import ClinicProtocol, Program, ProgramLine
from programs.progression.dose import to_json


@transaction.atomic
def save_protocol(
    *,
    by: User,
    program: Program,
    phases: Sequence[KeptPhase],
    name: str,
    is_shared: bool = False,
    with_notes: bool = False,
) -> ClinicProtocol:
    """Keep these phases (programs.keeping) of a program under a name. Notes are left out unless they are asked for.

    Raises ValidationError for a program without exercises, a name this person has already given, and a name or a kept
    text that names the runner.
    """
    if not any(phase.lines for phase in phases):
        raise ValidationError(_("There is no exercise to keep. Add some first."))
    content = to_content(phases, with_notes=with_notes)
    _check_names_nobody(program.episode.patient, name, phases, with_notes=with_notes)
    return ClinicProtocol.objects.create(
        clinic_id=program.clinic_id,
        owner=by,
        name=_free_name(by, name),
        is_shared=is_shared,
        diagnosis=program.diagnosis,
        stage=program.stage,
        content=content,
    )


def _check_names_nobody(patient: Patient, name: str, phases: Sequence[KeptPhase], *, with_notes: bool) -> None:
    names = [part for part in re.split(r"\W+", f"{patient.first_name} {patient.last_name}") if len(part) > 2]
    if not names:
        return
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b", re.IGNORECASE)
    if pattern.search(name):
        raise ValidationError({"name": _("This names the runner. A protocol is for others too: choose another name.")})
    texts = [text for phase in phases for text in (phase.title, *phase.criteria)]
    texts += [line.note for phase in phases for line in phase.lines] if with_notes else []
    if any(pattern.search(text) for text in texts):
        raise ValidationError(
            {"with_notes": _("A note names the runner. Leave the notes out, or change that note in the program first.")}
        )


def _free_name(owner: User, name: str, *, but: ClinicProtocol | None = None) -> str:
    """The name, tidied. Holds the owner's row, so that two savings at once take turns."""
    tidy = " ".join(name.split())
    if not tidy:
        raise ValidationError({"name": _("Give the protocol a name.")})
    User.objects.select_for_update().get(pk=owner.pk)
    taken = ClinicProtocol.objects.filter(owner=owner, name=tidy, retired_at=None)
    if (taken.exclude(pk=but.pk) if but else taken).exists():
        words = _("There is already a protocol “%(name)s”. Choose another name, or rename the older one.")
        raise ValidationError({"name": words % {"name": tidy}})
    return tidy


@transaction.atomic
def change_protocol(*, by: User, protocol: ClinicProtocol, name: str, is_shared: bool) -> None:  # noqa: ARG001
    """Another name, shared or private. What was applied from it stays as it is. ValidationError for a taken name."""
    protocol.name, protocol.is_shared = _free_name(protocol.owner, name, but=protocol), is_shared
    protocol.save(update_fields=["name", "is_shared"])


@transaction.atomic
def retire_protocol(*, by: User, protocol: ClinicProtocol) -> None:  # noqa: ARG001 - the scope names the actor
    """Out of the lists; it can be taken back at any time."""
    ClinicProtocol.objects.filter(pk=protocol.pk, retired_at=None).update(retired_at=timezone.now())


@transaction.atomic
def restore_protocol(*, by: User, protocol: ClinicProtocol) -> None:  # noqa: ARG001 - the scope names the actor
    """Back into the lists. ValidationError when its owner has meanwhile given its name to another."""
    _free_name(protocol.owner, protocol.name, but=protocol)
    ClinicProtocol.objects.filter(pk=protocol.pk).update(retired_at=None)


@transaction.atomic
def apply_protocol(
    *, by: User, program: Program, name: str, layers: Sequence[Layer], numbers: Iterable[int]
) -> list[ProgramLine]:
    """Add the ticked lines of a protocol (programs.keeping.laid_over) to the ends of their phases, as one step to undo.

    Only adds: what is in the draft keeps its dose, its place and its side, and a line that came into the draft meanwhile
    is passed over. A phase the draft does not have yet comes at its end, with the protocol's words. Raises
    ValidationError when a phase would hold too many exercises or the program too many phases.
    """
    held = locked(program)
    there = set(ProgramLine.objects.filter(program=held).values_list("phase", "exercise__key"))
    chosen = [
        (layer, one) for layer, one in chosen_of(layers, numbers) if (layer.phase, one.line.exercise) not in there
    ]
    if not chosen:
        return []
    remember(by=by, program=held, what=_("Added from %(name)s") % {"name": name})
    _add_phases(held, layers, last=max(layer.phase for layer, _one in chosen))
    lines = ProgramLine.objects.filter(program=held).values("phase").annotate(last=Max("position"))
    last = {row["phase"]: row["last"] for row in lines}
    count = {phase: sum(1 for at, _key in there if at == phase) for phase in {at for at, _key in there}}
    made = []
    for layer, one in chosen:
        assert one.exercise is not None  # noqa: S101 - only lines with an exercise can be chosen
        last[layer.phase] = last.get(layer.phase, 0) + 1
        count[layer.phase] = count.get(layer.phase, 0) + 1
        if count[layer.phase] > MOST_LINES:
            words = _("A phase holds at most %(most)s exercises. Tick fewer.")
            raise ValidationError(words % {"most": MOST_LINES})
        made.append(
            ProgramLine(
                clinic_id=held.clinic_id,
                program=held,
                exercise=one.exercise,
                phase=layer.phase,
                position=last[layer.phase],
                dose=to_json(one.dose),
                note=one.line.note,
            )
        )
    return ProgramLine.objects.bulk_create(made)


def _add_phases(program: Program, layers: Sequence[Layer], *, last: int) -> None:
    """The phases up to the last one that gets an exercise; the draft's own stay as they are worded."""
    phases = phases_of(program)
    if last <= len(phases):
        return
    if last > MOST_PHASES:
        raise ValidationError(_("A program holds at most %(most)s phases.") % {"most": MOST_PHASES})
    for layer in layers[len(phases) : last]:
        phases.append({"title": layer.kept.title, "criteria": list(layer.kept.criteria), "stage": None})
    program.phases = phases
    program.save(update_fields=["phases"])

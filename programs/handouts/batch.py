"""A batch seen from its page: how far it is, what failed and why, and all that is done as one file."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from clinic.models import AccessEntry, User
from clinic.tenancy import clinic_scope
from programs.models import BatchItem, Handout, HandoutBatch

MOST_FAILED = 50
RUNNER = "version__program__episode__patient"


@dataclass(frozen=True)
class Failed:
    """A handout that could not be made: whose program it is, and the reason."""

    program_id: UUID
    runner: str
    reason: str


@dataclass(frozen=True)
class Finished:
    """One file of the batch, and what it is called in the archive: a number and a version, no name."""

    handout_id: UUID
    name: str


@dataclass(frozen=True)
class Progress:
    """How far a batch is; the five states add up to `total`."""

    total: int
    done: int
    failed: int
    cancelled: int
    working: int
    waiting: int
    pages: int
    kind: str
    paper: str
    failures: Sequence[Failed]

    @property
    def is_over(self) -> bool:
        return self.working + self.waiting == 0

    @property
    def settled(self) -> int:
        return self.total - self.working - self.waiting


def progress(batch: HandoutBatch) -> Progress:
    """One query, however many handouts; a second one where something failed."""
    rows = list(_handouts(batch).values_list("state", "pages", "kind", "paper"))
    counts = Counter(state for state, *_rest in rows)
    first = Handout(kind=rows[0][2], paper=rows[0][3]) if rows else Handout()
    return Progress(
        total=len(rows),
        done=counts[Handout.State.DONE],
        failed=counts[Handout.State.FAILED],
        cancelled=counts[Handout.State.CANCELLED],
        working=counts[Handout.State.WORKING],
        waiting=counts[Handout.State.QUEUED],
        pages=sum(pages or 0 for state, pages, *_rest in rows if state == Handout.State.DONE),
        kind=first.get_kind_display(),
        paper=first.paper,
        failures=_failures(batch) if counts[Handout.State.FAILED] else (),
    )


def _failures(batch: HandoutBatch) -> Sequence[Failed]:
    failed = _handouts(batch).filter(state=Handout.State.FAILED).order_by(f"{RUNNER}__sort_key")
    rows = failed.values_list("version__program", f"{RUNNER}__first_name", f"{RUNNER}__last_name", "error")
    return [Failed(program_id, f"{first} {last}", why) for program_id, first, last, why in rows[:MOST_FAILED]]


def finished(batch: HandoutBatch, *, by: User) -> list[Finished]:
    """The files that are ready, by the runners' names, so that a pile of paper can be gone through.

    Each counts as a reading of its record, written down here. Two queries.
    """
    done = _handouts(batch).filter(state=Handout.State.DONE).order_by(f"{RUNNER}__sort_key", "pk")
    rows = list(done.values_list("pk", "version__number", RUNNER))
    AccessEntry.objects.bulk_create(
        AccessEntry(clinic_id=batch.clinic_id, user=by, patient_id=patient_id, what="programs:batch_file")
        for _pk, _number, patient_id in rows
    )
    return [
        Finished(pk, f"handout-{place:03}-v{number}.pdf") for place, (pk, number, _patient) in enumerate(rows, start=1)
    ]


def as_zip(files: Sequence[Finished], *, clinic_id: UUID, by: User) -> Iterator[bytes]:
    """One archive, sent as it grows: in memory is one handout at a time, and nothing is written to a disk.

    Runs after the request's own transaction, so each file is read in a scope of its own. What was taken back meanwhile
    (a link was closed) is left out. One query a file.
    """
    out = _Outgoing()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:  # a PDF is packed already
        for each in files:
            with clinic_scope(clinic_id, actor=f"user:{by.pk}"):
                done = Handout.objects.filter(pk=each.handout_id, state=Handout.State.DONE)
                pdf = done.values_list("pdf", flat=True).first()
            if pdf:
                archive.writestr(zipfile.ZipInfo(each.name), bytes(pdf))
                yield out.taken()
    yield out.taken()


class _Outgoing(io.RawIOBase):
    """Where the archive is written: kept until it is sent, never gone back in."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: Any, /) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def _handouts(batch: HandoutBatch) -> QuerySet[Handout]:
    return Handout.objects.filter(pk__in=BatchItem.objects.filter(batch=batch).values("handout"))

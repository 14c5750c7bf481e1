"""A batch seen from its page: how far it is, what failed and why, and all that is done as one file."""

import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO
from uuid import UUID

from django.db.models import QuerySet

from clinic.models import AccessEntry, User
from programs.models import BatchItem, Handout, HandoutBatch

IN_MEMORY = 4 * 1024 * 1024  # a larger file goes to the disk while it is put together
MOST_FAILED = 50
RUNNER = "version__program__episode__patient"


@dataclass(frozen=True)
class Failed:
    """A handout that could not be made: whose program it is, and the reason."""

    program_id: UUID
    runner: str
    reason: str


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


def all_done_as_zip(batch: HandoutBatch, *, by: User) -> IO[bytes]:
    """Every finished file of the batch in one, numbered and named after nobody; each counts as a reading of its record.

    In memory is one handout at a time: the file grows on the disk. Two queries and one for each handout.
    """
    out: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it when it is sent
    readings = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:  # a PDF is packed already
        for number, (pdf, version_number, patient_id) in enumerate(_finished(batch), start=1):
            archive.writestr(zipfile.ZipInfo(f"handout-{number:03}-v{version_number}.pdf"), pdf)
            readings.append(
                AccessEntry(clinic_id=batch.clinic_id, user=by, patient_id=patient_id, what="programs:batch_file")
            )
    AccessEntry.objects.bulk_create(readings)
    out.seek(0)
    return out


def _finished(batch: HandoutBatch) -> Iterator[tuple[bytes, int, UUID]]:
    """One file after the other, by the runners' names, so that a pile of paper can be gone through."""
    done = _handouts(batch).filter(state=Handout.State.DONE).order_by(f"{RUNNER}__sort_key", "pk")
    for pk, version_number, patient_id in list(done.values_list("pk", "version__number", RUNNER)):
        pdf = Handout.objects.values_list("pdf", flat=True).get(pk=pk)
        yield bytes(pdf or b""), version_number, patient_id


def _handouts(batch: HandoutBatch) -> QuerySet[Handout]:
    return Handout.objects.filter(pk__in=BatchItem.objects.filter(batch=batch).values("handout"))

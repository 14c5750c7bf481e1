"""A proposal as a course: every stage of the diagnosis is a phase, with what must be true before the next one."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

from clinic.vocabulary.diagnoses import Irritability, WorkingDiagnosis
from clinic.vocabulary.sides import PainfulSide
from programs.library.catalogue import PROTOCOLS
from programs.library.proposal import ProposedLine, propose, protocol_for
from programs.library.protocol import Running
from programs.library.translations import ENGLISH, protocol_key, protocol_texts, translations


@dataclass(frozen=True)
class Phase:
    """One stage as a phase of a course.

    `number` counts from 1; `stage` is the diagnosis' own number (0 for a mixed picture, which has one phase). `title`,
    `aim`, `criteria` (to move on) and `running` are the patient's words in `language`: English as a whole where there
    is no translation. `lines` have their sides resolved; their reasons, and `running.level`, are for staff.
    """

    number: int
    stage: int
    title: str
    aim: str
    criteria: tuple[str, ...]
    lines: tuple[ProposedLine, ...]
    running: Running
    is_current: bool
    language: str


def phases_for(
    diagnosis: WorkingDiagnosis,
    stage: int | None,
    painful_side: PainfulSide,
    *,
    irritability: Irritability | None = None,
    findings: Collection[str] = (),
    language: str = ENGLISH,
) -> tuple[Phase, ...]:
    """Every phase of this diagnosis in order; exactly one is current, the first when no stage is given.

    Nothing for outside and refer. Irritability counts only in the current phase, where what it forbids is left out and
    doses are halved as `propose` does: a later phase begins when the leg is calm. Contributors are not asked: add the
    line `propose` found for one to the current phase. Raises `ValueError` for a stage the diagnosis does not have.
    """
    protocol = protocol_for(diagnosis, stage)
    if protocol is None:
        return ()
    current = protocol.stage
    return tuple(
        _phase(
            number,
            diagnosis,
            each,
            painful_side,
            irritability=irritability if each == current else None,
            findings=findings,
            is_current=each == current,
            language=language,
        )
        for number, each in enumerate(diagnosis.stages or (current,), start=1)
    )


def _phase(
    number: int,
    diagnosis: WorkingDiagnosis,
    stage: int,
    painful_side: PainfulSide,
    *,
    irritability: Irritability | None,
    findings: Collection[str],
    is_current: bool,
    language: str,
) -> Phase:
    proposal = propose(diagnosis, stage or None, irritability, painful_side, findings=findings)
    protocol = PROTOCOLS[diagnosis, stage]
    english = protocol_texts(protocol)
    found = translations(language).protocol(protocol_key(protocol), english)
    texts = found.texts if found else english
    return Phase(
        number=number,
        stage=stage,
        title=str(texts["title"]),
        aim=str(texts["aim"]),
        criteria=cast(tuple[str, ...], texts["move_on"]),
        lines=proposal.lines,
        running=Running(proposal.running.level, str(texts["running"]), str(texts["hills"])),
        is_current=is_current,
        language=language if found else ENGLISH,
    )

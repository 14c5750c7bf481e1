"""Golden replays: what the reasoning answered when a version of the knowledge was released, to the last detail.

`python -m tests.reasoning.replays` writes the file of every released version that has none yet. A file that exists is
never written again: it is what assessments signed with that version rest on.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assessments.reasoning import AnswerKind, Case, Knowledge, Reasoning, reason

FOLDER = Path(__file__).parent
DRAWN = 24
SIDES = ("left", "right", "both")


def file_of(version: str) -> Path:
    return FOLDER / f"{version}.json"


def everything(found: Reasoning) -> dict[str, Any]:
    """The whole reasoning as plain values: also what the `reason` command does not print."""
    return found.to_json() | {
        "why": {flag.id: [list(flag.why), list(flag.notes)] for flag in found.red_flags},
        "unanswered": list(found.unanswered_screening),
        "hidden": [item.value for item in found.hidden_because],
        "criteria": {
            view.hypothesis.value: {
                "counted": view.criterion.counted,
                "missing": list(view.criterion.missing),
                "supporting": list(view.criterion.supporting),
                "parts": {
                    state.part.id: [state.state.value, state.done, state.present, list(state.missing)]
                    for state in view.criterion.parts
                },
            }
            for view in found.hypotheses
        },
        "limits": {view.hypothesis.value: [view.limit and view.limit.value, view.held] for view in found.hypotheses},
        "groups": found.groups_answered,
        "contributors": {
            item.contributor.key: [list(item.keys), [side.value for side in item.sides], item.as_expected]
            for item in found.contributors
        },
        "irritability": _proposed(found.proposals.irritability),
        "severity": {key.value: _proposed(item) for key, item in found.proposals.severity.items()},
        "stage": {
            key.value: [item.value, list(item.reasons), list(item.holding_back)]
            for key, item in found.proposals.stage.items()
        },
        "asking_age": list(found.flags_without_age),
    }


def _proposed(item: Any) -> list[Any]:
    return [item.value and item.value.value, list(item.reasons)]


def replayed(case: dict[str, Any], knowledge: Knowledge, released: list[str]) -> str:
    """One line of JSON, the same bytes for the same reasoning."""
    found = reason(Case.from_json(case, knowledge.findings), released=released, knowledge=knowledge)
    return json.dumps(everything(found), ensure_ascii=False)


def cases(knowledge: Knowledge) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Whole examinations drawn from the findings of that version: sparse and full, half of them screened and calm."""
    chance = random.Random(knowledge.version)
    for number in range(DRAWN):
        findings = _drawn(knowledge, chance, calm=number % 2 == 0)
        patient = {"age": chance.choice([None, 15, 31, 62]), "running_type": chance.choice(["distance", "sprint"])}
        released = chance.sample(sorted(knowledge.red_flags), 3) if number % 3 == 0 else []
        yield {"patient": patient, "painful_side": SIDES[number % 3], "findings": findings}, released


def _drawn(knowledge: Knowledge, chance: random.Random, *, calm: bool) -> dict[str, Any]:
    density = chance.choice([0.3, 0.6, 0.95])
    flags = {key for flag in knowledge.red_flags.values() for rule in flag.rules for key in _keys(rule)}
    drawn: dict[str, Any] = {}
    for key, finding in knowledge.findings.items():
        if key == "age_years" or (chance.random() > density and not (calm and finding.mandatory)):
            continue
        sides = ("left", "right") if calm else chance.choice([("left",), ("right",), ("left", "right")])
        given = {}
        for side in sides if finding.sided else ("",):
            if finding.kind is AnswerKind.PRESENCE:
                given[side] = "absent" if calm and key in flags else chance.choice(["present", "absent"])
            elif finding.kind is AnswerKind.CHOICE:
                given[side] = chance.choice(finding.choices)
            else:
                low, high = finding.usual or (finding.lowest or 0, finding.highest or 0)
                given[side] = chance.randint(int(low), int(high))
        drawn[key] = given if finding.sided else given[""]
    return drawn


def _keys(rule: Any) -> Iterator[str]:
    for item in (*rule.all_of, *rule.any_of):
        yield from item.keys

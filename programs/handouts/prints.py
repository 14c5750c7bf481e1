"""The prints of a version as the program's page offers them: each kind, made or not, and on which paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language_info

from clinic.models import Clinic
from programs.models import Handout, ProgramVersion
from programs.presenters.issued import asks_again


@dataclass(frozen=True)
class PrintLine:
    """One print that was asked for, and whether its line looks again by itself."""

    handout: Handout
    asks_again: bool


@dataclass(frozen=True)
class Offer:
    """What may be asked for: the kinds by name, the paper the clinic uses first, the language the version is in."""

    kinds: Sequence[tuple[str, str]]
    papers: Sequence[str]
    language: str


def print_lines(version: ProgramVersion, papers: Sequence[Handout], now: datetime) -> list[PrintLine]:
    """In the order fridge, full, large. No query: `papers` came with the version."""
    order = list(Handout.Kind.values)
    for handout in papers:
        handout.version = version
    return [
        PrintLine(each, asks_again(each, now))
        for each in sorted(papers, key=lambda each: (order.index(each.kind), each.paper))
    ]


def offer(version: ProgramVersion, clinic: Clinic) -> Offer:
    papers = sorted(("A4", "Letter"), key=lambda each: each != clinic.paper)
    code = version.content["language"]
    return Offer(Handout.Kind.choices, papers, str(get_language_info(code)["name_translated"]))

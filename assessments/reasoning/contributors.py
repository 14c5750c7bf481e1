"""What may have led to the pain. It selects and orders exercises and never touches the order of the hypotheses."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from clinic.vocabulary.provenance import Reviewed, Source, Standing
from clinic.vocabulary.runners import RunningType
from clinic.vocabulary.sides import PainfulSide, Side

from .conditions import Atom, Facts, condition
from .entries import Entry, KnowledgeFiles
from .finding_set import FindingSet
from .findings import Finding


@dataclass(frozen=True, slots=True)
class View:
    """What one source says about a contributor. Where sources disagree all of them are shown."""

    says: str
    source: Source


@dataclass(frozen=True, slots=True)
class Contributor:
    """A contributor. `side` is where one view expects it, seen from the painful side: same, opposite or any; sprinters
    may differ. The expectation is expert opinion and filters nothing: what was found is shown on the side it was found.
    """

    key: str
    title: str
    when: tuple[Atom, ...]
    side: str
    side_sprint: str
    side_standing: Standing | None
    content: tuple[str, ...]
    views: tuple[View, ...]
    source: Source
    reviewed: Reviewed


@dataclass(frozen=True, slots=True)
class FoundContributor:
    """A contributor that was found: by which findings, on which sides, and whether that is where a view expects it."""

    contributor: Contributor
    keys: tuple[str, ...]
    sides: tuple[Side, ...]
    as_expected: bool | None


SIDES = ("any", "same", "opposite")


def _views(files: KnowledgeFiles, entry: Entry) -> tuple[View, ...]:
    views = []
    for item in entry.tables("views"):
        views.append(View(item.text("says"), files.source(item)))
        item.finish()
    if not views:
        raise entry.fail("views", "at least one source must speak")
    return tuple(views)


def load_contributors(files: KnowledgeFiles, known: Mapping[str, Finding]) -> Mapping[str, Contributor]:
    """All contributors by key."""
    contributors: dict[str, Contributor] = {}
    for entry in files.entries("contributors.toml", "contributors"):
        side = entry.choice("side", SIDES)
        standing = entry.choice("side_standing", tuple(item.value for item in Standing), "") if side != "any" else ""
        contributors[entry.name] = Contributor(
            key=entry.name,
            title=entry.text("title"),
            when=tuple(
                atom
                for text in entry.texts("when", optional=False)
                for atom in condition(entry, "when", text, known).atoms
            ),
            side=side,
            side_sprint=entry.choice("side_sprint", SIDES, side),
            side_standing=Standing(standing) if standing else None,
            content=entry.texts("content", optional=False),
            views=_views(files, entry),
            source=files.source(entry),
            reviewed=files.reviewed(entry),
        )
        entry.finish()
    return MappingProxyType(contributors)


def _as_expected(
    contributor: Contributor, sides: tuple[Side, ...], painful: PainfulSide, running: RunningType | None
) -> bool | None:
    if running is None and contributor.side != contributor.side_sprint:
        return None
    expected = contributor.side_sprint if running is RunningType.SPRINT else contributor.side
    if expected == "any" or not sides or painful is PainfulSide.BOTH:
        return None
    return any(side in (painful.sides if expected == "same" else painful.sound_sides) for side in sides)


def found_contributors(
    findings: FindingSet,
    painful: PainfulSide,
    running: RunningType | None,
    contributors: Mapping[str, Contributor],
) -> tuple[FoundContributor, ...]:
    """Every contributor found on either side."""
    facts = Facts(findings, None)
    found = []
    for contributor in contributors.values():
        true = [(atom.key, atom.sides_where_true(facts)) for atom in contributor.when if atom.holds(facts)]
        if true:
            sides = tuple(side for side in Side if any(side in on for _, on in true))
            keys = tuple(dict.fromkeys(key for key, _ in true))
            expected = _as_expected(contributor, sides, painful, running)
            found.append(FoundContributor(contributor, keys, sides, expected))
    return tuple(found)

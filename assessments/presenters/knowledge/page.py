"""The entries of one version, narrowed down and grouped."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from urllib.parse import urlencode

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.presenters.knowledge.changes import Change, changes
from assessments.presenters.knowledge.entry import KINDS, Entry, Kind
from assessments.presenters.knowledge.findings import contributors, findings, flags
from assessments.presenters.knowledge.judging import criteria, outcomes, retest, weights
from assessments.reasoning import KNOWLEDGE_VERSION, RELEASES, of_version
from assessments.wording.evidence import HYPOTHESES, STANDINGS
from clinic.vocabulary.diagnoses import Hypothesis
from clinic.vocabulary.provenance import Standing

SOON_DAYS = 92
LONGEST_QUERY = 100
REVIEWS = {"overdue": lazy("Overdue"), "soon": lazy("Due within three months")}


@dataclass(frozen=True)
class Filters:
    """What the reader asked for. Anything unknown in an address is as if it had not been asked."""

    query: str = ""
    kind: str = ""
    cause: str = ""
    standing: str = ""
    review: str = ""
    version: str = KNOWLEDGE_VERSION
    since: str = ""

    @classmethod
    def of(cls, given: dict[str, str]) -> "Filters":
        """From an address."""
        kept = [KNOWLEDGE_VERSION, *(release.version for release in RELEASES)]
        version = _one_of(given.get("version", ""), kept) or KNOWLEDGE_VERSION
        since = _one_of(given.get("since", ""), kept)
        return cls(
            query=given.get("q", "").strip()[:LONGEST_QUERY],
            kind=_one_of(given.get("kind", ""), list(Kind)),
            cause=_one_of(given.get("cause", ""), list(Hypothesis)),
            standing=_one_of(given.get("standing", ""), list(Standing)),
            review=_one_of(given.get("review", ""), list(REVIEWS)),
            version=version,
            since=since if since != version else "",
        )

    @property
    def is_narrow(self) -> bool:
        """Whether anything was asked for that leaves entries out."""
        return bool(self.query or self.kind or self.cause or self.standing or self.review)

    def address(self, **other: str) -> str:
        """The query of an address with these filters, some of them otherwise."""
        asked = {
            "q": self.query,
            "kind": self.kind,
            "cause": self.cause,
            "standing": self.standing,
            "review": self.review,
            "version": "" if self.version == KNOWLEDGE_VERSION else self.version,
            "since": self.since,
        }
        return "?" + urlencode({name: value for name, value in (asked | other).items() if value})

    def fits(self, entry: Entry, today: date, *, any_kind: bool = False) -> bool:
        """Whether an entry holds every word and is of everything asked for."""
        return (
            (any_kind or self.kind in ("", entry.kind))
            and (not self.cause or Hypothesis(self.cause) in entry.hypotheses)
            and (not self.standing or Standing(self.standing) in entry.standings)
            and (not self.review or _due(entry, self.review, today))
            and all(word in entry.searched for word in self.query.casefold().split())
        )


def _one_of(value: str, allowed: list[str]) -> str:
    return value if value in allowed else ""


def _due(entry: Entry, review: str, today: date) -> bool:
    return entry.review_due < today + (timedelta() if review == "overdue" else timedelta(days=SOON_DAYS))


@dataclass(frozen=True)
class Group:
    """Entries under one heading."""

    id: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Tab:
    """One kind with how many entries are found in it, as a link."""

    title: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class Option:
    """One choice of a menu."""

    value: str
    words: str


@dataclass(frozen=True)
class KnowledgePage:
    """`says` is what the version brought, `changes` what is otherwise than in `since`; None where nobody compares.

    `author` wrote most of it; an entry by somebody else says so itself.
    """

    filters: Filters
    is_todays: bool
    is_released: bool
    says: str
    groups: tuple[Group, ...]
    tabs: tuple[Tab, ...]
    found: int
    total: int
    overdue: int
    author: str
    changes: tuple[Change, ...] | None
    causes: tuple[Option, ...]
    standings: tuple[Option, ...]
    reviews: tuple[Option, ...]
    versions: tuple[Option, ...]


def everything(version: str) -> tuple[Entry, ...]:
    """Every entry of a version, in the order of the page. Built once for each version and language."""
    return _everything(version, get_language() or "")


@lru_cache(maxsize=16)
def _everything(version: str, language: str) -> tuple[Entry, ...]:  # noqa: ARG001 - the language is part of the key
    known = of_version(version)
    parts = (flags, criteria, findings, weights, contributors, outcomes, retest)
    return tuple(entry for part in parts for entry in part(known))


def knowledge_page(filters: Filters, today: date) -> KnowledgePage:
    """The page. Needs no database; some milliseconds once a version was built."""
    entries = everything(filters.version)
    wide = [entry for entry in entries if filters.fits(entry, today, any_kind=True)]
    narrow = [entry for entry in wide if filters.kind in ("", entry.kind)]
    release = next((item for item in RELEASES if item.version == filters.version), None)
    return KnowledgePage(
        filters=filters,
        is_todays=filters.version == KNOWLEDGE_VERSION,
        is_released=release is not None,
        says=release.says if release else "",
        groups=tuple(
            Group(f"group-{number}", title, tuple(group))
            for number, (title, group) in enumerate(groupby(narrow, key=lambda entry: entry.group))
        ),
        tabs=tuple(_tabs(filters, wide)),
        found=len(narrow),
        total=len(entries),
        overdue=sum(_due(entry, "overdue", today) for entry in entries),
        author=Counter(entry.author for entry in entries).most_common(1)[0][0],
        changes=tuple(changes(everything(filters.since), entries)) if filters.since else None,
        causes=tuple(Option(key.value, str(words)) for key, words in HYPOTHESES.items()),
        standings=tuple(Option(key.value, str(words).capitalize()) for key, words in STANDINGS.items()),
        reviews=tuple(Option(key, str(words)) for key, words in REVIEWS.items()),
        versions=tuple(_versions()),
    )


def _tabs(filters: Filters, wide: list[Entry]) -> list[Tab]:
    tabs = [Tab(_("Everything"), len(wide), filters.address(kind=""), not filters.kind)]
    for kind, words in KINDS.items():
        count = sum(entry.kind is kind for entry in wide)
        tabs.append(Tab(str(words), count, filters.address(kind=kind.value), filters.kind == kind.value))
    return [tab for tab in tabs if tab.count or tab.is_chosen]


def _versions() -> list[Option]:
    kept = [Option(item.version, f"{item.version}") for item in reversed(RELEASES)]
    if KNOWLEDGE_VERSION in {option.value for option in kept}:
        return kept
    return [Option(KNOWLEDGE_VERSION, _("%(version)s, not released yet") % {"version": KNOWLEDGE_VERSION}), *kept]

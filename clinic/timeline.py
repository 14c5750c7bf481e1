"""What the apps to the right tell a patient's record: this app may not import them, so they register here.

From `AppConfig.ready()`, once each:

    timeline.register(source)          everything that happened, and for each episode its state and the next steps
    timeline.register_search(source)   hits for the search of the top bar
    timeline.name_pages({...})         words for view names, as the audit of readings shows them

A source runs inside the clinic's scope. The record calls each source once, so an app can answer entries, states and next
steps from the same rows; the record page may cost thirteen queries in all and spends eight itself.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from uuid import UUID

from clinic.permissions import Permission

Can = Callable[[Permission], bool]


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened. `tone` is for, caution, stop or quiet; `whole_day`: the hour of `at` only sorts."""

    at: datetime
    title: str
    detail: str = ""
    url: str = ""
    kind: str = ""
    tone: str = "quiet"
    whole_day: bool = False


@dataclass(frozen=True)
class Step:
    """Something that can be done next in an episode: a link, or with `post` a button that posts to `url`."""

    text: str
    url: str
    main: bool = False
    post: bool = False


@dataclass(frozen=True)
class EpisodeNews:
    """An episode as another app knows it: short states ("Stage 2, issued 20 Nov"), and what can be done next."""

    states: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Story:
    """What one app knows about one patient; `episodes` by the episode's id."""

    entries: tuple[TimelineEntry, ...] = ()
    episodes: Mapping[UUID, EpisodeNews] = field(default_factory=dict)


@dataclass(frozen=True)
class SearchHit:
    title: str
    url: str
    detail: str = ""


Source = Callable[[UUID, UUID, Can], Story]
SearchSource = Callable[[UUID, str], Iterable[SearchHit]]

_sources: list[Source] = []
_search_sources: dict[str, SearchSource] = {}
_page_names: dict[str, str] = {}


def register(source: Source) -> None:
    """`source(clinic_id, patient_id, can)` answers a Story; `can(Permission.X)` says what the reader of the page may do."""
    if source not in _sources:
        _sources.append(source)


def register_search(heading: str, source: SearchSource) -> None:
    """`source(clinic_id, text)` answers the few best hits, shown under `heading` (lazy text). At most three queries."""
    _search_sources[heading] = source


def name_pages(names: Mapping[str, str]) -> None:
    """Words (lazy) for view names: {"assessments:intake": _("the intake")} reads "opened the intake" in the audit."""
    _page_names.update(names)


def stories(clinic_id: UUID, patient_id: UUID, can: Can) -> list[Story]:
    return [source(clinic_id, patient_id, can) for source in _sources]


def entries(told: Iterable[Story], *own: TimelineEntry) -> list[TimelineEntry]:
    """All entries together, newest first."""
    return sorted(chain(own, *(story.entries for story in told)), key=lambda entry: entry.at, reverse=True)


def news_of(episode_id: UUID, told: Iterable[Story]) -> EpisodeNews:
    """States and steps of one episode, in the order the apps registered."""
    found = [story.episodes[episode_id] for story in told if episode_id in story.episodes]
    return EpisodeNews(
        states=tuple(chain.from_iterable(news.states for news in found)),
        steps=tuple(chain.from_iterable(news.steps for news in found)),
    )


def search(clinic_id: UUID, text: str) -> list[tuple[str, list[SearchHit]]]:
    """Hits of every registered source that has any, by heading."""
    found = ((heading, list(source(clinic_id, text))) for heading, source in _search_sources.items())
    return [(heading, hits) for heading, hits in found if hits]


def page_name(view_name: str) -> str:
    return str(_page_names.get(view_name, view_name))

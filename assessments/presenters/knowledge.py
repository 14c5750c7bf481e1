"""The whole knowledge as one searchable page: red flags, criteria, findings, contributors, each with its source."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.answers import FROM_THE_RECORD
from assessments.reasoning import CONTRIBUTORS, CRITERIA, FINDINGS, KNOWLEDGE_VERSION, RED_FLAGS, SECTIONS
from assessments.wording.evidence import HYPOTHESES, Cited, cited, evidence_of
from assessments.wording.flags import TIERS
from assessments.wording.labels import label_of
from clinic.vocabulary.provenance import Reviewed, Source


@dataclass(frozen=True)
class Entry:
    """One piece of knowledge, with where it comes from and when it must be read again."""

    id: str
    title: str
    text: str
    lines: tuple[str, ...]
    sources: tuple[Cited, ...]
    reviewed_on: date
    review_due: date
    tag: str = ""

    @property
    def searched(self) -> str:
        sources = " ".join(source.citation for source in self.sources)
        return " ".join((self.id, self.title, self.text, *self.lines, sources, self.tag)).casefold()


@dataclass(frozen=True)
class Group:
    """Entries under one heading."""

    id: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class KnowledgePage:
    version: str
    groups: tuple[Group, ...]
    found: int
    total: int


def knowledge_page(query: str) -> KnowledgePage:
    """All entries, or those that hold every word of the query."""
    words = query.casefold().split()
    everything = _groups(get_language() or "")
    groups = [
        Group(group.id, group.title, tuple(e for e in group.entries if all(word in e.searched for word in words)))
        for group in everything
    ]
    return KnowledgePage(
        version=KNOWLEDGE_VERSION,
        groups=tuple(group for group in groups if group.entries),
        found=sum(len(group.entries) for group in groups),
        total=sum(len(group.entries) for group in everything),
    )


def _entry(
    id_: str,
    title: str,
    text: str,
    *,
    lines: tuple[str, ...],
    sources: tuple[Source, ...],
    seen: Reviewed,
    tag: str = "",
) -> Entry:
    known = tuple(dict.fromkeys(cited(source) for source in sources))
    return Entry(id_, title, text, lines, known, seen.reviewed_on, seen.review_due, tag)


@lru_cache(maxsize=8)
def _groups(language: str) -> tuple[Group, ...]:  # noqa: ARG001 - the language is part of the cache key
    return (
        Group("flags", _("Red flags"), tuple(_flags())),
        Group("criteria", _("Criteria"), tuple(_criteria())),
        *(Group(section.key, section.title, tuple(_findings(section.key))) for section in SECTIONS),
        Group("leads", _("What may have led to the pain"), tuple(_contributors())),
    )


def _flags() -> list[Entry]:
    entries = []
    for flag in RED_FLAGS.values():
        tiers = dict.fromkeys(str(TIERS[rule.tier]) for rule in flag.rules)
        notes = dict.fromkeys(rule.note for rule in flag.rules if rule.note)
        lines = (*tiers, *notes, *((flag.cannot_fire,) if flag.cannot_fire else ()))
        entries.append(
            _entry(
                flag.id,
                flag.title,
                flag.action,
                lines=lines,
                sources=(flag.source,),
                seen=flag.reviewed,
                tag=flag.id,
            )
        )
    return entries


def _criteria() -> list[Entry]:
    entries = []
    for hypothesis, criterion in CRITERIA.items():
        lines = tuple(
            f"{part.label}: {', '.join(label_of(key) for key in part.keys)}" for part in criterion.parts.values()
        )
        name = str(HYPOTHESES[hypothesis])
        entries.append(
            _entry(
                f"criterion-{hypothesis.value}",
                name,
                criterion.rule,
                lines=lines,
                sources=(criterion.source,),
                seen=criterion.reviewed,
            )
        )
    return entries


def _findings(section: str) -> list[Entry]:
    entries = []
    for finding in FINDINGS.values():
        if finding.section != section or finding.key in FROM_THE_RECORD:
            continue
        evidence = evidence_of(finding)
        lines = (*evidence.speaks, *(line for line, _source in evidence.accuracy))
        sources = (finding.source, *(item.source for item in finding.accuracy))
        entries.append(
            _entry(
                finding.key,
                label_of(finding.key),
                finding.how,
                lines=lines,
                sources=sources,
                seen=finding.reviewed,
            )
        )
    return entries


def _contributors() -> list[Entry]:
    return [
        _entry(
            item.key,
            item.title,
            _("Leads to exercises; never changes the order of the hypotheses."),
            lines=tuple(view.says for view in item.views),
            sources=(item.source, *(view.source for view in item.views)),
            seen=item.reviewed,
        )
        for item in CONTRIBUTORS.values()
    ]

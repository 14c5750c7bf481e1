"""One piece of knowledge as the page shows it, whatever kind it is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as lazy

from assessments.reasoning import Finding, Knowledge
from assessments.wording.evidence import Cited, cited
from clinic.vocabulary.diagnoses import Hypothesis
from clinic.vocabulary.provenance import Reviewed, Source, Standing


class Kind(StrEnum):
    """What an entry is."""

    FLAG = "flag"
    CRITERION = "criterion"
    FINDING = "finding"
    WEIGHT = "weight"
    CONTRIBUTOR = "contributor"
    OUTCOME = "outcome"
    RETEST = "retest"


KINDS = {
    Kind.FLAG: lazy("Red flags"),
    Kind.CRITERION: lazy("Criteria"),
    Kind.FINDING: lazy("Findings"),
    Kind.WEIGHT: lazy("Weights"),
    Kind.CONTRIBUTOR: lazy("Contributors"),
    Kind.OUTCOME: lazy("Outcome measures"),
    Kind.RETEST: lazy("Retest"),
}


@dataclass(frozen=True)
class Entry:
    """`id` is its anchor and stays the same from version to version. `lines` say the rest, one thing each."""

    id: str
    kind: Kind
    group: str
    title: str
    text: str
    lines: tuple[str, ...]
    sources: tuple[Cited, ...]
    standings: frozenset[Standing]
    hypotheses: frozenset[Hypothesis]
    author: str
    reviewed_on: date
    review_due: date
    tag: str = ""

    @property
    def searched(self) -> str:
        """Every word of it, folded for searching."""
        sources = " ".join(f"{source.citation} {source.standing}" for source in self.sources)
        return " ".join((self.id, self.title, self.text, *self.lines, sources, self.tag, self.author)).casefold()


def entry(
    kind: Kind,
    key: str,
    title: str,
    text: str,
    *,
    group: str,
    lines: tuple[str, ...] = (),
    sources: tuple[Source, ...],
    seen: Reviewed,
    hypotheses: frozenset[Hypothesis] = frozenset(),
    tag: str = "",
) -> Entry:
    """An entry with its sources in words, each once."""
    return Entry(
        id=f"{kind.value}-{key}",
        kind=kind,
        group=group,
        title=title,
        text=text,
        lines=lines,
        sources=tuple(dict.fromkeys(map(cited, sources))),
        standings=frozenset(source.standing for source in sources),
        hypotheses=hypotheses,
        author=seen.author,
        reviewed_on=seen.reviewed_on,
        review_due=seen.review_due,
        tag=tag,
    )


def label_in(knowledge: Knowledge, key: str) -> str:
    """A finding's label in that version; one that continues the row above gets its beginning."""
    finding = knowledge.findings.get(key)
    return key if finding is None else _whole(finding, knowledge)


def _whole(finding: Finding, knowledge: Knowledge) -> str:
    if finding.label.startswith("...") and finding.needs:
        return f"{knowledge.findings[finding.needs].label} … {finding.label.removeprefix('...').strip()}"
    return finding.label


def listed(knowledge: Knowledge, keys: tuple[str, ...]) -> str:
    """Labels in one line; several may end in a question mark, so a semicolon stands between."""
    return "; ".join(label_in(knowledge, key) for key in keys)

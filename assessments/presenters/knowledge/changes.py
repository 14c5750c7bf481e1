"""What changed from one version of the knowledge to another, entry by entry, in the words of the page."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.presenters.knowledge.entry import Entry


@dataclass(frozen=True)
class Change:
    """One entry that is new, gone or changed. `gone` and `come` are what no longer stands there and what does instead."""

    entry: Entry
    what: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


def changes(before: tuple[Entry, ...], after: tuple[Entry, ...]) -> Iterator[Change]:
    """New and changed entries in their order, then those that are gone."""
    old, new = ({entry.id: entry for entry in entries} for entries in (before, after))
    for entry in after:
        was = old.get(entry.id)
        if was is None:
            yield Change(entry, _("New"), (), _said(entry)[1:2])
        elif was != entry:
            then, now = _said(was), _said(entry)
            gone, come = (
                tuple(line for line in then if line not in now),
                tuple(line for line in now if line not in then),
            )
            yield Change(entry, _("Changed"), gone, come)
    for entry in before:
        if entry.id not in new:
            yield Change(entry, _("Gone"), _said(entry)[1:2], ())


def _said(entry: Entry) -> tuple[str, ...]:
    """Everything it says, title first and text second, as lines that can be compared."""
    review = _("Reviewed %(day)s, next review by %(due)s") % {"day": entry.reviewed_on, "due": entry.review_due}
    sources = (f"{source.citation} ({source.standing})" for source in entry.sources)
    return (entry.title, entry.text, *entry.lines, *sources, entry.author, review)

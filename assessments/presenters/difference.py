"""What one version of an assessment changed against the one before it, so that it can be read without comparing by eye."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.answers import Place
from assessments.chart import area_words, areas_of
from assessments.models import Answer, Assessment, Conclusion, OutcomeScore, PainArea
from assessments.reasoning import FINDINGS, SECTIONS
from assessments.reasoning.body_chart import Area
from assessments.wording.labels import SIDES, label_of, value_words

NONE = "–"
KINDS = {"added": lazy("added"), "removed": lazy("removed"), "changed": lazy("changed")}
TEXTS = ("wording", "unexamined_reason", "unscreened_reason")


@dataclass(frozen=True)
class Change:
    """One thing before and after. `kind` is added, removed or changed, and `kind_words` says so."""

    label: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        if self.before == NONE:
            return "added"
        return "removed" if self.after == NONE else "changed"

    @property
    def kind_words(self) -> str:
        return str(KINDS[self.kind])


@dataclass(frozen=True)
class Group:
    """Changes that belong together: a section of the intake, the body chart, what the screen showed."""

    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Piece:
    """Some words of a text that were kept (""), removed ("del") or added ("ins")."""

    kind: str
    words: str


@dataclass(frozen=True)
class TextChange:
    """A free text, word by word."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Difference:
    """Everything that changed; empty groups and texts are left out."""

    conclusion: Group
    texts: tuple[TextChange, ...]
    findings: tuple[Group, ...]
    others: tuple[Group, ...]
    shown: Group

    @property
    def groups(self) -> tuple[Group, ...]:
        """Everything that changed in words, in the order of the record; at the end what the screen made of it."""
        return tuple(group for group in (self.conclusion, *self.findings, *self.others, self.shown) if group.changes)

    @property
    def number(self) -> int:
        """How many things were changed by a person; what the screen then showed follows from them."""
        groups = (self.conclusion, *self.findings, *self.others)
        return sum(len(group.changes) for group in groups) + len(self.texts)


@dataclass(frozen=True)
class Version:
    """One version in words: every answer, painful area and score by its label; the conclusion; the frozen panel."""

    answers: Mapping[Place, str]
    areas: Mapping[str, str]
    scores: Mapping[str, str]
    conclusion: Conclusion | None
    panel: Mapping[str, Any]
    knowledge: str


def version_of(assessment: Assessment, *, panel: Mapping[str, Any] | None = None) -> Version:
    """A version as it stands. `panel` is what the screen shows now, for a draft. Three queries, four at most."""
    own = {"clinic_id": assessment.clinic_id, "assessment": assessment}
    shown = panel if panel is not None else (assessment.shown or {}).get("panel", {})
    scores = OutcomeScore.objects.filter(**own).select_related("activity")
    return Version(
        answers={
            (row.key, row.side): row.value
            for row in Answer.objects.filter(**own, carried_from=None)
            if row.value != "not_assessed"
        },
        areas=dict(_area(area) for area in areas_of(PainArea.objects.filter(**own))),
        scores=dict(_score(score) for score in scores.order_by("-measure", "activity__number")),
        conclusion=getattr(assessment, "conclusion", None),
        panel=shown,
        knowledge=assessment.knowledge_version or str(shown.get("knowledge_version", "")),
    )


def difference_of(before: Version, after: Version) -> Difference:
    titles = {section.key: section.title for section in SECTIONS}
    found: dict[str, list[Change]] = {title: [] for title in [*titles.values(), _("Asked then, no longer")]}
    for place in _in_order(before.answers.keys() | after.answers.keys()):
        was, now = _said(place, before.answers), _said(place, after.answers)
        if was != now:
            finding = FINDINGS.get(place[0])
            title = titles[finding.section] if finding else _("Asked then, no longer")
            found[title].append(Change(_label(place), was, now))
    others = (
        Group(_("Body chart"), _between(before.areas, after.areas)),
        Group(_("Measures in the runner's words"), _between(before.scores, after.scores)),
    )
    return Difference(
        conclusion=Group(_("Conclusion"), tuple(_conclusion(before.conclusion, after.conclusion))),
        texts=tuple(_texts(before.conclusion, after.conclusion)),
        findings=tuple(Group(title, tuple(changes)) for title, changes in found.items() if changes),
        others=tuple(group for group in others if group.changes),
        shown=Group(_("What the screen showed"), _between(_shown(before), _shown(after))),
    )


def words_between(before: str, after: str) -> tuple[Piece, ...]:
    """One text against the other, word by word; what was removed stands before what was added in its place."""
    was, now = re.findall(r"\s*\S+", before), re.findall(r"\s*\S+", after)
    pieces: list[Piece] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("", "".join(was[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece("del", "".join(was[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("ins", "".join(now[j1:j2])))
    return tuple(pieces)


def _in_order(places: Iterable[Place]) -> list[Place]:
    order = {key: number for number, key in enumerate(FINDINGS)}
    return sorted(places, key=lambda place: (order.get(place[0], len(order)), place[0], place[1]))


def _said(place: Place, answers: Mapping[Place, str]) -> str:
    value, finding = answers.get(place, ""), FINDINGS.get(place[0])
    return (value_words(finding, value) if finding else value) if value else NONE


def _label(place: Place) -> str:
    key, side = place
    return f"{label_of(key)}, {SIDES[side]}" if side else label_of(key)


def _area(area: Area) -> tuple[str, str]:
    """The region, and what was said of it; "pain, quality not said" where nothing was."""
    region, _colon, said = area_words(area).partition(": ")
    return region, said


def _score(score: OutcomeScore) -> tuple[str, str]:
    if score.activity is None:
        return str(OutcomeScore.Measure(score.measure).label), f"{score.value:+d}"
    return f"“{score.activity.words}”", _("%(value)s of 10") % {"value": score.value}


def _between(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Change, ...]:
    labels = dict.fromkeys([*before, *after])
    changes = (Change(label, before.get(label) or NONE, after.get(label) or NONE) for label in labels)
    return tuple(change for change in changes if change.before != change.after)


def _conclusion(before: Conclusion | None, after: Conclusion | None) -> Iterable[Change]:
    for name in ("diagnosis", "side", "stage", "irritability", "severity"):
        was, now = _field(before, name), _field(after, name)
        if was != now:
            yield Change(str(getattr(Conclusion, name).field.verbose_name), was, now)


def _field(conclusion: Conclusion | None, name: str) -> str:
    if conclusion is None:
        return NONE
    value = conclusion.stage if name == "stage" else getattr(conclusion, f"get_{name}_display")()
    return str(value or NONE)


def _texts(before: Conclusion | None, after: Conclusion | None) -> Iterable[TextChange]:
    for name in TEXTS:
        was, now = (str(getattr(item, name, "")).replace("\r\n", "\n").strip() for item in (before, after))
        if was != now:
            yield TextChange(str(getattr(Conclusion, name).field.verbose_name), words_between(was, now))


def _shown(version: Version) -> dict[str, str]:
    """Picture, order and the state of every hypothesis as the panel put them; the knowledge they rest on."""
    panel = version.panel
    cards = panel.get("cards", ())
    ranked = [card.get("name", "") for card in cards] if panel.get("ranking_shown") else []
    flags = [str(flag.get("title", "")) for flag in panel.get("flags", ())]
    lines = {
        _("Picture"): str(panel.get("headline", "")),
        _("Red flags"): "; ".join(flags),
        _("Order"): " › ".join(ranked) or (_("not shown") if panel else ""),
    }
    for card in sorted(cards, key=lambda card: str(card.get("name", ""))):
        lines[str(card.get("name", ""))] = ", ".join(
            str(part) for part in (card.get("state_words"), str(card.get("word", "")).lower()) if part
        )
    return lines | {_("Knowledge"): version.knowledge}

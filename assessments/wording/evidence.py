"""Where a piece of knowledge comes from and how far it can be trusted, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.answers import CHOICE_WORDS
from assessments.reasoning import Accuracy, Criterion, Finding
from clinic.vocabulary.diagnoses import Hypothesis
from clinic.vocabulary.provenance import Source, Standing

HYPOTHESES = {
    Hypothesis.HAMSTRING_STRAIN: lazy("Hamstring strain"),
    Hypothesis.PHT: lazy("Proximal hamstring tendinopathy"),
    Hypothesis.SIJ: lazy("Referred sacroiliac pain"),
    Hypothesis.NERVE: lazy("Sciatic nerve tension"),
}
STANDINGS = {
    Standing.VERIFIED: lazy("read in the source"),
    Standing.VERIFIED_SECONDARY: lazy("read in a text that quotes it"),
    Standing.DERIVED: lazy("calculated from published numbers"),
    Standing.RECALLED: lazy("from memory of the literature, to be checked"),
    Standing.EXPERT_OPINION: lazy("expert opinion, no study behind it"),
    Standing.PROPOSED: lazy("our own proposal, no study behind it"),
}
ANSWERS = {"present": lazy("Present"), "absent": lazy("Absent")} | CHOICE_WORDS


@dataclass(frozen=True)
class Cited:
    """A source with its standing, and an address when one is known."""

    citation: str
    standing: str
    link: str


@dataclass(frozen=True)
class Study:
    """One published accuracy: for what, what was measured, the figures as published, and where from."""

    target: str
    measured: str
    figures: str
    source: Cited


@dataclass(frozen=True)
class Evidence:
    """What stands behind a finding."""

    source: Cited
    speaks: tuple[str, ...]
    accuracy: tuple[tuple[str, Cited], ...]
    reviewed_on: date
    review_due: date
    author: str
    studies: tuple[Study, ...] = ()


def cited(source: Source) -> Cited:
    link = source.address or (f"https://doi.org/{source.doi}" if source.doi else "")
    return Cited(source.citation, str(STANDINGS[source.standing]), link)


def names_of(hypotheses: frozenset[Hypothesis]) -> str:
    return ", ".join(str(HYPOTHESES[item]).lower() for item in Hypothesis if item in hypotheses)


def _speaks(finding: Finding) -> tuple[str, ...]:
    lines = []
    for answer, leaning in finding.leanings.items():
        parts = []
        if leaning.speaks_for:
            parts.append(_("for %(names)s") % {"names": names_of(leaning.speaks_for)})
        if leaning.speaks_against:
            parts.append(_("against %(names)s") % {"names": names_of(leaning.speaks_against)})
        if parts:
            lines.append(
                _("%(answer)s speaks %(what)s") % {"answer": ANSWERS.get(answer, answer), "what": "; ".join(parts)}
            )
    return tuple(lines)


def _figures(item: Accuracy) -> str:
    numbers = [
        (_("sensitivity"), item.sensitivity),
        (_("specificity"), item.specificity),
        ("LR+", item.lr_positive),
        ("LR−", item.lr_negative),
    ]
    return ", ".join(f"{name} {value:g}" for name, value in numbers if value is not None)


def _study(item: Accuracy) -> Study:
    figures = _figures(item)
    if item.ratios.standing is not item.source.standing and (item.lr_positive or item.lr_negative):
        figures = _("%(figures)s (ratios: %(standing)s)") % {
            "figures": figures,
            "standing": STANDINGS[item.ratios.standing],
        }
    return Study(str(HYPOTHESES[item.target]), item.what, figures, cited(item.source))


def _accuracy(accuracy: Iterable[Accuracy]) -> tuple[tuple[str, Cited], ...]:
    return tuple(
        (f"{item.what}: {figures}" if (figures := _figures(item)) else item.what, cited(item.source))
        for item in accuracy
    )


def evidence_of(finding: Finding) -> Evidence:
    return _evidence(finding, _speaks(finding))


def evidence_of_rule(criterion: Criterion) -> Evidence:
    """What stands behind the criteria of a hypothesis."""
    return _evidence(criterion, ())


def _evidence(entry: Finding | Criterion, speaks: tuple[str, ...]) -> Evidence:
    return Evidence(
        source=cited(entry.source),
        speaks=speaks,
        accuracy=_accuracy(entry.accuracy),
        reviewed_on=entry.reviewed.reviewed_on,
        review_due=entry.reviewed.review_due,
        author=entry.reviewed.author,
        studies=tuple(map(_study, entry.accuracy)),
    )

"""One finding's evidence as it is read beside the finding: short, in words, and every figure with where it comes from."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from assessments.reasoning import FINDINGS, Finding
from assessments.wording.evidence import HYPOTHESES, Cited, cited, evidence_of
from assessments.wording.labels import label_of


@dataclass(frozen=True)
class Figures:
    """One line of published accuracy. Every figure as it was published, "–" where none was."""

    target: str
    what: str
    sensitivity: str
    specificity: str
    lr_positive: str
    lr_negative: str
    source: Cited
    ratios: str


@dataclass(frozen=True)
class About:
    """Everything shown about one finding."""

    key: str
    label: str
    how: str
    speaks: tuple[str, ...]
    accuracy: tuple[Figures, ...]
    source: Cited
    reviewed_on: date
    review_due: date
    author: str


def about_of(key: str) -> About:
    finding = FINDINGS[key]
    evidence = evidence_of(finding)
    return About(
        key=key,
        label=label_of(key),
        how=finding.how,
        speaks=evidence.speaks,
        accuracy=_figures(finding),
        source=evidence.source,
        reviewed_on=evidence.reviewed_on,
        review_due=evidence.review_due,
        author=evidence.author,
    )


def _figures(finding: Finding) -> tuple[Figures, ...]:
    return tuple(
        Figures(
            target=str(HYPOTHESES[item.target]),
            what=item.what,
            sensitivity=_number(item.sensitivity),
            specificity=_number(item.specificity),
            lr_positive=_number(item.lr_positive),
            lr_negative=_number(item.lr_negative),
            source=cited(item.source),
            ratios=_ratios(cited(item.source), cited(item.ratios)),
        )
        for item in finding.accuracy
    )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def _ratios(source: Cited, ratios: Cited) -> str:
    """Only where the likelihood ratios stand on other ground than the rest of the line."""
    return (
        ""
        if ratios.standing == source.standing
        else _("Likelihood ratios: %(standing)s.") % {"standing": ratios.standing}
    )

"""One card per hypothesis: criteria as a checklist, support in a word, and the three lists. Cards stand in columns."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as lazy

from assessments.reasoning import Band, CriterionStatus, HypothesisView, Limit, PainfulView
from assessments.wording.criteria import MOST_NEEDED, STATES, Need, PartLine, criteria_words, parts_of
from assessments.wording.evidence import HYPOTHESES
from assessments.wording.labels import label_of, labels_of, said_of
from clinic.vocabulary.diagnoses import Hypothesis

__all__ = ["Card", "Column", "Line", "Need", "band_words", "card_of", "columns_of"]

BANDS = {
    Band.UNLIKELY: lazy("Unlikely"),
    Band.POSSIBLE: lazy("Possible"),
    Band.LIKELY: lazy("Likely"),
    Band.VERY_LIKELY: lazy("Very likely"),
}
AT_MOST = {Band.POSSIBLE: lazy("Possible at most"), Band.LIKELY: lazy("Likely at most")}
LIMITS = {
    Limit.ISCHIUM_NOT_EXAMINED: lazy("Held at possible until the sitting bone or a stretch test is examined."),
    Limit.FEW_PROVOCATION_TESTS: lazy("Held at possible until four provocation tests are done."),
    Limit.NO_DIFFERENTIATION: lazy("Not set aside before a nerve test with differentiation is done."),
}
COLUMNS = (
    ("hamstring", lazy("Hamstring"), (Hypothesis.HAMSTRING_STRAIN, Hypothesis.PHT)),
    ("joint", lazy("Sacroiliac joint"), (Hypothesis.SIJ,)),
    ("nerve", lazy("Nerve"), (Hypothesis.NERVE,)),
)
"""The three causes that look alike. The hamstring has two sub-types."""
RULE = "rule-"
"""Before a hypothesis: the evidence behind its criteria, beside that of the findings."""


@dataclass(frozen=True)
class Line:
    """One finding in a list; `is_new` until the next answer."""

    key: str
    words: str
    is_new: bool = False


@dataclass(frozen=True)
class Card:
    """One hypothesis in words. `level` is 1 to 4 segments of the meter, 0 while no order is shown.

    `keys_for` and `keys_against` name the findings behind `speaks_for` and `speaks_against`, in the same order; an
    assessment signed before they were kept has none. `new` marks those the last answer brought ("+key", "-key").
    """

    key: str
    name: str
    level: int
    word: str
    state: str
    state_words: str
    criteria: str
    rule: str
    needed: tuple[Need, ...]
    limit: str
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    not_assessed: tuple[str, ...]
    is_leading: bool
    rank: int = 0
    parts: tuple[PartLine, ...] = ()
    keys_for: tuple[str, ...] = ()
    keys_against: tuple[str, ...] = ()
    keys_not_assessed: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    @property
    def lines_for(self) -> tuple[Line, ...]:
        return self._lines("+", self.speaks_for, self.keys_for)

    @property
    def lines_against(self) -> tuple[Line, ...]:
        return self._lines("-", self.speaks_against, self.keys_against)

    @property
    def rule_key(self) -> str:
        """Where the evidence behind the criteria is found."""
        return f"{RULE}{self.key}"

    @property
    def open_findings(self) -> tuple[Need, ...]:
        """What was not assessed, to jump to."""
        keys = self.keys_not_assessed or ("",) * len(self.not_assessed)
        return tuple(Need(key, label) for key, label in zip(keys, self.not_assessed, strict=True))

    def _lines(self, sign: str, words: tuple[str, ...], keys: tuple[str, ...]) -> tuple[Line, ...]:
        keys = keys or ("",) * len(words)
        return tuple(Line(key, said, f"{sign}{key}" in self.new) for key, said in zip(keys, words, strict=True))


@dataclass(frozen=True)
class Column:
    """One of the three causes with its card, or its two."""

    key: str
    name: str
    cards: tuple[Card, ...]

    @property
    def is_leading(self) -> bool:
        return any(card.is_leading for card in self.cards)


def columns_of(cards: Iterable[Card]) -> tuple[Column, ...]:
    """The cards by cause. They come in their order, so the cause of the first card comes first."""
    cards = tuple(cards)
    place = {card.key: number for number, card in enumerate(cards)}
    columns = [
        Column(key, str(name), tuple(card for card in cards if card.key in {item.value for item in hypotheses}))
        for key, name, hypotheses in COLUMNS
    ]
    return tuple(sorted((column for column in columns if column.cards), key=lambda column: place[column.cards[0].key]))


def band_words(view: HypothesisView) -> str:
    """ "Likely", or "Possible at most" where a rule holds the support down."""
    if view.band is None:
        return ""
    held_down = view.limit in (Limit.ISCHIUM_NOT_EXAMINED, Limit.FEW_PROVOCATION_TESTS) or (
        view.limit is Limit.CRITERION and view.criterion.status is not CriterionStatus.MET
    )
    return str(AT_MOST[view.band] if held_down and view.band in AT_MOST else BANDS[view.band])


def card_of(view: HypothesisView, findings: PainfulView, *, is_leading: bool) -> Card:
    result = view.criterion
    return Card(
        key=view.hypothesis.value,
        name=str(HYPOTHESES[view.hypothesis]),
        level=0 if view.band is None else view.band.level + 1,
        word=band_words(view),
        state=result.status.value,
        state_words=str(STATES[result.status]),
        criteria=criteria_words(result),
        rule=result.criterion.rule,
        needed=tuple(Need(key, label_of(key)) for key in result.missing[:MOST_NEEDED]),
        limit=str(LIMITS[view.limit]) if view.limit in LIMITS else "",
        speaks_for=tuple(said_of(key, findings) for key in view.speaks_for),
        speaks_against=tuple(said_of(key, findings) for key in view.speaks_against),
        not_assessed=labels_of(view.not_assessed),
        is_leading=is_leading,
        rank=view.rank or 0,
        parts=parts_of(result, findings),
        keys_for=view.speaks_for,
        keys_against=view.speaks_against,
        keys_not_assessed=view.not_assessed,
    )

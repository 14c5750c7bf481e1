"""What a letter says: plain, frozen values. Composed from the record once, kept as JSON, printed and shown from here alone.

Two kinds of words never mix. Blocks come from the record; an `Own` block holds what the writer typed for this letter, and
paper, screen and text mark it as such.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Literal, TypeAlias, cast

from programs.handouts.sheet import plain

Paper = Literal["A4", "Letter"]
PAPERS: Final = ("A4", "Letter")
SCHEMA: Final = 1


class LetterError(ValueError):
    """A letter that must not be printed; the message says what is wrong in words staff can act on."""


@dataclass(frozen=True)
class Own:
    """A paragraph the writer typed for this letter. Line breaks are kept."""

    text: str


@dataclass(frozen=True)
class Sentence:
    """One line from the record: `lead` names it, `text` says it. `quoted`: somebody's own words in the record."""

    text: str
    lead: str = ""
    quoted: bool = False


@dataclass(frozen=True)
class Row:
    """One recorded finding: its answer, or its answers on both sides. `finding` is its key in the record."""

    finding: str
    label: str
    left: str = ""
    right: str = ""
    single: str = ""


@dataclass(frozen=True)
class Findings:
    """The recorded findings of one section of the examination; the heads of the columns say which side hurts."""

    title: str
    left: str
    right: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Grid:
    """A small table: its first column names each row, with what qualifies the name on a line of its own."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Facts:
    """Pairs of a name and a value."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Chart:
    """A course to draw, as plain values (programs.progress.chart.facts); `text` says the same in one sentence."""

    text: str
    course: Mapping[str, Any]


Block: TypeAlias = Own | Sentence | Findings | Grid | Facts | Chart
KINDS: Final = {kind.__name__.lower(): kind for kind in (Own, Sentence, Findings, Grid, Facts, Chart)}


@dataclass(frozen=True)
class Section:
    """A part of the letter under its own heading (`title` empty: none)."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Head:
    """The clinic as it stands at the top of the paper."""

    name: str
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Signature:
    """Who answers for the letter and who answers for the assessment under it; one line each."""

    name: str
    role: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LetterDocument:
    """A whole letter. `title` names its kind and never the patient; `subject` names the patient and never a finding."""

    language: str
    paper: Paper
    title: str
    head: Head
    recipient: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    subject: str
    running_head: str
    sections: tuple[Section, ...]
    signature: Signature
    small_print: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.paper not in PAPERS:
            raise LetterError(f"“{self.paper}” is not a paper we print on; use one of {', '.join(PAPERS)}.")

    def to_json(self) -> dict[str, Any]:
        """Plain values without control characters; `from_json` gives an equal document back."""
        content = _clean(asdict(self)) | {"schema": SCHEMA}
        for section, said in zip(content["sections"], self.sections, strict=True):
            for block, value in zip(section["blocks"], said.blocks, strict=True):
                block["block"] = type(value).__name__.lower()
        return cast("dict[str, Any]", content)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list | tuple) else value


def from_json(content: Mapping[str, Any]) -> LetterDocument:
    """The letter as it was issued. LetterError for a content of a schema this version does not know."""
    if content.get("schema") != SCHEMA:
        raise LetterError("This letter was issued by a version of the software that this one cannot print.")
    values = {field.name: content[field.name] for field in fields(LetterDocument)}
    return LetterDocument(
        **values
        | {
            "head": Head(**_frozen(values["head"])),
            "recipient": tuple(values["recipient"]),
            "facts": _pairs(values["facts"]),
            "sections": tuple(_section(one) for one in values["sections"]),
            "signature": Signature(**_frozen(values["signature"])),
            "small_print": tuple(values["small_print"]),
        }
    )


def _section(value: Mapping[str, Any]) -> Section:
    return Section(value["key"], value["title"], tuple(_block(one) for one in value["blocks"]))


def _block(value: Mapping[str, Any]) -> Block:
    given = dict(value)
    kind = KINDS[given.pop("block")]
    if kind is Findings:
        given["rows"] = tuple(Row(**row) for row in given["rows"])
    elif kind in (Grid, Facts):
        given["rows"] = _pairs(given["rows"])
    return cast("Block", kind(**_frozen(given)))


def _frozen(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(item) if isinstance(item, list) else item for key, item in value.items()}


def _pairs(rows: Any) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in rows)

"""The grid between the page and the sheet: names of its boxes, what was typed into them, and every cell as it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programs.presenters.words import side_tag
from programs.progress.grid import ANSWERS, BLANK, paper_pain
from programs.progress.sheet import Line, Sheet
from programs.progression.plan import PlannedSession

HIGHEST_PAIN = 10


@dataclass(frozen=True)
class Typed:
    """What stands in the boxes. `refused` are pains that are no number from 0 to 10, as they were typed."""

    given: dict[PlannedSession, str]
    pain: dict[date, int]
    refused: dict[date, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """One place of the grid. `kind`: open (a box), own (told by the runner), closed (not open), off (not planned)."""

    kind: str
    name: str = ""
    label: str = ""
    value: str = ""
    is_kept: bool = False
    row: int = 0
    column: int = 0


@dataclass(frozen=True)
class RowView:
    line: Line
    side: str
    time: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class DayHead:
    day: date
    is_open: bool
    is_today: bool
    ends_week: bool


@dataclass(frozen=True)
class SheetView:
    """Everything on the page; `focus` is the name of the box the cursor starts in."""

    heads: tuple[DayHead, ...]
    rows: tuple[RowView, ...]
    pains: tuple[Cell, ...]
    focus: str
    has_own: bool
    refused: tuple[tuple[date, str], ...]


def _name(row: int, column: int) -> str:
    return f"box-{row}-{column}"


def _pain_name(column: int) -> str:
    return f"pain-{column}"


def typed_before(sheet: Sheet) -> Typed:
    """What stands on the sheet from an earlier typing."""
    return Typed(
        given={session: sheet.held[session].status for session in sheet.sessions if session in sheet.held},
        pain=paper_pain(sheet.held),
    )


def read(data: Mapping[str, str], sheet: Sheet) -> Typed:
    """What was typed. Boxes that are not open, and answers nobody offers, are not read."""
    columns = {day: column for column, day in enumerate(sheet.days)}
    rows = {(line.line, line.occasion): row for row, line in enumerate(sheet.lines)}
    given = {}
    for session in sheet.sessions:
        said = data.get(_name(rows[session.line, session.number], columns[session.day]), BLANK)
        given[session] = said if said in ANSWERS else BLANK
    pain, refused = {}, {}
    for day in sheet.days:
        said = data.get(_pain_name(columns[day]), "").strip()
        if not said or day not in sheet.open_days:
            continue
        if said.isascii() and said.isdecimal() and int(said[:3]) <= HIGHEST_PAIN:
            pain[day] = int(said)
        else:
            refused[day] = said
    return Typed(given, pain, refused)


def sheet_view(sheet: Sheet, typed: Typed, today: date) -> SheetView:
    """Call it with what `read` or `typed_before` gave. No query."""
    rows = tuple(
        RowView(
            line=line,
            side=side_tag(line.side),
            time=_("time %(n)d of %(all)d") % {"n": line.occasion, "all": line.times} if line.times > 1 else "",
            cells=tuple(_cell(sheet, typed, row, column) for column in range(len(sheet.days))),
        )
        for row, line in enumerate(sheet.lines)
    )
    pains = tuple(_pain_cell(sheet, typed, rows, column) for column in range(len(sheet.days)))
    boxes = [cell for row in rows for cell in row.cells if cell.kind == "open"]
    last = max((cell.column for cell in boxes), default=0)
    return SheetView(
        heads=tuple(
            DayHead(day, day in sheet.open_days, day == today, (place + 1) % 7 == 0 and place + 1 < len(sheet.days))
            for place, day in enumerate(sheet.days)
        ),
        rows=rows,
        pains=pains,
        focus=next((cell.name for cell in boxes if cell.column == last), ""),
        has_own=any(cell.kind == "own" for row in rows for cell in row.cells),
        refused=tuple(typed.refused.items()),
    )


def _cell(sheet: Sheet, typed: Typed, row: int, column: int) -> Cell:
    line, day = sheet.lines[row], sheet.days[column]
    session = PlannedSession(day, line.line, line.occasion)
    held = sheet.held.get(session)
    if held and not held.is_paper:
        return Cell("own", value=held.status, row=row, column=column)
    if session not in sheet.planned:
        return Cell("off")
    if day not in sheet.open_days:
        return Cell("closed")
    label = _("%(number)d %(name)s, %(day)s") % {
        "number": line.number,
        "name": line.name,
        "day": date_format(day, "l j F"),
    }
    return Cell("open", _name(row, column), label, typed.given.get(session, BLANK), held is not None, row, column)


def _pain_cell(sheet: Sheet, typed: Typed, rows: tuple[RowView, ...], column: int) -> Cell:
    """Pain is typed only where something of that day can be typed: it is kept with those answers."""
    day = sheet.days[column]
    if not any(row.cells[column].kind == "open" for row in rows):
        return Cell("off" if day in sheet.open_days else "closed")
    value = typed.refused.get(day, str(typed.pain.get(day, "")))
    label = _("Worst pain on %(day)s, 0 to 10") % {"day": date_format(day, "l j F")}
    return Cell("open", _pain_name(column), label, value, row=len(rows), column=column)

"""Pain, sessions, runs and the ladder's steps above each other on one time axis: every shape with its place.

Nothing is told by colour alone: during is a filled circle on a whole line, the next morning an open diamond on a dashed
one; done is a full bar, skipped a half-filled one, not reported an outline. Words stand beside what they name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from programs.progress.chart.axis import Axis, n
from programs.progress.chart.facts import Course, Day, binned
from programs.progress.chart.labels import spread
from programs.progress.chart.shapes import WIDE, Bar, CourseChart, Format, Label, Line, Mark, Panel
from programs.progress.chart.stretches import bands_of, ceiling_on, steps, versions_of

HIGHEST_PAIN = 10
TOP_STEP = 7
LONGEST_BRIDGE = 7
"""Days; what lies further apart is not joined, whatever was planned between."""
ROOM_OF_A_NUMBER = 9
LABEL_ROOM = 14
WORDS = ("during", "morning", "ceiling", "done", "skipped", "not_reported", "from_paper", "minutes", "step")
"""Which words the chart asks for; `ceiling` and `step` with a gap {n}."""


@dataclass
class _Room:
    """One panel while it is laid out: from `top` (the largest value) to `bottom` (zero)."""

    key: str
    title_y: float
    top: float
    bottom: float
    highest: float
    wanted: list[tuple[str, float, str]] = field(default_factory=list)

    def y(self, value: float) -> float:
        return self.bottom - value * (self.bottom - self.top) / self.highest

    def panel(self, grid: Sequence[int]) -> Panel:
        heights = spread(
            [height for _key, height, _text in self.wanted],
            room=LABEL_ROOM,
            lowest=self.top + 2,
            highest=self.bottom + 4,
        )
        return Panel(
            key=self.key,
            top=n(self.top),
            bottom=n(self.bottom),
            title_y=n(self.title_y),
            grid=tuple((n(self.y(value)), str(value)) for value in grid),
            labels=tuple(
                Label(key, n(height), text) for (key, _y, text), height in zip(self.wanted, heights, strict=True)
            ),
        )


BANDS, FIRST_PANEL, TITLE, GAP, AXIS = 20, 40, 18, 16, 22
HEIGHTS = {"pain": 140, "sessions": 54, "runs": 50, "ladder": 49}


def course_chart(course: Course, words: Mapping[str, str], form: Format = WIDE) -> CourseChart:
    """The whole drawing. `words` are those of WORDS in the reader's language."""
    days = binned(course)
    axis = Axis(course.first, course.last, form.left, form.width - form.right, course.step)
    keys = ["pain", "sessions", *(["runs"] if course.has_runs else []), *(["ladder"] if course.has_ladder else [])]
    rooms: dict[str, _Room] = {}
    y = float(FIRST_PANEL)
    for key in keys:
        rooms[key] = _Room(key, y + TITLE - 7, y + TITLE, y + TITLE + HEIGHTS[key], _highest(key, days))
        y += TITLE + HEIGHTS[key] + GAP
    during = _pain(days, axis, rooms["pain"], course, {"during": words["during"]})
    morning = _pain(days, axis, rooms["pain"], course, {"morning": words["morning"]})
    morning = _numbered_once(morning, during)
    radius = min(2.7, max(1.5, axis.slot * 0.3))
    ceiling = steps(course.stretches, axis, rooms["pain"].y, lambda one: one.ceiling)
    if course.stretches:
        _wants(rooms["pain"], "ceiling", course.stretches[-1].ceiling, words)
    bars = _sessions(days, axis, rooms["sessions"], words)
    step = Line()
    if "runs" in rooms:
        bars += _minutes(days, axis, rooms["runs"], words)
    if "ladder" in rooms:
        step = _ladder(course, days, axis, rooms["ladder"], words)
    grids = {"pain": (0, 5, 10), "ladder": (0, TOP_STEP)}
    return CourseChart(
        width=form.width,
        height=n(y - GAP + AXIS),
        left=n(axis.left),
        right=n(axis.right),
        label_x=n(axis.right + 18),
        mark_x=n(axis.right + 10),
        bottom=n(y - GAP),
        ticks=axis.ticks(),
        bands=bands_of(course.stretches, axis, form),
        versions=versions_of(course, axis),
        today=n(axis.end(course.today)) if course.first <= course.today < course.last else "",
        radius=n(radius),
        reach=n(radius * 1.6),
        panels=tuple(room.panel(grids.get(key, (0, int(room.highest)))) for key, room in rooms.items()),
        during=during,
        morning=morning,
        ceiling=ceiling,
        bars=tuple(bars),
        step=step,
    )


def _highest(key: str, days: Sequence[Day]) -> float:
    """The top of a panel's scale; never zero."""
    if key == "pain":
        return HIGHEST_PAIN
    if key == "ladder":
        return TOP_STEP
    if key == "sessions":
        return max([day.planned for day in days] + [1])
    most = max([day.run_minutes or 0 for day in days] + [1])
    return -(-most // 10) * 10


def _wants(room: _Room, key: str, value: float, words: Mapping[str, str]) -> None:
    text = words[key].format(n=f"{value:g}")
    room.wanted.append((key, room.y(value) + 4, text))


def _pain(days: Sequence[Day], axis: Axis, room: _Room, course: Course, words: Mapping[str, str]) -> Line:
    """The values joined where nothing planned without a value lies between. `words` name the one kind that is drawn."""
    (key,) = words
    values = {day.day: value for day in days if (value := day.pain if key == "during" else day.morning) is not None}
    if not values:
        return Line()
    planned = {day.day for day in days if day.planned}
    runs: list[list[date]] = []
    for day in values:
        if runs and not _is_gap(runs[-1][-1], day, planned - values.keys(), axis.step):
            runs[-1].append(day)
        else:
            runs.append([day])
    above = {day for day, value in values.items() if _is_above(value, ceiling_on(course.stretches, day))}
    numbered = above
    if axis.slot < ROOM_OF_A_NUMBER:
        numbered = set(sorted(day for day in above if values[day] == max(values.values()))[-1:])
    last = next(reversed(values.values()))
    _wants(room, key, last, words)
    place = {day: (n(axis.middle(day)), n(room.y(value))) for day, value in values.items()}
    return Line(
        pieces=tuple(" ".join(",".join(place[day]) for day in run) for run in runs if len(run) > 1),
        marks=tuple(
            Mark(*place[day], is_above=day in above, value=str(value) if day in numbered else "")
            for day, value in values.items()
        ),
    )


def _numbered_once(morning: Line, during: Line) -> Line:
    """Where both values of a day would be printed at one place, only the first is."""
    taken = {(mark.x, mark.y) for mark in during.marks if mark.value}
    return replace(
        morning,
        marks=tuple(replace(mark, value="") if (mark.x, mark.y) in taken else mark for mark in morning.marks),
    )


def _is_above(value: int, ceiling: int | None) -> bool:
    return ceiling is not None and value > ceiling


def _is_gap(one: date, other: date, untold: set[date], step: int) -> bool:
    apart = (other - one).days
    if step > 1:
        return apart > step
    return apart > LONGEST_BRIDGE or any(one < day < other for day in untold)


KINDS: tuple[tuple[str, Callable[[Day], int]], ...] = (
    ("done", lambda day: day.done),
    ("skipped", lambda day: day.skipped),
    ("not_reported", lambda day: day.not_reported),
)


def _sessions(days: Sequence[Day], axis: Axis, room: _Room, words: Mapping[str, str]) -> list[Bar]:
    """One bar a day, done at the bottom; a small square under it where answers came from paper."""
    bars = []
    x, width = _bar(axis)
    for day in days:
        below = 0
        for kind, count in KINDS:
            if number := count(day):
                top, bottom = room.y(below + number), room.y(below)
                bars.append(Bar(kind, n(x(day.day)), n(top), width, n(max(bottom - top - 0.6, 0.6))))
                below += number
        if day.from_paper:
            bars.append(Bar("paper", n(x(day.day)), n(room.bottom + 3), width, "3"))
    for place, (kind, _count) in enumerate(KINDS):
        if any(bar.kind == kind for bar in bars):
            room.wanted.append((kind, room.bottom - place * LABEL_ROOM - 2, words[kind]))
    if any(bar.kind == "paper" for bar in bars):
        room.wanted.append(("paper", room.bottom + 8, words["from_paper"]))
    return bars


def _bar(axis: Axis) -> tuple[Callable[[date], float], str]:
    """Where the bar of a day begins and how wide bars are: never wider than 14, and never touching."""
    width = min(max(axis.slot * 0.72, 0.8), 14.0)
    return (lambda day: axis.middle(day) - width / 2), n(width)


def _minutes(days: Sequence[Day], axis: Axis, room: _Room, words: Mapping[str, str]) -> list[Bar]:
    """Minutes run; a run whose minutes nobody said is a line at the bottom."""
    x, width = _bar(axis)
    ran = [day for day in days if day.runs]
    room.wanted.append(
        ("run", room.y(ran[-1].run_minutes or 0) + 4, words["minutes"].format(n=ran[-1].run_minutes or "?"))
    )
    heights = [room.bottom - room.y(day.run_minutes or 0) for day in ran]
    return [
        Bar("run", n(x(day.day)), n(room.bottom - max(height, 1)), width, n(max(height, 1)))
        for day, height in zip(ran, heights, strict=True)
    ]


def _ladder(course: Course, days: Sequence[Day], axis: Axis, room: _Room, words: Mapping[str, str]) -> Line:
    """What the versions set as a step line, and a mark for every day a rung was really run."""
    line = steps(course.stretches, axis, room.y, lambda one: one.level)
    levels = [one.level for one in course.stretches if one.level is not None]
    levels += [day.run_level for day in days if day.run_level is not None and not levels]
    _wants(room, "step", levels[-1], words)
    marks = tuple(Mark(n(axis.middle(day.day)), n(room.y(day.run_level))) for day in days if day.run_level is not None)
    return Line(line.pieces, marks)

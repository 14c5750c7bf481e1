"""What the versions set over time: step lines, bands of phases, and where each version begins."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from programs.progress.chart.axis import Axis, n
from programs.progress.chart.facts import Course, Stretch
from programs.progress.chart.shapes import Band, Format, Line, VersionMark

ROOM_OF_A_VERSION = 22
A_DAY = timedelta(days=1)


def ceiling_on(stretches: Sequence[Stretch], day: date) -> int | None:
    """The ceiling of the version that held that day; of the one before, in days without a plan; None before the first."""
    held = [one for one in stretches if one.first <= day]
    return held[-1].ceiling if held else None


def steps(
    stretches: Sequence[Stretch], axis: Axis, y: Callable[[float], float], value: Callable[[Stretch], int | None]
) -> Line:
    """A step line over the versions; days without a plan are a gap."""
    pieces: list[list[str]] = []
    before: Stretch | None = None
    for one in stretches:
        height = value(one)
        if height is None:
            before = None
            continue
        at = n(y(height))
        points = [f"{n(axis.start(one.first))},{at}", f"{n(axis.end(one.last))},{at}"]
        if before is not None and one.first - before.last <= A_DAY:
            pieces[-1] += points
        else:
            pieces.append(points)
        before = one
    return Line(pieces=tuple(" ".join(points) for points in pieces))


def bands_of(stretches: Sequence[Stretch], axis: Axis, form: Format) -> tuple[Band, ...]:
    """Versions of one phase that follow each other make one band."""
    together: list[list[Stretch]] = []
    for one in stretches:
        joined = together and together[-1][-1].phase == one.phase
        if joined and one.first - together[-1][-1].last <= A_DAY:
            together[-1].append(one)
        else:
            together.append([one])
    found = []
    for place, group in enumerate(together):
        x, end = axis.start(group[0].first), axis.end(group[-1].last)
        found.append(Band(n(x), n(end - x), n(x + 4), _fitting(group[0].phase, end - x - 8, form), place % 2 == 0))
    return tuple(found)


def _fitting(words: str, room: float, form: Format) -> str:
    """The name as far as there is room: whole, its part before the colon, or nothing."""
    for text in (words, words.partition(":")[0]):
        if len(text) * form.letter <= room:
            return text
    return ""


def versions_of(course: Course, axis: Axis) -> tuple[VersionMark, ...]:
    """Where versions begin inside the axis, after its first day; of those that would touch, the later."""
    marks: list[tuple[float, int]] = []
    for one in reversed(course.stretches):
        x = axis.start(one.first)
        if one.first > course.first and (not marks or marks[-1][0] - x >= ROOM_OF_A_VERSION):
            marks.append((x, one.version))
    return tuple(VersionMark(n(x), number) for x, number in reversed(marks))

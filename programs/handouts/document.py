"""What a handout says: plain, frozen values, gathered before the renderer starts and never looked up while it runs.

A job collects one `HandoutDocument` from the issued program; `programs.handouts.pdf` turns it into paper. All texts
are in the reader's language already, except the sheet's own fixed phrases, which follow `language`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from programs.progression.checkin import pain_zones

Kind = Literal["fridge", "full", "large"]
Paper = Literal["A4", "Letter"]
Side = Literal["left", "right", "both", "alternate"]
Limb = Literal["leg", "side", "none"]

KINDS: Final = ("fridge", "full", "large")
PAPERS: Final = ("A4", "Letter")
SIDES: Final = ("left", "right", "both", "alternate")
GRID_DAYS: Final = 14
HIGHEST_CEILING: Final = 5
PAIN_SCALE_END: Final = 10
COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
PNG_BEGINS: Final = b"\x89PNG\r\n\x1a\n"


class HandoutError(ValueError):
    """A handout that must not be printed; the message says what is wrong in words staff can act on."""


@dataclass(frozen=True, kw_only=True)
class HandoutPicture:
    """A picture made of pixels: a clinic's photograph or its logo. `words` are read out in its place; pixels its sides."""

    png: bytes
    width: int
    height: int
    words: str = ""

    def __post_init__(self) -> None:
        if not self.png.startswith(PNG_BEGINS) or self.width < 1 or self.height < 1:
            raise HandoutError("A picture could not be read. Upload it again.")


@dataclass(frozen=True, kw_only=True)
class ClinicHead:
    """Who stands at the top of the sheet, and the numbers in the danger box.

    `urgent_number` may be empty where a country has no number for same-day advice: the line then says to call the
    clinic or a doctor. `colour` (#rrggbb, dark enough for words on white; empty is black) is on the clinic's name and a
    rule only: what must be understood never depends on it.
    """

    name: str
    phone: str = ""
    emergency_number: str = "999"
    urgent_number: str = "111"
    emergency_place: str = "A&E"
    colour: str = ""
    logo: HandoutPicture | None = None

    def __post_init__(self) -> None:
        if self.colour and not COLOUR.fullmatch(self.colour):
            raise HandoutError("The clinic’s colour must be written like #0b5a6b.")


@dataclass(frozen=True, kw_only=True)
class HandoutExercise:
    """One row of the sheet.

    `headline`, `unit`, `how_often` and `sentence` are the two wordings of one dose. `due_days` are the planned days
    inside the sheet's two weeks; none at all means "any day", and the grid leaves the row open. `figure_svg` is a
    drawing made by our own code; it is still checked before it is printed (see `drawing.checked`). `limb` "none" with
    side "both" prints no side at all: a walk has none.

    The fridge sheet shows one drawing, the others also `start_svg`, the beginning of the movement. `picture`, the
    clinic's own, is printed in the place of both.
    """

    number: int
    name: str
    side: str
    headline: str
    unit: str = ""
    how_often: str = ""
    sentence: str = ""
    cues: Sequence[str] = ()
    steps: Sequence[str] = ()
    figure_svg: str | None = None
    due_days: Sequence[date] = ()
    times_per_day: int = 1
    limb: Limb = "leg"
    note: str = ""
    purpose: str = ""
    faults: Sequence[str] = ()
    breathing: str = ""
    easier: str = ""
    harder: str = ""
    start_svg: str | None = None
    picture: HandoutPicture | None = None

    def __post_init__(self) -> None:
        if self.side not in SIDES:
            raise HandoutError(f"Exercise {self.number}: “{self.side}” is not a side; use one of {', '.join(SIDES)}.")
        if self.times_per_day < 1:
            raise HandoutError(f"Exercise {self.number}: times a day must be 1 or more.")

    @property
    def is_shown(self) -> bool:
        """Whether a picture or a drawing shows how it is done."""
        return self.picture is not None or self.figure_svg is not None


@dataclass(frozen=True, kw_only=True)
class RunningAdvice:
    """What to run. `due_days` empty: the grid leaves the running row open for the runner's own days."""

    title: str
    headline: str
    text: str = ""
    move_up: str = ""
    due_days: Sequence[date] = ()


@dataclass(frozen=True, kw_only=True)
class Phase:
    """One part of the course: what it is called and what must hold before the next one begins."""

    title: str
    criteria: Sequence[str] = ()
    is_current: bool = False


@dataclass(frozen=True)
class PainZones:
    """The 0 to 10 scale cut in three. `go` ends at the program's ceiling."""

    go: tuple[int, ...]
    ease: tuple[int, ...]
    stop: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class HandoutDocument:
    """Everything printed, whichever print it is. No diagnosis: the fridge sheet hangs where visitors read it.

    `pain_ceiling` is the highest pain, 0 to 10, that is still fine while exercising; the clinician set it with the
    program. `link_url` is the patient's private page, or None when no link may be printed.
    """

    clinic: ClinicHead
    first_name: str
    body_part: str
    starts_on: date
    ends_on: date
    version: int
    generated_on: date
    exercises: Sequence[HandoutExercise]
    pain_ceiling: int
    language: str = "en"
    link_url: str | None = None
    running: RunningAdvice | None = None
    next_visit: str | None = None
    criteria: Sequence[str] = ()
    avoid: Sequence[str] = ()
    phases: Sequence[Phase] = ()

    def __post_init__(self) -> None:
        if not self.exercises:
            raise HandoutError("A handout needs at least one exercise.")
        if not 0 <= self.pain_ceiling <= HIGHEST_CEILING:
            raise HandoutError(f"The pain ceiling must be from 0 to {HIGHEST_CEILING}; it is {self.pain_ceiling}.")
        if not timedelta(0) <= self.ends_on - self.starts_on < timedelta(days=GRID_DAYS):
            raise HandoutError(f"The sheet holds 1 to {GRID_DAYS} days; its dates say otherwise.")
        if self.link_url is not None and not self.link_url.startswith(("https://", "http://")):
            raise HandoutError("The link to the patient's page must begin with https:// or http://.")

    @property
    def days(self) -> tuple[date, ...]:
        """The dates of the tick grid, in order."""
        return tuple(self.starts_on + timedelta(days=n) for n in range((self.ends_on - self.starts_on).days + 1))

    @property
    def zones(self) -> PainZones:
        """The program's own pain light (programs.progression.checkin), number by number for the paper."""
        light = pain_zones(self.pain_ceiling)
        return PainZones(
            go=tuple(range(light.go_to + 1)),
            ease=tuple(range(light.go_to + 1, light.ease_to + 1)),
            stop=tuple(range(light.ease_to + 1, PAIN_SCALE_END + 1)),
        )

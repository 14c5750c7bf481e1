"""The handover in words: three steps, each done by whom and when, or still open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.models import Handover, ProgramVersion

OPEN_WORDS = {
    "shown": gettext_lazy("not shown"),
    "demonstrated": gettext_lazy("not demonstrated"),
    "taken": gettext_lazy("neither link nor paper"),
}


@dataclass(frozen=True)
class Button:
    """What one tap says, and the step it ticks."""

    step: str
    words: str


@dataclass(frozen=True)
class Step:
    """One row. `done_at` is empty while it is open; `by` is empty where the runner did it."""

    title: str
    help: str
    buttons: tuple[Button, ...]
    done: Button | None
    done_at: datetime | None
    by: str


@dataclass(frozen=True)
class HandoverView:
    version: ProgramVersion
    steps: tuple[Step, ...]

    @property
    def first_open(self) -> str:
        """Where the eye goes after a tap: the next button by its step; "" when all is done."""
        return next((step.buttons[0].step for step in self.steps if not step.done), "")

    @property
    def is_complete(self) -> bool:
        return not self.first_open


def handover_of(version: ProgramVersion) -> Handover:
    """The version's row, or an empty one for a version of before there were handovers. No query when it was joined in."""
    return getattr(version, "handover", None) or Handover(version=version, clinic_id=version.clinic_id)


def handover_view(version: ProgramVersion) -> HandoverView:
    handover = handover_of(version)
    ways = [Button(way.value, str(way.label)) for way in Handover.Way]
    rows = {
        "shown": (_("You show each exercise"), _("once, on the side it is for"), [Button("shown", _("Shown"))]),
        "demonstrated": (
            _("The runner shows it back"),
            _("and says when to stop"),
            [Button("demonstrated", _("Demonstrated"))],
        ),
        "taken": (_("It goes home"), _("on the phone or on paper, either is enough"), ways),
    }
    steps = []
    for name, (title, help_text, buttons) in rows.items():
        at, by = getattr(handover, f"{name}_at"), getattr(handover, f"{name}_by")
        done = next((button for button in buttons if button.step in (name, handover.way)), None) if at else None
        steps.append(Step(title, help_text, tuple(buttons), done, at, by.name if by else ""))
    return HandoverView(version, tuple(steps))


def still_open(version: ProgramVersion) -> str:
    """What is missing in words: "not shown, not demonstrated"; empty when nothing is, and for a version of before there
    were handovers: nobody was asked for one then. No query when the handover was joined in.
    """
    handover = getattr(version, "handover", None)
    if handover is None:
        return ""
    return missing_words(name for name in OPEN_WORDS if getattr(handover, f"{name}_at") is None)


def missing_words(names: Iterable[str]) -> str:
    return ", ".join(str(OPEN_WORDS[name]) for name in names)

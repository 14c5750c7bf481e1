"""How far the examination has come, in groups of findings that tell the same thing. Ten of them; never a percentage."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.reasoning import GROUPS, PainfulView
from assessments.reasoning.weights import COUNTED_GROUPS
from assessments.wording.criteria import Need
from assessments.wording.labels import label_of

TOTAL = len(COUNTED_GROUPS)


@dataclass(frozen=True)
class GroupLine:
    """One group: how many of its findings are answered of those that complete it, and the next one to ask for."""

    title: str
    done: int
    needed: int
    next: Need | None

    @property
    def state(self) -> str:
        """empty, half or full."""
        if self.done == 0:
            return "empty"
        return "full" if self.done >= self.needed else "half"

    @property
    def words(self) -> str:
        return _("%(done)s of %(needed)s") % {"done": min(self.done, self.needed), "needed": self.needed}


def groups_of(findings: PainfulView) -> tuple[GroupLine, ...]:
    """The ten groups in their order. A group counts as examined once one of its findings is answered."""
    lines = []
    for key in COUNTED_GROUPS:
        group = GROUPS[key]
        open_members = [member for member in group.members if not findings.known(member)]
        done = len(group.members) - len(open_members)
        following = open_members[0] if open_members and done < group.needed else ""
        lines.append(
            GroupLine(group.title, done, group.needed, Need(following, label_of(following)) if following else None)
        )
    return tuple(lines)


def examined_words(done: int) -> str:
    """ "6 of 10 groups examined"."""
    return _("%(done)s of %(total)s groups examined") % {"done": done, "total": TOTAL}

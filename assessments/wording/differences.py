"""What a difference between the sides means, where the knowledge has a mark for it."""

from django.utils.translation import gettext as _

from assessments.answers import with_unit
from assessments.reasoning import Finding

MARKS = {"ake_degrees": (10, 15)}
"""Finding: from the first number on perhaps, above the second surely a loss on the worse side. Proposed: no study sets it."""


def meaning_of(finding: Finding, difference: float) -> str:
    """One short sentence, or nothing. It is shown and enters no reasoning."""
    if finding.key not in MARKS:
        return ""
    low, high = MARKS[finding.key]
    if abs(difference) > high:
        return _("More than %(mark)s: counts as a side difference (our proposal)") % {
            "mark": with_unit(finding, f"{high:g}")
        }
    if abs(difference) > low:
        return _("Over %(mark)s: perhaps a side difference (our proposal)") % {"mark": with_unit(finding, f"{low:g}")}
    return ""

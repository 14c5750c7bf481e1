"""What the runner says, as it arrives: answer-words-1 to 3, answer-psfs-1 to 3 and answer-groc, as the answers of findings.

Each with was-… for what the screen showed before, and mine-… for what the sender had said since and was still on its way.
"""

from django.http import QueryDict

from assessments.said import PLACES, Said

ANSWER, WAS, MINE = "answer-", "was-", "mine-"


def said(data: QueryDict) -> list[Said]:
    """Every known place of a posted form, in the order it is written."""
    return [
        Said(place, data[ANSWER + place].strip(), data.get(WAS + place), tuple(data.getlist(MINE + place)))
        for place in PLACES
        if ANSWER + place in data
    ]

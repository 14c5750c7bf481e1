"""Answers as they arrive: fields named answer-<finding>[-<side>].

Each with was-… for what the screen showed before, and sure-… with the same value when an unusual one is meant.
"""

from collections.abc import Mapping

from assessments.answers import Given, Place

ANSWER, WAS, SURE = "answer-", "was-", "sure-"


def given_answers(data: Mapping[str, str]) -> list[Given]:
    """Every answer in a posted form, in the order sent. Values are checked where they are written."""
    return [_given(name.removeprefix(ANSWER), data) for name in data if name.startswith(ANSWER)]


def _given(place: str, data: Mapping[str, str]) -> Given:
    answer = data[ANSWER + place]
    return Given(
        *place_of(place), answer, data.get(WAS + place), sure=data.get(SURE + place, "").strip() == answer.strip() != ""
    )


def place_of(name: str) -> Place:
    """The finding and the side in "slump-left" or "onset"."""
    key, _dash, side = name.partition("-")
    return key, side

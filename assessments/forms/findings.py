"""Answers as they arrive: fields named answer-<finding>[-<side>], each with was-… for what the screen showed before."""

from collections.abc import Mapping

from assessments.answers import Given

ANSWER, WAS = "answer-", "was-"


def given_answers(data: Mapping[str, str]) -> list[Given]:
    """Every answer in a posted form, in the order sent. Values are checked where they are written."""
    return [
        Given(*_place(name), data[name], data.get(WAS + name.removeprefix(ANSWER)))
        for name in data
        if name.startswith(ANSWER)
    ]


def _place(name: str) -> tuple[str, str]:
    key, _dash, side = name.removeprefix(ANSWER).partition("-")
    return key, side

"""Prints the reasoning over a case, so that a clinic can audit it and others can test it. Needs no database."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from assessments.reasoning import Case, CaseError, reason

WRONG_INPUT = 2


class InputError(Exception):
    """The input cannot be read as JSON."""


class Command(BaseCommand):
    """`python manage.py reason CASE.json`, or `-` for standard input; a list of cases is answered with a list."""

    help = "Print the reasoning over a case given as JSON (a file, or - for standard input)."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case", help="JSON file with one case or a list of cases, or - for standard input")

    def handle(self, *_args: Any, case: str, **_options: Any) -> None:
        try:
            given = _parse(_read(case))
        except InputError as error:
            self._refuse([str(error)])
        is_list = isinstance(given, list)
        cases, problems = [], list[str]()
        for number, raw in enumerate(given if is_list else [given], start=1):
            try:
                cases.append(Case.from_json(raw))
            except CaseError as error:
                problems += [f"case {number}: {problem}" if is_list else problem for problem in error.problems]
        if problems:
            self._refuse(problems)
        answers = [reason(item).to_json() for item in cases]
        self.stdout.write(json.dumps(answers if is_list else answers[0], indent=2, ensure_ascii=False))

    def _refuse(self, problems: list[str]) -> NoReturn:
        """Names each problem on a line of its own and leaves with status 2."""
        for problem in problems:
            self.stderr.write(problem)
        raise SystemExit(WRONG_INPUT)


def _read(name: str) -> str:
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror or error}") from error
    except (UnicodeDecodeError, ValueError) as error:
        raise InputError(f"{name}: is not UTF-8 text") from error


def _parse(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise InputError(f"line {error.lineno}, column {error.colno}: is not JSON: {error.msg}") from error
    except (RecursionError, ValueError) as error:
        raise InputError(f"is not usable JSON: {error}") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An answer given twice is refused: the last one must not silently win."""
    result = dict(pairs)
    if len(result) != len(pairs):
        twice = sorted({key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1})
        raise InputError(f"{', '.join(twice)}: given twice")
    return result


def _no_constant(name: str) -> NoReturn:
    raise InputError(f"{name}: is not a number")

"""Which words a patient may read, found in templates and modules."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation.template import templatize

ROOT: Final = Path(__file__).resolve().parents[2]
TEMPLATES: Final = (
    *("handouts/*.html", "portal/*.html", "patient_base.html"),
    *("reminders/evening.*", "reminders/morning.*", "reminders/link_letter.*", "reminders/unsubscribe.html"),
    *("components/banner.html", "components/messages.html"),
)
MODULES: Final = (
    *("programs/progression/dose_words.py", "programs/progression/dose_staff.py", "programs/progression/runladder.py"),
    *("programs/handouts/*.py", "programs/portal/**/*.py", "programs/reminders/mail.py", "programs/reminders/feed.py"),
    *("programs/reminders/link_letter.py", "programs/push/views.py"),
    *("programs/mapping.py", "programs/freezing.py", "programs/wording.py", "programs/progression/load.py"),
    "programs/progression/adherence.py",
    *("programs/progression/screening.py", "programs/progression/home_check_words.py", "programs/models/report.py"),
    *("programs/models/log.py", "programs/templatetags/patient_words.py"),
)
FOR_STAFF: Final = {
    "programs/handouts/tasks.py": (),
    "programs/handouts/batch.py": (),
    "programs/handouts/batch_views.py": (),
    "programs/handouts/views.py": (),
    "programs/models/log.py": ("Status", "Change", "Leg"),
    "programs/models/report.py": ("Surface",),
    "programs/progression/dose_staff.py": ("short_days",),
}
"""Modules with words for staff too: only the functions and classes named here speak to patients."""
_MARKERS: Final = {
    *("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"),
    *("pgettext", "pgettext_lazy", "npgettext"),
}
_CALL: Final = re.compile(r"\b(?:_|n?gettext|n?pgettext)\(")


@dataclass(frozen=True, order=True)
class Message:
    """One message as gettext knows it. `plural` is "" where there is one form only."""

    text: str
    context: str = ""
    plural: str = ""


def messages() -> dict[Message, set[str]]:
    """Every message a patient may read, and the files it stands in."""
    found: dict[Message, set[str]] = {}
    for pattern in TEMPLATES:
        for path in sorted((ROOT / "templates").glob(pattern)):
            for message in in_template(path.read_text()):
                found.setdefault(message, set()).add(path.relative_to(ROOT).as_posix())
    for pattern in MODULES:
        for path in sorted(ROOT.glob(pattern)):
            place = path.relative_to(ROOT).as_posix()
            for message in in_module(path.read_text(), FOR_STAFF.get(place)):
                found.setdefault(message, set()).add(place)
    return found


def in_template(source: str) -> Iterator[Message]:
    """What {% translate %}, {% blocktranslate %} and _("…") say."""
    code = templatize(source)
    for start in _CALL.finditer(code):
        end = start.end()
        while (end := code.find(")", end) + 1) > 0:
            try:
                call = ast.parse(code[start.start() : end].strip(), mode="eval").body
            except SyntaxError:
                continue
            yield from _of(call)
            break


def in_module(source: str, only: tuple[str, ...] | None) -> Iterator[Message]:
    """What a module marks; with `only`, what these functions and classes mark."""
    tree = ast.parse(source)
    roots: list[ast.AST] = [tree]
    if only is not None:
        roots = [
            node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in only
        ]
    for root in roots:
        for node in ast.walk(root):
            yield from _of(node)


def _of(node: ast.AST) -> Iterator[Message]:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in _MARKERS:
        return
    texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    if not texts or not texts[-1]:
        return
    if "npgettext" in node.func.id:
        yield Message(texts[1], texts[0], texts[2])
    elif "ngettext" in node.func.id:
        yield Message(texts[0], plural=texts[1])
    elif "pgettext" in node.func.id:
        yield Message(texts[1], texts[0])
    else:
        yield Message(texts[0])

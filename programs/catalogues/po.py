"""A catalogue as translators edit it: a .po file of one language, read and written."""

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from programs.catalogues.sources import Message

Forms = tuple[str, ...]
HEADER: Final = (
    "Project-Id-Version: Strideback\n"
    "Language: {language}\n"
    "Last-Translator: Strideback; a draft, to be read by a native clinician\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=2; plural={plural};\n"
)
PLURALS: Final = {"fr": "(n > 1)"}


def header(language: str) -> str:
    return HEADER.format(language=language, plural=PLURALS.get(language, "(n != 1)"))


def read(path: Path) -> dict[Message, Forms]:
    """Messages and their translations, one form or two; the header is left out."""
    found: dict[Message, Forms] = {}
    if not path.exists():
        return found
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        parts = _parts(block.splitlines())
        if parts.get("msgid"):
            message = Message(parts["msgid"], parts.get("msgctxt", ""), parts.get("msgid_plural", ""))
            keys = ("msgstr[0]", "msgstr[1]") if message.plural else ("msgstr",)
            found[message] = tuple(parts.get(key, "") for key in keys)
    return found


def write(path: Path, language: str, known: Mapping[Message, Forms], used: Mapping[Message, Iterable[str]]) -> None:
    """Every message in use, sorted; translations of others are dropped."""
    blocks = ["\n".join(['msgid ""', 'msgstr ""', *(_quoted(line) for line in header(language).splitlines(True))])]
    for message in sorted(used):
        lines = [f"#: {place}" for place in sorted(used[message])]
        if message.context:
            lines.append(f"msgctxt {_quoted(message.context)}")
        lines.append(f"msgid {_quoted(message.text)}")
        forms = known.get(message, ("", "") if message.plural else ("",))
        if message.plural:
            lines.append(f"msgid_plural {_quoted(message.plural)}")
            lines += [f"msgstr[{number}] {_quoted(form)}" for number, form in enumerate(forms)]
        else:
            lines.append(f"msgstr {_quoted(forms[0])}")
        blocks.append("\n".join(lines))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def _parts(lines: Iterable[str]) -> dict[str, str]:
    parts: dict[str, str] = {}
    key = ""
    for line in lines:
        if line.startswith("#"):
            continue
        text = line
        if not line.startswith('"'):
            key, _space, text = line.partition(" ")
        parts[key] = parts.get(key, "") + (ast.literal_eval(text) if text else "")
    return parts


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'

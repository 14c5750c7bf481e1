"""The whole letter as plain text, for the practice's own system. Lines are not wrapped: every system wraps its own."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from programs.letters.document import Block, Chart, Facts, Findings, Grid, LetterDocument, Own, Sentence


def as_text(document: LetterDocument) -> str:
    """Call it with the letter's language active."""
    head = (document.head.name, *document.head.address, document.head.phone, document.head.email)
    parts = ["\n".join(line for line in head if line)]
    parts += ["\n".join(document.recipient)] if document.recipient else []
    parts.append("\n".join(f"{name}: {value}" for name, value in document.facts))
    parts.append(document.subject)
    for section in document.sections:
        lines = [line for block in section.blocks for line in _lines(block)]
        heading = [section.title.upper()] if section.title else []
        parts.append("\n".join([*heading, *lines]))
    parts.append("\n".join((document.signature.name, document.signature.role, *document.signature.lines)))
    parts.append("\n".join(document.small_print))
    return "\n\n".join(parts) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Own():
            yield from (f"| {line}".rstrip() for line in block.text.splitlines())
        case Sentence():
            words = f"“{block.text}”" if block.quoted else block.text
            yield f"{block.lead} {words}" if block.lead else words
        case Chart():
            yield block.text
        case Facts():
            yield from (f"{name}: {value}" for name, value in block.rows)
        case Findings():
            yield f"{block.title}:"
            for row in block.rows:
                sides = _("%(left_head)s %(left)s; %(right_head)s %(right)s") % {
                    "left_head": block.left.lower(),
                    "left": row.left,
                    "right_head": block.right.lower(),
                    "right": row.right,
                }
                yield f"- {row.label}: {row.single or sides}"
        case Grid():
            for name, *cells in block.rows:
                yield "- " + ". ".join(name.splitlines())
                yield from (f"  {head}: {cell}" for head, cell in zip(block.heads[1:], cells, strict=True))

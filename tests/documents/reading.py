"""Reads a printed sheet back: words page by page, the tagged structure, fonts, links."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2


def page_texts(pdf: bytes) -> list[str]:
    """The text layer of each page, line ends turned into spaces."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def page_count(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def elements(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every element of the structure tree, in reading order."""

    def walk(node: Any) -> Iterator[Any]:
        if isinstance(node, pikepdf.Array):
            for child in node:
                yield from walk(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from walk(node.K)

    yield from walk(document.Root.StructTreeRoot.K)


def tag_counts(document: pikepdf.Pdf) -> Counter[str]:
    return Counter(str(element.S) for element in elements(document))


def fonts(document: pikepdf.Pdf) -> dict[str, Any]:
    """Font descriptors by font name, subset prefix included."""
    found = {}
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            found[str(item.FontName).lstrip("/")] = item
    return found


def links(document: pikepdf.Pdf) -> list[str]:
    return [
        str(annotation.A.URI)
        for page in document.pages
        for annotation in page.get("/Annots", [])
        if annotation.Subtype == "/Link" and "/URI" in annotation.A
    ]

"""What the renderer leaves out of the tagged structure: whether a table heading heads its column or its row."""

from typing import Any


def add_header_scopes(_document: Any, pdf: Any) -> None:
    """Give every table heading its scope: inside the table's head it heads a column, elsewhere a row.

    Called by WeasyPrint on the finished structure, before the file is written.
    """
    import pydyf

    objects = {f"{each.number} 0 R".encode(): each for each in pdf.objects}
    for element in pdf.objects:
        if not (isinstance(element, pydyf.Dictionary) and element.get("S") == "/TH"):
            continue
        group = objects.get(_parent(objects.get(_parent(element), {})), {})
        scope = "/Column" if group.get("S") == "/THead" else "/Row"
        element["A"] = pydyf.Dictionary({**element.get("A", {"O": "/Table"}), "Scope": scope})


def _parent(element: Any) -> bytes:
    return element.get("P", b"") if hasattr(element, "get") else b""

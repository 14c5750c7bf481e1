"""A catalogue as Django reads it: a .mo file, made from the .po without gettext's tools.

Format: GNU gettext manual, "The Format of GNU MO Files". No hash table: Python's reader does not use one.
"""

import struct
from collections.abc import Mapping

from programs.catalogues.po import Forms, header
from programs.catalogues.sources import Message

_MAGIC = 0x950412DE


def compiled(language: str, catalogue: Mapping[Message, Forms]) -> bytes:
    """The file's bytes; a message without a translation is left out, so that it is read in English."""
    entries = {b"": header(language).encode()}
    for message, forms in catalogue.items():
        if all(forms):
            key = f"{message.context}\x04{message.text}" if message.context else message.text
            key += f"\0{message.plural}" if message.plural else ""
            entries[key.encode()] = "\0".join(forms).encode()
    keys = sorted(entries)
    ids, texts = [*keys], [entries[key] for key in keys]
    first_table, second_table = 28, 28 + 8 * len(keys)
    place = 28 + 16 * len(keys)
    tables = b""
    for strings in (ids, texts):
        for each in strings:
            tables += struct.pack("<II", len(each), place)
            place += len(each) + 1
    head = struct.pack("<IIIIIII", _MAGIC, 0, len(keys), first_table, second_table, 0, 0)
    return head + tables + b"".join(each + b"\0" for each in (*ids, *texts))

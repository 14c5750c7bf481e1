"""Every address of the product, walked from the root."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver


@dataclass(frozen=True)
class Address:
    name: str  # "app:name"
    pattern: str
    view: Any


def walk(patterns: list[Any], prefix: str = "", namespace: str = "") -> Iterator[Address]:
    for entry in patterns:
        here = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from walk(entry.url_patterns, here, inner)
        elif isinstance(entry, URLPattern):
            yield Address(namespace + (entry.name or "?"), here, entry.callback)

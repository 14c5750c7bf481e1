"""Which exercises belong to a stage of a diagnosis: those its protocol starts from, and those it says fit as well."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from programs.library.catalogue import PROTOCOLS
from programs.library.protocol import Protocol


def stage_name(protocol: Protocol) -> str:
    """`pht_1`; `mixed` where there are no stages."""
    return f"{protocol.diagnosis.value}_{protocol.stage}" if protocol.stage else protocol.diagnosis.value


@lru_cache(maxsize=1)
def stages() -> Mapping[str, Protocol]:
    """Every stage by its name, in the order of the files."""
    return MappingProxyType({stage_name(protocol): protocol for protocol in PROTOCOLS.values()})


def keys_of_stage(name: str) -> frozenset[str]:
    """Keys of its exercises; none for a stage that does not exist."""
    protocol = stages().get(name)
    return frozenset([*(line.exercise for line in protocol.lines), *protocol.also] if protocol else [])

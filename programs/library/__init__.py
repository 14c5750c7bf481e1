"""The exercise library: exercises, protocols and what does not suit whom. Data with provenance, read by
pure Python.

Read from `catalogue` (LIBRARY, PROTOCOLS, SOURCES, LIBRARY_VERSION) and ask `proposal` (propose,
why_unsuitable).
"""

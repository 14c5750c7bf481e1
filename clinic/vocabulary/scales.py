"""Pain on the numeric rating scale (NPRS): whole numbers from 0, no pain, to 10, the worst imaginable."""

NPRS_LOWEST = 0
NPRS_HIGHEST = 10

NPRS_MINIMAL_CHANGE = 1
"""Points of change a patient notices at all (Salaffi 2004, doi 10.1016/j.ejpain.2003.09.004)."""

NPRS_MEANINGFUL_CHANGE = 2
"""Points of change patients call much better (Salaffi 2004, same paper)."""


def nprs(value: object) -> int:
    """The pain score, or ValueError with a sentence that says what a score must be.

    Takes a whole number from 0 to 10. A number written as text is refused: forms convert, rules do not guess.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"pain is a whole number from {NPRS_LOWEST} to {NPRS_HIGHEST}, not {value!r}")
    if not NPRS_LOWEST <= value <= NPRS_HIGHEST:
        raise ValueError(f"pain is a whole number from {NPRS_LOWEST} to {NPRS_HIGHEST}, not {value}")
    return value


def is_nprs(value: object) -> bool:
    """Whether the value is a pain score."""
    try:
        nprs(value)
    except ValueError:
        return False
    return True

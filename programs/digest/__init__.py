"""The week's letter: how many runners need somebody and why, to staff who want it, without a name in it."""

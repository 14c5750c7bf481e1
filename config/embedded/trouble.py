"""What stops the start, said in words."""


class Trouble(Exception):
    """A reason why it cannot go on, as one plain sentence that says what to do. Shown without a traceback."""

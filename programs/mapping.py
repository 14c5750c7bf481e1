"""The only file that knows both the rows of this app and the pure library."""


def load_library() -> tuple[int, int, int]:
    return 0, 0, 0

"""What the rules propose for a running program, worked out from its rows, kept with its standing, and shown to staff.

`gather` reads rows into the pure `programs.progression`; `keeping` writes what came of it; `tasks` calls it in the background.
"""

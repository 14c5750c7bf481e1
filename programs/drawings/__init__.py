"""The drawings of programs.figures on pages: their addresses, what answers there, and which drawing an exercise shows."""

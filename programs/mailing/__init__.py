"""Mail and messages that leave as jobs: what a server said, the line to it, and how a message leaves at most once."""

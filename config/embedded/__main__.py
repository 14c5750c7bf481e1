"""`python -m config.embedded run|stop|test|lint|bench|prepare`: what the Makefile calls."""

import sys

from config.embedded import checks, launcher
from config.embedded.trouble import Trouble

COMMANDS = {
    "run": launcher.run,
    "stop": launcher.stop,
    "test": checks.run_tests,
    "lint": checks.lint,
    "bench": checks.bench,
    "prepare": checks.prepare,
}


def main(arguments: list[str]) -> int:
    """Run one command; a reason not to go on is one sentence and exit code 1."""
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        print(f"Say what to do: {', '.join(COMMANDS)}.", file=sys.stderr)
        return 2
    try:
        return command(arguments[1:])
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        print(f"It cannot go on: {error.strerror or error} {error.filename or ''}".rstrip() + ".", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

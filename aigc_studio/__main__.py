"""`aigc-studio` and `python -m aigc_studio`."""

from __future__ import annotations

import sys

from aigc_studio.cli.entry import run


def main() -> int:
    """Run the command line on this process's arguments; the exit code."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

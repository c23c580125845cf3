"""`aigc-studio` and `python -m aigc_studio`."""

from __future__ import annotations

import sys

from aigc_studio.cli.entry import run


def main() -> int:
    """Run a command, or open the window, as this process's arguments say; the exit code."""
    return run(sys.argv[1:], window=_window)


def _window(project: str) -> int:
    # Qt is loaded for the window alone; the command line and the window do not know each other.
    from aigc_studio.ui.app import main as open_window

    return open_window(project)


if __name__ == "__main__":
    sys.exit(main())

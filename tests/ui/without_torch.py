"""Loads all that the window's process may ever load, plays a picture, and tells what came along.

Run in a fresh interpreter: `python -m tests.ui.without_torch`. It prints the rooms that were
loaded, a line for each heavy module that should not be there, and "played" at the end.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import pytest

from aigc_studio.ui import application
from tests.studio.helpers import PAINTING, use_worker

ROOMS = ("base", "media", "catalog", "jobs", "document", "studio", "ui", "cli")
HEAVY = ("torch", "aigc_studio.ml", "aigc_studio.worker")


def load(room: str) -> int:
    """Import every module of a room; how many."""
    package = importlib.import_module(f"aigc_studio.{room}")
    found = list(pkgutil.walk_packages(package.__path__, f"{package.__name__}."))
    for module in found:
        importlib.import_module(module.name)
    return len(found)


def tell(what: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def tell_heavy() -> None:
    """Print what should not be there."""
    for name in HEAVY:
        if name in sys.modules:
            tell(f"loaded: {name}")


class PlayingFace(application.Face):
    """Closes its window once the starter's model has been played."""

    def begin(self, project: str = "") -> None:
        """Open the starter and wait for a picture."""
        self.studio.when_awake(lambda: self.studio.instrument.settled.connect(self._on_settled))
        super().begin(application.STARTER)

    def _on_settled(self) -> None:
        tell_heavy()
        tell("played")
        self.window.close()


def main() -> int:
    """Load, play, tell."""
    with pytest.MonkeyPatch.context() as patch:
        use_worker(patch, PAINTING)
        patch.setattr(application, "Face", PlayingFace)
        for room in ROOMS:
            tell(f"{room} {load(room)}")
        tell_heavy()
        return application.run()


if __name__ == "__main__":
    sys.exit(main())

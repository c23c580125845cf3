"""The real window as a process of its own, brought into a state and then left to be ended.

`python -m tests.e2e.ended_window PROJECT SHIPPED STATE` opens the project, or the starter that lies
in SHIPPED, renames a collection, and prints a line once it is in the state:

- changed: nothing more;
- asking: the question on leaving is open;
- naming: a dialog that asks where to save lies above it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from unittest import mock

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from aigc_studio.document import changes
from aigc_studio.ui import application
from aigc_studio.ui.application import Face

NAME = "mine"
_ABOVE_MS = 300


class Prepared(Face):
    """The face of a window that comes into the state by itself."""

    def begin(self, project: str = "") -> None:
        """Show the window; go on when the project is open."""
        self.studio.session.opened.connect(self._prepare)
        super().begin(project)

    def _prepare(self) -> None:
        session = self.studio.session
        key = next(iter(session.project.collections))
        session.do(lambda project: changes.rename_collection(project, key, NAME))
        state = sys.argv[3]
        QTimer.singleShot(_ABOVE_MS, self, lambda: self._ready(state))
        if state == "asking":
            QTimer.singleShot(0, self.window, self.window.close)
        elif state == "naming":
            QTimer.singleShot(0, self.window, self.window.projects.ask_save_as)

    def _ready(self, state: str) -> None:
        """Say so once what is to lie above the window does: on a busy machine that takes long."""
        if state != "changed" and QApplication.activeModalWidget() is None:
            QTimer.singleShot(_ABOVE_MS, self, lambda: self._ready(state))
            return
        print(state, flush=True)  # noqa: T201


def main(project: str, shipped: str) -> int:
    """Run the window."""
    resources = "aigc_studio.document.starter.resources"
    with (
        mock.patch.object(application, "Face", Prepared),
        mock.patch(resources, return_value=Path(shipped)),
    ):
        return application.run(project)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))

"""The real window as a process of its own, which a seeded hand drives: what the kills are aimed at.

`python -m tests.e2e.driven_window PROJECT SEED` opens the project, trains, plays and edits until it
is killed. After every edit it prints a line: when, and what the project is then.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import time
from typing import TYPE_CHECKING
from unittest import mock

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from aigc_studio.document import bundle, canvas_edits, changes, layer_edits
from aigc_studio.document.training import TrainingWish
from aigc_studio.ui import application
from aigc_studio.ui.application import Face
from aigc_studio.ui.dock.dock import Dock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.model import Project

TICK_MS = 50
LEFT = Qt.MouseButton.LeftButton


def digest(project: Project) -> str:
    """What people made of a project; models come by themselves, also at the next open."""
    raw = bundle.Serialiser().as_bytes(project.model_copy(update={"models": {}}))
    return hashlib.sha256(raw).hexdigest()


class Hand(QObject):
    """Does one thing after the other in a window, as a person who never rests."""

    def __init__(self, face: Face, wish: TrainingWish, seed: int) -> None:
        super().__init__(face)
        self._face, self._wish = face, wish
        self._studio = face.studio
        self._dice = random.Random(seed)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.act)
        session = self._studio.session
        session.opened.connect(self._begin)
        session.changed.connect(self._tell)
        self._studio.runs.changed.connect(self._train)
        self._studio.desk.finished.connect(self._train)

    def _begin(self) -> None:
        self._tell()
        self._timer.start(TICK_MS)

    def _tell(self) -> None:
        project = self._studio.session.project
        line = json.dumps({"at": time.monotonic(), "is": digest(project)})
        print(line, flush=True)  # noqa: T201

    def _train(self) -> None:
        """Go on with what a kill broke off, else begin anew."""
        desk = self._studio.desk
        if not self._studio.session.is_open or desk.busy:
            return
        offered = [view.id for view in self._studio.runs.offers]
        desk.resume(offered[0]) if offered else desk.start(self._wish)

    def act(self) -> None:
        """Do one thing."""
        deeds = (
            self.play, self.move, self.move, self.paint, self.caption,
            self.gather, self.save, self.undo, self.redo, self.place, self.look,
        )  # fmt: skip
        self._dice.choice(deeds)()

    def play(self) -> None:
        """Drag on the pad."""
        dock = self._face.window.dock
        if not isinstance(dock, Dock) or not dock.isVisible():
            return
        pad = dock.pad.map
        QTest.mousePress(pad, LEFT, pos=self._somewhere(pad.width(), pad.height()))
        for _ in range(3):
            QTest.mouseMove(pad, self._somewhere(pad.width(), pad.height()))
        QTest.mouseRelease(pad, LEFT, pos=self._somewhere(pad.width(), pad.height()))

    def move(self) -> None:
        """Drag a layer: many edits, one step."""
        canvas = self._canvas()
        if canvas is None or not canvas.layers:
            return
        key, session = canvas.id, self._studio.session
        layer = self._dice.choice(canvas.layers).id
        with session.gesture("Move"):
            for _ in range(5):
                x, y = self._dice.uniform(0, 300), self._dice.uniform(0, 300)
                session.apply(layer_edits.place_layer(session.project, key, layer, x, y))

    def paint(self) -> None:
        """A layer becomes clearer or fainter."""
        canvas = self._canvas()
        if canvas is not None and canvas.layers:
            key, opacity = canvas.id, self._dice.random()
            layers = [layer.id for layer in canvas.layers]
            self._studio.session.do(
                lambda project: layer_edits.set_opacity(project, key, layers, opacity)
            )

    def caption(self) -> None:
        """Say what is in a picture."""
        key = self._any(self._studio.session.project.assets)
        words = f"disc {self._dice.random()}"
        self._studio.session.do(lambda project: changes.set_caption(project, key, words))

    def gather(self) -> None:
        """Make a collection, or a canvas."""
        if self._dice.random() < 0.3 and self._canvas() is None:
            self._studio.session.do(
                lambda project: canvas_edits.add_canvas(project, "Played", 256, 256)
            )
            self._face.window.documents.open_first()
        else:
            key = self._any(self._studio.session.project.assets)
            self._studio.session.do(lambda project: changes.add_collection(project, "some", [key]))

    def place(self) -> None:
        """What is played becomes a layer."""
        canvas = self._canvas()
        if canvas is None or len(canvas.layers) < 4:
            self._studio.living.place()

    def save(self) -> None:
        """Save, now and then."""
        if self._dice.random() < 0.3:
            self._studio.commands.run("file.save")

    def undo(self) -> None:
        """Take a step back."""
        self._studio.commands.run("edit.undo")

    def redo(self) -> None:
        """Do it again."""
        self._studio.commands.run("edit.redo")

    def look(self) -> None:
        """Go somewhere else, or prefer something else."""
        if self._dice.random() < 0.5:
            self._studio.commands.run(f"go.{self._dice.choice(('library', 'train', 'models'))}")
            self._face.window.documents.open_first()
        else:
            self._studio.settings.change(text_scale=self._dice.choice((1.0, 1.25)))

    def _canvas(self) -> Canvas | None:
        return next(iter(self._studio.session.project.canvases.values()), None)

    def _any(self, table: Mapping[str, object]) -> str:
        return self._dice.choice(sorted(table))

    def _somewhere(self, width: int, height: int) -> QPoint:
        return QPoint(self._dice.randrange(width), self._dice.randrange(height))


def main(project: str, wish: str, seed: str) -> int:
    """Run the window, driven."""

    class Driven(Face):
        """The face of a window that is driven."""

        def begin(self, project: str = "") -> None:
            """Show the window, and drive it once the project is open."""
            Hand(self, TrainingWish(**json.loads(wish)), int(seed))
            super().begin(project)

    with mock.patch.object(application, "Face", Driven):
        return application.run(project)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

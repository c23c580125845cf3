"""What every tool of the canvas is: it hears the pointer and keys, and paints over the layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QKeyEvent, QPainter

    from aigc_studio.ui.editors.canvas.view import CanvasView

Modifiers = Qt.KeyboardModifier
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
COARSE = 10


class Tool(QObject):
    """Does nothing; places are in pixels of the view."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self.view = view

    def press(self, at: QPointF, keys: Modifiers) -> None:
        """The left button went down."""

    def move(self, at: QPointF, keys: Modifiers) -> None:
        """The pointer moved, whether or not the button is down."""

    def release(self, at: QPointF, keys: Modifiers) -> None:
        """The left button was let go."""

    def double(self, at: QPointF) -> None:
        """It was clicked twice."""

    def key(self, event: QKeyEvent) -> bool:
        """A key went down; answers whether it meant something."""
        return False

    def refresh(self) -> None:
        """The canvas has changed."""

    def leave(self) -> None:
        """Another tool takes its place."""

    def paint(self, painter: QPainter) -> None:
        """Paint over the layers, in pixels of the view."""


def step_of(event: QKeyEvent) -> tuple[int, int] | None:
    """The way an arrow goes, ten times as far with Shift; None for other keys."""
    way = ARROWS.get(Qt.Key(event.key()))
    if way is None:
        return None
    by = COARSE if event.modifiers() & Modifiers.ShiftModifier else 1
    return way[0] * by, way[1] * by

"""The hand that pans: the middle button, or Space held; Space tapped plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QGraphicsView


class Hand:
    """Takes what belongs to panning before any tool hears of it."""

    def __init__(self, view: QGraphicsView, tapped: Callable[[], object]) -> None:
        """`tapped` is called for Space that panned nothing."""
        self._view, self._tapped = view, tapped
        self._from: QPointF | None = None
        self._space = self._unused = False

    @property
    def goes_on(self) -> bool:
        """Whether it pans, or would with the next press."""
        return self._space or self._from is not None

    def press(self, event: QMouseEvent) -> bool:
        """Begin; answers whether this press is one of the hand's."""
        if event.button() != Qt.MouseButton.MiddleButton and not self._space:
            return False
        self._from, self._unused = event.position(), False
        self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Go along; answers whether it pans."""
        if self._from is None:
            return False
        way = (event.position() - self._from).toPoint()
        self._from = event.position()
        across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(across.value() - way.x())
        down.setValue(down.value() - way.y())
        return True

    def release(self) -> bool:
        """End; answers whether it panned."""
        panned, self._from = self._from is not None, None
        if panned:
            self._view.viewport().unsetCursor()
        return panned

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Space, perhaps to be held."""
        if event.key() != Qt.Key.Key_Space:
            return False
        if not event.isAutoRepeat():
            self._space, self._unused = True, True
        return True

    def key_released(self, event: QKeyEvent) -> None:
        """Space let go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            if self._unused:
                self._tapped()

    def forget(self) -> None:
        """The focus is elsewhere: who knows what is held."""
        self._space = self._unused = False

"""A button that can be clicked, and dragged out of the window as something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QToolButton

from aigc_studio.ui import icons

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QMouseEvent


class DragButton(QToolButton):
    """As `basics.tool`."""

    def __init__(self, icon: str, tip: str, mime_of: Callable[[], QMimeData | None]) -> None:
        """`mime_of` makes what is dragged; None drags nothing."""
        super().__init__()
        self._mime_of = mime_of
        self._from: QPoint | None = None
        self.setProperty("kind", "tool")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(tip)
        self.setAccessibleName(tip.partition("\n")[0])
        icons.dress(self, icon)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click or a drag begins."""
        self._from = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Far enough from where it began it is a drag."""
        super().mouseMoveEvent(event)
        far = QApplication.startDragDistance()
        if self._from is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (event.position().toPoint() - self._from).manhattanLength() < far:
            return
        self._from = None
        self.setDown(False)
        mime = self._mime_of()
        if mime is not None:
            drag = QDrag(self)
            drag.setMimeData(mime)
            drag.exec(Qt.DropAction.CopyAction)

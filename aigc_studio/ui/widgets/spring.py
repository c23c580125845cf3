"""Tabs that spring open under something that is dragged, so that it can be dropped there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTabBar

REST_MS = 400


class Spring(QObject):
    """Minds what is dragged over a tab bar; nothing can be dropped on the bar itself.

    Signals:
        opened(int): something rests over the tab at this index.
    """

    opened = Signal(int)

    def __init__(self, tabs: QTabBar) -> None:
        super().__init__(tabs)
        self._tabs, self._over = tabs, -1
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(lambda: self.opened.emit(self._over))
        tabs.setAcceptDrops(True)
        tabs.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait while it rests; what leaves, or is dropped, opens nothing."""
        if isinstance(event, QDragMoveEvent):  # an enter is one too
            self._hover(self._tabs.tabAt(event.position().toPoint()))
            event.setAccepted(isinstance(event, QDragEnterEvent))
            return True
        if event.type() in (QEvent.Type.DragLeave, QEvent.Type.Drop):
            self._hover(-1)
            event.setAccepted(False)
            return True
        return False

    def _hover(self, tab: int) -> None:
        if tab == self._over:
            return
        self._over = tab
        if tab >= 0:
            self._rest.start()
        else:
            self._rest.stop()

"""A dashed place that says what can be dropped there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from aigc_studio.ui import style, theme
from aigc_studio.ui.dock.dragging import PLACE_MIME
from aigc_studio.ui.widgets.flow_grid import MIME_IDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent

_HIGH = 36


class DropPlace(QWidget):
    """Takes results and pictures of the library; lights up while one hovers over it."""

    def __init__(self, words: str, take: Callable[[QMimeData], bool]) -> None:
        """`take` takes what is dropped, and answers whether it can."""
        super().__init__()
        self._words, self._take = words, take
        self._over = False
        self.setAcceptDrops(True)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One line of words."""
        return QSize(theme.px(160), theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """Words that have no room are cut off."""
        return QSize(theme.px(theme.TARGET), theme.px(_HIGH))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up for what can be taken."""
        mime = event.mimeData()
        if mime.hasFormat(PLACE_MIME) or mime.hasFormat(MIME_IDS):
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It goes elsewhere."""
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        self._light(False)
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed outline with words in it."""
        painter, colours = QPainter(self), theme.colours()
        line = Qt.PenStyle.SolidLine if self._over else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(colours.accent if self._over else colours.edge), 1, line))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setFont(style.font(theme.CAPTION))
        painter.setPen(QColor(colours.secondary))
        room = self.rect().adjusted(theme.SPACE[1], 0, -theme.SPACE[1], 0)
        elide = Qt.TextElideMode.ElideRight
        words = painter.fontMetrics().elidedText(self._words, elide, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), words)
        painter.end()

    def _light(self, over: bool) -> None:
        self._over = over
        self.update()

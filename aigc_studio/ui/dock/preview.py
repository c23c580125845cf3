"""A square in which a picture is shown as large as it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from aigc_studio.ui import icons, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

PLACE_MIME = "application/x-aigc-place"
_HARD_BELOW = 64


def fitted(image: QImage, room: QRect) -> QRect:
    """Where a picture goes in a room, as large as it fits, in the middle."""
    size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    at = QRect(QPoint(), size)
    at.moveCenter(room.center())
    return at


class Preview(QWidget):
    """The last picture stays until there is a newer one; it can be dragged out to be placed.

    Signals:
        placed(): it was double-clicked.
    """

    placed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._image = QImage()
        self._dashed = True
        self._from: QPoint | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def image(self) -> QImage:
        """What is shown."""
        return self._image

    def show_picture(self, image: QImage) -> None:
        """Show another picture."""
        self._image = image
        self.update()

    def show_dashed(self, dashed: bool) -> None:
        """A dashed outline says that this stands nowhere yet."""
        self._dashed = dashed
        self.update()

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(theme.px(200), theme.px(200))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, picture, outline."""
        painter = QPainter(self)
        colours = theme.colours()
        side = min(self.width(), self.height())
        room = QRect(0, 0, side, side)
        room.moveCenter(self.rect().center())
        painter.fillRect(room, QColor(colours.stage))
        if self._image.isNull():
            drawn = icons.picture("wand", colours.text, theme.px(theme.ICON_EMPTY))
            painter.drawPixmap(room.center() - drawn.rect().center(), drawn)
        else:
            smooth = self._image.width() >= _HARD_BELOW
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(fitted(self._image, room), self._image)
        if self._dashed:
            painter.setPen(QPen(QColor(colours.edge), 1, Qt.PenStyle.DashLine))
            painter.drawRect(QRectF(room).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A drag may begin."""
        self._from = event.position().toPoint()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Place it."""
        self._from = None
        self.placed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the picture out."""
        if self._from is None or self._image.isNull():
            return
        way = event.position().toPoint() - self._from
        if way.manhattanLength() < QApplication.startDragDistance():
            return
        self._from = None
        mime = QMimeData()
        mime.setData(PLACE_MIME, b"1")
        mime.setImageData(self._image)
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.setPixmap(QPixmap.fromImage(self._image).scaled(64, 64))
        drag.exec(Qt.DropAction.CopyAction)

"""A square in which a picture is shown as large as it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from aigc_studio.ui import icons, style, theme
from aigc_studio.ui.dock.dragging import PLACE_MIME, drag_out
from aigc_studio.ui.widgets.flow_grid import MIME_IDS
from aigc_studio.ui.widgets.framing import fitted, is_pixel_art

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
        QMouseEvent,
        QPaintEvent,
    )


def paint_note(painter: QPainter, room: QRect, words: str) -> None:
    """A word on a ground of its own, in the upper left corner of a room."""
    colours, edge = theme.colours(), theme.SPACE[0]
    painter.setFont(style.font(theme.CAPTION))
    measure = painter.fontMetrics()
    size = QSize(measure.horizontalAdvance(words) + 2 * edge, measure.height() + 2)
    box = QRectF(QRect(room.topLeft() + QPoint(edge, edge), size))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.raised))
    painter.drawRoundedRect(box, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
    painter.setPen(QColor(colours.text))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


class Preview(QWidget):
    """The last picture stays until there is a newer one; it can be dragged out to be placed.

    Signals:
        placed(): it was double-clicked, or Enter was pressed.

    Attributes:
        take: takes what is dropped, and answers whether it can; None where nothing is dropped.
    """

    placed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._image = QImage()
        self._dashed = True
        self._note = ""
        self._from: QPoint | None = None
        self._over = False
        self.take: Callable[[QMimeData], bool] | None = None
        self.setAcceptDrops(True)
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

    def show_note(self, words: str) -> None:
        """A word in the corner; "" for none."""
        if words != self._note:
            self._note = words
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
            smooth = not is_pixel_art(self._image)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(fitted(self._image, room), self._image)
        if self._dashed or self._over:
            line = Qt.PenStyle.SolidLine if self._over else Qt.PenStyle.DashLine
            colour, width = (colours.accent, 2) if self._over else (colours.edge, 1)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colour), width, line))
            painter.drawRect(QRectF(room).adjusted(0.5, 0.5, -0.5, -0.5))
        if self._note:
            paint_note(painter, room, self._note)
        painter.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Results and pictures of the library, where they are taken."""
        mime = event.mimeData()
        if self.take and (mime.hasFormat(PLACE_MIME) or mime.hasFormat(MIME_IDS)):
            event.acceptProposedAction()
            self._light(True)
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It goes elsewhere."""
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        self._light(False)
        if self.take and self.take(event.mimeData()):
            event.acceptProposedAction()

    def _light(self, over: bool) -> None:
        self._over = over
        self.update()

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
        drag_out(self, self._image)

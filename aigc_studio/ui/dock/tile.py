"""A picture that can be clicked, starred and dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication

from aigc_studio.ui import icons, theme
from aigc_studio.ui.widgets.framing import fitted

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QMouseEvent, QPaintEvent


class Tile(QAbstractButton):
    """A square with a picture; what is chosen has an outline, what is starred a star.

    Signals:
        star_asked(): the star was clicked.
        pulled(): a drag begins.
        twice(): it was double-clicked.

    Attributes:
        starred: shows a filled star.
        disliked: shows a minus.
        pointed: the keyboard would act on it.
    """

    star_asked = Signal()
    pulled = Signal()
    twice = Signal()

    def __init__(self, picture: QImage, name: str, side: int, *, can_star: bool = False) -> None:
        super().__init__()
        self._picture, self._side, self._can_star = picture, side, can_star
        self._from: QPointF | None = None
        self.starred = self.disliked = self.pointed = False
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(side, side)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_picture(self, picture: QImage) -> None:
        """Show another picture."""
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(self._side, self._side)

    @property
    def star_box(self) -> QRectF:
        """Where the star lies."""
        side = theme.px(theme.TARGET)
        return QRectF(self.width() - side, 0, side, side)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Its star, or the beginning of a click or a drag."""
        left = event.button() == Qt.MouseButton.LeftButton
        if left and self._can_star and self.star_box.contains(event.position()):
            self.star_asked.emit()
            return
        self._from = event.position() if left else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A drag takes it along."""
        super().mouseMoveEvent(event)
        if self._from is None:
            return
        if (event.position() - self._from).manhattanLength() >= QApplication.startDragDistance():
            self._from = None
            self.setDown(False)
            self.pulled.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click, unless it was dragged."""
        self._from = None
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Twice in the same place, but not on its star."""
        if self._can_star and self.star_box.contains(event.position()):
            self.star_asked.emit()
        elif event.button() == Qt.MouseButton.LeftButton:
            self.twice.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, picture, star, outline."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        colours = theme.colours()
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.stage))
        painter.drawRoundedRect(box, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        painter.drawImage(fitted(self._picture, self.rect().adjusted(3, 3, -3, -3)), self._picture)
        if self.disliked:
            self._paint_badge(painter, "minus", colours.text)
        elif self.starred or (self._can_star and (self.underMouse() or self.pointed)):
            self._paint_star(painter)
        if self.isChecked() or self.underMouse() or self.pointed:
            colour = colours.accent if self.isChecked() or self.pointed else colours.edge
            painter.setBrush(Qt.BrushStyle.NoBrush)
            line = Qt.PenStyle.DashLine if self.pointed else Qt.PenStyle.SolidLine
            painter.setPen(QPen(QColor(colour), 2, line))
            painter.drawRoundedRect(box, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        painter.end()

    def _paint_star(self, painter: QPainter) -> None:
        colours = theme.colours()
        name, colour = ("star-filled", colours.warn) if self.starred else ("star", colours.text)
        self._paint_badge(painter, name, colour)

    def _paint_badge(self, painter: QPainter, name: str, colour: str) -> None:
        colours, size = theme.colours(), theme.px(theme.ICON)
        middle = self.star_box.center()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.raised))
        painter.drawEllipse(middle, size * 0.7, size * 0.7)
        drawn = icons.picture(name, colour, size, self.devicePixelRatio())
        painter.drawPixmap(middle - QPointF(size / 2, size / 2), drawn)

"""A picture that can be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton

from aigc_studio.ui import icons, theme
from aigc_studio.ui.dock.preview import fitted

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPaintEvent


class Tile(QAbstractButton):
    """A square with a picture; what is chosen has an outline, what is starred a star."""

    def __init__(self, picture: QImage, name: str, side: int) -> None:
        super().__init__()
        self._picture, self._side = picture, side
        self.starred = False
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(side, side)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(self._side, self._side)

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
        if self.starred:
            size = theme.px(theme.ICON)
            star = icons.picture("star-filled", colours.warn, size, self.devicePixelRatio())
            painter.drawPixmap(self.width() - size - 3, 3, star)
        if self.isChecked() or self.underMouse():
            colour = colours.accent if self.isChecked() else colours.edge
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colour), 2))
            painter.drawRoundedRect(box, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        painter.end()

"""A card: a picture, a name, a few words; it can be clicked and reached by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractButton

from aigc_studio.ui import icons, style, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_GAP = theme.SPACE[2]


class Card(QAbstractButton):
    """A picture over a name and up to two lines of words; a click opens what it stands for."""

    def __init__(self, name: str, words: str = "", *, icon: str = "picture") -> None:
        """`icon` stands in until there is a picture."""
        super().__init__()
        self._words, self._icon = words, icon
        self._image = QImage()
        self.setText(name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_picture(self, image: QImage) -> None:
        """Show a picture, as large as the card allows."""
        self._image = image
        self.update()

    def show_words(self, words: str, *, icon: str = "") -> None:
        """Say something else below the name, under another icon."""
        self._words, self._icon = words, icon or self._icon
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        """A picture of 16:10 over a name and two lines."""
        width = theme.px(216)
        text = theme.px(theme.BODY) * 1.4 + theme.px(theme.CAPTION) * 1.4 * 2
        return QSize(width, round(width * 0.625 + text + 2 * _GAP))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, picture, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        colours = theme.colours()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        outline = QPainterPath()
        outline.addRoundedRect(box, theme.RADIUS_CARD, theme.RADIUS_CARD)
        painter.fillPath(outline, QColor(self._ground()))
        picture = QRect(0, 0, self.width(), round(self.width() * 0.625))
        painter.save()
        painter.setClipPath(outline)
        self._paint_picture(painter, picture)
        painter.restore()
        if self.isChecked():
            painter.setPen(QPen(QColor(colours.accent), theme.FOCUS_WIDTH))
        else:
            painter.setPen(QPen(QColor(colours.edge if self.underMouse() else colours.line)))
        painter.drawPath(outline)
        self._paint_words(painter, picture.bottom() + _GAP)
        painter.end()

    def _ground(self) -> str:
        colours = theme.colours()
        return colours.hover if self.underMouse() or self.isDown() else colours.panel

    def _paint_picture(self, painter: QPainter, where: QRect) -> None:
        colours = theme.colours()
        painter.fillRect(where, QColor(colours.raised))
        if self._image.isNull():
            side = theme.px(theme.ICON_EMPTY)
            drawn = icons.picture(self._icon, colours.secondary, side, self.devicePixelRatio())
            at = where.center() - QRect(0, 0, side, side).center()
            painter.drawPixmap(at, drawn)
            return
        room = where.size() - QSize(_GAP, _GAP)
        size = self._image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(0, 0, size.width(), size.height())
        target.moveCenter(where.center())
        painter.drawImage(target, self._image)

    def _paint_words(self, painter: QPainter, top: int) -> None:
        colours = theme.colours()
        width = self.width() - 2 * _GAP
        painter.setFont(style.font(theme.BODY, semibold=True))
        metrics = painter.fontMetrics()
        painter.setPen(QColor(colours.text))
        name = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(_GAP, top, width, metrics.height()), int(_LEFT), name)
        top += round(metrics.height() * 1.1)
        painter.setFont(style.font(theme.CAPTION))
        metrics = painter.fontMetrics()
        painter.setPen(QColor(colours.secondary))
        for line in self._words.split("\n")[:2]:
            fitting = metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, width)
            painter.drawText(QRect(_GAP, top, width, metrics.height()), int(_LEFT), fitting)
            top += metrics.height()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

"""A large button: an icon, what it does, and a sentence about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from aigc_studio.ui import icons, style, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_GAP = theme.SPACE[3]
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class ActionCard(QAbstractButton):
    """One of a few things to begin with; the primary one is filled with the accent."""

    def __init__(self, icon: str, name: str, words: str, *, primary: bool = False) -> None:
        super().__init__()
        self._icon, self._words, self._primary = icon, words, primary
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Room for two lines of words."""
        return QSize(theme.px(280), theme.px(96))

    def minimumSizeHint(self) -> QSize:
        """The same height in less width."""
        return QSize(theme.px(180), theme.px(96))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, icon, words."""
        colours = theme.colours()
        pointed = self.underMouse() or self.isDown()
        if self._primary:
            ground = colours.accent_hover if pointed else colours.accent_fill
            edge, text, quiet = ground, colours.on_accent, colours.on_accent
        else:
            ground = colours.hover if pointed else colours.panel
            edge = colours.edge if pointed else colours.line
            text, quiet = colours.text, colours.secondary
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(edge)))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.RADIUS_CARD, theme.RADIUS_CARD)
        side = theme.px(theme.ICON_TOOLBAR)
        drawn = icons.picture(self._icon, text, side, self.devicePixelRatio())
        painter.drawPixmap(_GAP, _GAP, drawn)
        self._paint_words(painter, _GAP + side + theme.SPACE[1], text, quiet)
        painter.end()

    def _paint_words(self, painter: QPainter, left: int, text: str, quiet: str) -> None:
        width = self.width() - left - _GAP
        painter.setFont(style.font(theme.BODY, semibold=True))
        painter.setPen(QColor(text))
        high = painter.fontMetrics().height()
        top = _GAP + (theme.px(theme.ICON_TOOLBAR) - high) // 2
        painter.drawText(
            QRect(left, top, width, high), int(Qt.AlignmentFlag.AlignLeft), self.text()
        )
        painter.setFont(style.font(theme.CAPTION))
        painter.setPen(QColor(quiet))
        below = QRect(left, top + high + theme.SPACE[0], width, self.height())
        painter.drawText(below, int(_WRAPPED), self._words)

"""Axes and marker of the map, to be seen on any ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRadialGradient

from aigc_studio.ui import style, theme
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QSize

_RADIUS, _CLEAR = 8, 30
_DARK, _BRIGHT = Qt.GlobalColor.black, Qt.GlobalColor.white  # one of both is seen on every picture


def paint_axes(painter: QPainter, middle: QPointF, size: QSize) -> None:
    """The two directions that the map shows, with their names at their ends."""
    colours = theme.colours()
    painter.setPen(QPen(QColor(colours.line)))
    painter.drawLine(QPointF(0, middle.y()), QPointF(size.width(), middle.y()))
    painter.drawLine(QPointF(middle.x(), 0), QPointF(middle.x(), size.height()))


def paint_names(painter: QPainter, size: QSize) -> None:
    """The names of the two directions, in the corner where they would end."""
    painter.setFont(style.font(theme.CAPTION))
    edge = theme.SPACE[0]
    across, up = tr("Direction 1 \N{RIGHTWARDS ARROW}"), tr("\N{UPWARDS ARROW} Direction 2")
    measure = painter.fontMetrics()
    high = measure.height() + 2
    for words, x, y in (
        (across, size.width() - measure.horizontalAdvance(across) - 3 * edge, size.height() - high),
        (up, edge, edge),
    ):
        box = QRectF(x, y - edge, measure.horizontalAdvance(words) + 2 * edge, high)
        ground = QColor(theme.colours().field)
        ground.setAlphaF(0.85)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        painter.setPen(QColor(theme.colours().secondary))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


def paint_marker(painter: QPainter, at: QPointF, size: QSize) -> None:
    """A ring where we are; beyond the map a dotted one at its edge."""
    colours, radius = theme.colours(), theme.px(_RADIUS)
    room = radius - 2
    within = QPointF(
        min(max(at.x(), room), size.width() - room), min(max(at.y(), room), size.height() - room)
    )
    _clear(painter, within)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, wide in ((_DARK, 7), (_BRIGHT, 5)):
        painter.setPen(QPen(QColor(colour), wide))
        painter.drawEllipse(within, radius, radius)
    line = Qt.PenStyle.SolidLine if within == at else Qt.PenStyle.DotLine
    painter.setPen(QPen(QColor(colours.accent_fill), 3, line))
    painter.drawEllipse(within, radius, radius)
    painter.setPen(QPen(QColor(_DARK), 1))
    painter.setBrush(QColor(_BRIGHT))
    painter.drawEllipse(within, 2.5, 2.5)


def _clear(painter: QPainter, at: QPointF) -> None:
    """Pictures step back around it."""
    reach = theme.px(_CLEAR)
    fade = QRadialGradient(at, reach)
    ground = QColor(theme.colours().field)
    for stop, strength in ((0.0, 0.85), (0.5, 0.6), (1.0, 0.0)):
        ground.setAlphaF(strength)
        fade.setColorAt(stop, ground)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fade)
    painter.drawEllipse(at, reach, reach)

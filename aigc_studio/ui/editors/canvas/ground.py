"""What lies below the layers: the stage, the canvas's colour, squares for transparency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QTransform

from aigc_studio.ui import theme

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Canvas

_SQUARE = 8


def paint_ground(painter: QPainter, canvas: Canvas) -> None:
    """The canvas without its layers, in its own pixels."""
    box = QRectF(0, 0, canvas.width, canvas.height)
    if canvas.background:
        painter.fillRect(box, QColor(canvas.background))
    else:
        _paint_squares(painter, box)
    pen = QPen(QColor(theme.colours().edge))
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.drawRect(box)


def _paint_squares(painter: QPainter, box: QRectF) -> None:
    # A brush that is not scaled is many times as quick.
    shown = painter.transform().mapRect(box)
    painter.save()
    painter.resetTransform()
    painter.setBrushOrigin(shown.topLeft())
    painter.fillRect(shown, squares())
    painter.restore()


def squares(scale: float = 1.0) -> QBrush:
    """The squares that stand for transparency; `scale` keeps them of one size on the screen."""
    colours = theme.colours()
    tile = QPixmap(2 * _SQUARE, 2 * _SQUARE)
    tile.fill(QColor(colours.panel))
    drawing = QPainter(tile)
    for x, y in ((0, 0), (_SQUARE, _SQUARE)):
        drawing.fillRect(x, y, _SQUARE, _SQUARE, QColor(colours.hover))
    drawing.end()
    brush = QBrush(tile)
    if scale != 1:
        brush.setTransform(QTransform.fromScale(scale, scale))
    return brush

"""What a model is painting just now, at its place over the canvas."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QPainter

from aigc_studio.ui.editors.canvas.drawing import blank
from aigc_studio.ui.editors.canvas.ground import squares

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QImage

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.ui.editors.canvas.view import CanvasView


def paint_coming(painter: QPainter, view: CanvasView) -> None:
    """The newest glimpse of it, in pixels of the view."""
    glimpse = view.studio.repainting.glimpse
    if glimpse is None or glimpse.canvas != view.canvas_id:
        return
    part = glimpse.box
    corner = view.from_scene(QPointF(part.left, part.top))
    end = view.from_scene(QPointF(part.left + part.width, part.top + part.height))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    canvas, box = view.canvas, QRectF(corner, end)
    seen = box.intersected(QRectF(view.viewport().rect())).toAlignedRect()
    if canvas is not None and not seen.isEmpty():
        painter.drawImage(seen.topLeft(), _ground(glimpse.cover, canvas, view, box, seen))
    painter.drawImage(box, glimpse.picture)


def _ground(cover: QImage, canvas: Canvas, view: CanvasView, box: QRectF, seen: QRect) -> QImage:
    """What lies below all layers, where it comes: what was there is not seen through it.

    Args:
        box: where it comes, in pixels of the view.
        seen: what is to be drawn of that.
    """
    density = view.devicePixelRatioF()
    made = blank(math.ceil(seen.width() * density), math.ceil(seen.height() * density))
    made.setDevicePixelRatio(density)
    painter = QPainter(made)
    painter.translate(-seen.x(), -seen.y())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(box, cover)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.setBrushOrigin(view.from_scene(QPointF()))
    colour = canvas.background
    painter.fillRect(QRectF(seen), QBrush(QColor(colour)) if colour else squares())
    painter.end()
    return made

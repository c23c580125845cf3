"""What a model is painting just now, at its place over the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

if TYPE_CHECKING:
    from aigc_studio.ui.editors.canvas.view import CanvasView


def paint_coming(painter: QPainter, view: CanvasView) -> None:
    """The newest glimpse of it, in pixels of the view."""
    glimpse = view.studio.repainting.glimpse
    if glimpse is None or glimpse.canvas != view.canvas_id:
        return
    box = glimpse.box
    corner = view.from_scene(QPointF(box.left, box.top))
    end = view.from_scene(QPointF(box.left + box.width, box.top + box.height))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(corner, end), glimpse.picture)

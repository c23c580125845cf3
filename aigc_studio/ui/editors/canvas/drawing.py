"""Layers drawn for the screen by Qt's painter, whose modes are those of the W3C's text."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QTransform

from aigc_studio.ui.editors.canvas.plan import DrawnGroup, DrawnLayer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigc_studio.media.blending import Blend
    from aigc_studio.ui.editors.canvas.plan import DrawnMask, Step

_Mode = QPainter.CompositionMode
MODES: dict[Blend, QPainter.CompositionMode] = {
    "normal": _Mode.CompositionMode_SourceOver,
    "multiply": _Mode.CompositionMode_Multiply,
    "screen": _Mode.CompositionMode_Screen,
    "overlay": _Mode.CompositionMode_Overlay,
    "darken": _Mode.CompositionMode_Darken,
    "lighten": _Mode.CompositionMode_Lighten,
}
FORMAT = QImage.Format.Format_ARGB32_Premultiplied


def blank(width: int, height: int) -> QImage:
    """A clear sheet."""
    made = QImage(width, height, FORMAT)
    made.fill(Qt.GlobalColor.transparent)
    return made


def draw(sheet: QImage, steps: Iterable[Step], view: QTransform) -> None:
    """Lay layers and groups on a sheet.

    Args:
        view: the way from the canvas to the sheet.
    """
    painter = QPainter(sheet)
    reach = view.inverted()[0].mapRect(QRectF(sheet.rect()))
    for step in steps:
        if isinstance(step, DrawnGroup):
            _draw_group(painter, sheet, step, view)
        elif step.bounds.intersects(reach):
            if step.mask is None:
                _draw_layer(painter, step, view)
            else:
                _draw_masked(painter, sheet, step, step.mask, view)
    painter.end()


def lay(painter: QPainter, sheet: QImage, opacity: float = 1.0, blend: Blend = "normal") -> None:
    """Lay a whole sheet on another."""
    painter.resetTransform()
    painter.setOpacity(opacity)
    painter.setCompositionMode(MODES[blend])
    painter.drawImage(0, 0, sheet)


def _draw_group(painter: QPainter, sheet: QImage, group: DrawnGroup, view: QTransform) -> None:
    if not group.steps or group.opacity <= 0:
        return
    own = blank(sheet.width(), sheet.height())
    draw(own, group.steps, view)
    if group.mask is not None:
        _hide(own, group.mask, view)
    lay(painter, own, group.opacity, group.blend)


def _draw_masked(
    painter: QPainter, sheet: QImage, layer: DrawnLayer, mask: DrawnMask, view: QTransform
) -> None:
    own = blank(sheet.width(), sheet.height())
    drawing = QPainter(own)
    _draw_layer(drawing, replace(layer, opacity=1.0, blend="normal"), view)
    drawing.end()
    _hide(own, mask, view)
    lay(painter, own, layer.opacity, layer.blend)


def _draw_layer(painter: QPainter, layer: DrawnLayer, view: QTransform) -> None:
    way = layer.transform * view
    zoom = math.hypot(view.m11(), view.m12())
    # A layer that is not enlarged itself shows its pixels when the view comes close.
    smooth = layer.smooth and (zoom <= 1 or layer.enlarged)
    painter.setTransform(way)
    painter.setOpacity(layer.opacity)
    painter.setCompositionMode(MODES[layer.blend])
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
    scale = math.hypot(way.m11(), way.m12())
    picture = layer.shown.near(scale) if smooth else layer.shown.picture
    width, height = layer.size
    painter.drawImage(QRectF(-width / 2, -height / 2, width, height), picture)


def _hide(sheet: QImage, mask: DrawnMask, view: QTransform) -> None:
    """Take away what a mask hides; beyond its edges everything stays."""
    box = QRectF(*mask.box)
    cover = QImage(sheet.width(), sheet.height(), FORMAT)
    cover.fill(Qt.GlobalColor.white)
    painter = QPainter(cover)
    painter.setTransform(mask.transform * view)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipRect(box)
    painter.setCompositionMode(_Mode.CompositionMode_Source)
    painter.drawImage(box, mask.alpha)
    painter.end()
    painter = QPainter(sheet)
    painter.setCompositionMode(_Mode.CompositionMode_DestinationIn)
    painter.drawImage(QPointF(0, 0), cover)
    painter.end()

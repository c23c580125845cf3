"""The handles of what is selected: corners scale, the knob above turns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from aigc_studio.ui import theme

if TYPE_CHECKING:
    from aigc_studio.ui.editors.canvas.outline import Outline
    from aigc_studio.ui.editors.canvas.view import CanvasView

Part = Literal["", "scale", "rotate"]
SIDE, REACH, KNOB = 9, 12, 26


@dataclass(frozen=True)
class Grips:
    """Where the handles lie, in pixels of the view."""

    corners: tuple[QPointF, ...]
    knob: QPointF
    middle: QPointF

    @staticmethod
    def of(outline: Outline, view: CanvasView) -> Grips:
        """The handles of a frame as the view shows it."""
        corners = tuple(view.from_scene(corner) for corner in outline.corners)
        middle = view.from_scene(outline.middle)
        top = (corners[0] + corners[1]) / 2
        way = top - middle
        length = math.hypot(way.x(), way.y()) or 1.0
        return Grips(corners, top + way * (KNOB / length), middle)

    def part_at(self, at: QPointF) -> Part:
        """What is grabbed there."""
        if near(at, self.knob):
            return "rotate"
        return "scale" if any(near(at, corner) for corner in self.corners) else ""

    def cursor_at(self, at: QPointF) -> Qt.CursorShape | None:
        """What the pointer looks like there; None for nothing of its own."""
        part = self.part_at(at)
        if part != "scale":
            return Qt.CursorShape.PointingHandCursor if part else None
        way = at - self.middle
        falling = way.x() * way.y() > 0
        return Qt.CursorShape.SizeFDiagCursor if falling else Qt.CursorShape.SizeBDiagCursor

    def paint(self, painter: QPainter) -> None:
        """The outline, the corners and the knob."""
        colours = theme.colours()
        self.paint_outline(painter, QPen(QColor(colours.accent), 1.5))
        painter.drawLine((self.corners[0] + self.corners[1]) / 2, self.knob)
        painter.setBrush(QColor(colours.raised))
        for corner in self.corners:
            painter.drawRect(knob_at(corner))
        painter.drawEllipse(self.knob, SIDE / 2, SIDE / 2)

    def paint_outline(self, painter: QPainter, pen: QPen) -> None:
        """The outline alone."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPolygon(QPolygonF(list(self.corners)))


def knob_at(place: QPointF) -> QRectF:
    """The square of a handle about its place."""
    box = QRectF(0, 0, SIDE, SIDE)
    box.moveCenter(place)
    return box


def near(one: QPointF, other: QPointF) -> bool:
    """Whether a pointer at one place reaches a handle at the other."""
    way = one - other
    return math.hypot(way.x(), way.y()) <= REACH


def angle(middle: QPointF, at: QPointF) -> float:
    """Degrees, clockwise, of the way from the middle to a place."""
    way = at - middle
    return math.degrees(math.atan2(way.y(), way.x()))


def distance(middle: QPointF, at: QPointF) -> float:
    """Pixels between two places, at least one."""
    way = at - middle
    return max(math.hypot(way.x(), way.y()), 1.0)

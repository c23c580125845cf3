"""A rectangle of the canvas is selected, for what acts on a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from aigc_studio.media.placing import Crop
from aigc_studio.ui import theme
from aigc_studio.ui.editors.canvas.tool import Modifiers, Tool, step_of

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.ui.editors.canvas.view import CanvasView

_LEAST = 2  # pixels of the screen that make a drag


class RegionTool(Tool):
    """A drag selects, a click selects nothing; Shift keeps it square.

    By keys: Enter selects the middle of the canvas, arrows move it, with Ctrl they change its
    size.
    """

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._stage = view.studio.stage
        self._from: QPointF | None = None
        self._stage.region_changed.connect(view.repaint_soon)

    def press(self, at: QPointF, keys: Modifiers) -> None:
        """Begin at a corner."""
        self._from = at

    def move(self, at: QPointF, keys: Modifiers) -> None:
        """The other corner."""
        if self._from is not None:
            self._choose(self._from, at, keys)

    def release(self, at: QPointF, keys: Modifiers) -> None:
        """A click selects nothing."""
        start, self._from = self._from, None
        if start is not None and (at - start).manhattanLength() < _LEAST:
            self._stage.choose_region(None)

    def _choose(self, start: QPointF, end: QPointF, keys: Modifiers) -> None:
        canvas = self.view.canvas
        if canvas is None:
            return
        one, other = self.view.to_scene(start), self.view.to_scene(end)
        if keys & Modifiers.ShiftModifier:
            way = other - one
            side = max(abs(way.x()), abs(way.y()))
            other = one + QPointF(_like(side, way.x()), _like(side, way.y()))
        box = QRectF(one, other).normalized() & QRectF(0, 0, canvas.width, canvas.height)
        left, top = round(box.left()), round(box.top())
        width, height = round(box.right()) - left, round(box.bottom()) - top
        inside = width > 0 and height > 0
        part = Crop(left=left, top=top, width=width, height=height) if inside else None
        self._stage.choose_region(part)

    def key(self, event: QKeyEvent) -> bool:
        """Enter selects the middle, arrows move it or change its size, Esc selects nothing."""
        part, canvas, step = self._stage.region, self.view.canvas, step_of(event)
        if canvas is None:
            return False
        if part is None:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter:
                self._stage.choose_region(_middle(canvas))
            return enter
        if step is not None and event.modifiers() & Modifiers.ControlModifier:
            width = min(max(part.width + step[0], 1), canvas.width - part.left)
            height = min(max(part.height + step[1], 1), canvas.height - part.top)
            self._stage.choose_region(part.model_copy(update={"width": width, "height": height}))
            return True
        if step is not None:
            left = min(max(part.left + step[0], 0), canvas.width - part.width)
            top = min(max(part.top + step[1], 0), canvas.height - part.height)
            moved = Crop(left=left, top=top, width=part.width, height=part.height)
            self._stage.choose_region(moved)
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._stage.choose_region(None)
            return True
        return False

    def leave(self) -> None:
        """What is selected stays so."""
        self._from = None


def paint_region(painter: QPainter, view: CanvasView) -> None:
    """The rectangle that is selected, whatever tool is in hand."""
    part = view.studio.stage.region
    if part is None or view.studio.stage.canvas is not view.canvas:
        return
    corner = view.from_scene(QPointF(part.left, part.top))
    end = view.from_scene(QPointF(part.left + part.width, part.top + part.height))
    colours = theme.colours()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, style in (
        (colours.raised, Qt.PenStyle.SolidLine),
        (colours.text, Qt.PenStyle.DashLine),
    ):
        painter.setPen(QPen(QColor(colour), 1, style))
        painter.drawRect(QRectF(corner, end))


def _middle(canvas: Canvas) -> Crop:
    """Half as wide and as high as the canvas."""
    width, height = max(canvas.width // 2, 1), max(canvas.height // 2, 1)
    left, top = (canvas.width - width) // 2, (canvas.height - height) // 2
    return Crop(left=left, top=top, width=width, height=height)


def _like(length: float, way: float) -> float:
    return length if way >= 0 else -length

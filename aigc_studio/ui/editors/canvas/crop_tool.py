"""Crop: a rectangle on the selected layer, or on the canvas when nothing is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from aigc_studio.document.cropping import crop_canvas, set_crop
from aigc_studio.media.placing import Crop
from aigc_studio.ui import theme
from aigc_studio.ui.editors.canvas import crop_box
from aigc_studio.ui.editors.canvas.grips import knob_at, near
from aigc_studio.ui.editors.canvas.tool import Modifiers, Tool, step_of

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from aigc_studio.document.canvas import Layer
    from aigc_studio.ui.editors.canvas.items import LayerItem
    from aigc_studio.ui.editors.canvas.view import CanvasView

_DIM = 0.6
_MOVE: crop_box.Handle = (0, 0)
_SHAPES = {
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
}


class CropTool(Tool):
    """The document hears of the rectangle when it is applied, as one step.

    Signals:
        changed(): the rectangle is another one.
        ended(): it was applied or given up.
    """

    changed = Signal()
    ended = Signal()

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self.layer_id = ""
        self.crop = Crop(left=0, top=0, width=1, height=1)
        self.size = (1, 1)
        self.ratio: float | None = None
        self._grabbed: crop_box.Handle | None = None
        self._from, self._before = QPointF(), self.crop

    # What is cropped

    @property
    def _layer(self) -> Layer | None:
        canvas = self.view.canvas
        return canvas.layer(self.layer_id) if canvas and self.layer_id else None

    @property
    def _item(self) -> LayerItem | None:
        return self.view.items_of.get(self.layer_id)

    def begin(self, layer_id: str = "") -> None:
        """Crop a layer, or the canvas."""
        self.layer_id, self.ratio, self._grabbed = layer_id, None, None
        self.size = self._whole_size()
        layer = self._layer
        self.crop = (layer.crop if layer else None) or crop_box.whole(self.size)
        if self._item:
            self._item.show_whole(True)
        self.changed.emit()

    def _whole_size(self) -> tuple[int, int]:
        layer, canvas = self._layer, self.view.canvas
        if layer is not None:
            asset = self.view.studio.session.project.assets[layer.asset]
            return max(asset.width, 1), max(asset.height, 1)
        return (canvas.width, canvas.height) if canvas else (1, 1)

    def set_crop(self, crop: Crop) -> None:
        """Show another rectangle; what lies outside is left away."""
        fitted = crop_box.fitted(crop, self.size)
        if fitted != self.crop:
            self.crop = fitted
            self.changed.emit()
            self.view.repaint_soon()

    def set_ratio(self, ratio: float | None) -> None:
        """Hold the rectangle to width / height, None to any."""
        self.ratio = ratio
        self.set_crop(crop_box.shaped(self.crop, ratio, self.size))

    def apply(self) -> None:
        """Write it, as one step."""
        crop, layer, where = self.crop, self._layer, self.view.canvas_id
        session = self.view.studio.session
        whole = crop == crop_box.whole(self.size)
        self.ended.emit()
        if layer is not None:
            wanted = None if whole else crop
            if wanted != layer.crop:
                session.do(lambda project: set_crop(project, where, layer.id, wanted))
        elif not whole:
            session.do(lambda project: crop_canvas(project, where, crop))

    def give_up(self) -> None:
        """Leave everything as it is."""
        self.ended.emit()

    def leave(self) -> None:
        """Another tool takes its place."""
        self._grabbed = None
        if self._item:
            self._item.show_whole(False)
        self.layer_id = ""
        self.view.viewport().unsetCursor()

    def refresh(self) -> None:
        """The canvas has changed: what is cropped may be gone, or of another size."""
        if self.layer_id and self._layer is None:
            self.ended.emit()
        elif self.size != self._whole_size():
            self.size = self._whole_size()
            self.set_crop(self.crop)
            self.changed.emit()

    # Pointer and keys

    def press(self, at: QPointF, keys: Modifiers) -> None:
        """Grab a handle, or the rectangle."""
        self._grabbed = self._handle_at(at)
        self._from, self._before = self._inside(at), self.crop

    def move(self, at: QPointF, keys: Modifiers) -> None:
        """Pull or move the rectangle."""
        if self._grabbed is None:
            self._point(at)
            return
        place = self._inside(at)
        if self._grabbed == _MOVE:
            way = place - self._from
            self.set_crop(crop_box.moved(self._before, way.x(), way.y(), self.size))
        else:
            ratio = self.ratio
            if ratio is None and keys & Modifiers.ShiftModifier:
                ratio = self._before.width / self._before.height
            to = (place.x(), place.y())
            self.set_crop(crop_box.pulled(self._before, self._grabbed, to, self.size, ratio))

    def release(self, at: QPointF, keys: Modifiers) -> None:
        """Let go."""
        self._grabbed = None

    def double(self, at: QPointF) -> None:
        """Twice inside applies."""
        if self._handle_at(at) is not None:
            self.apply()

    def key(self, event: QKeyEvent) -> bool:
        """Enter applies, Esc gives up, arrows move by a pixel, with Shift by ten."""
        step = step_of(event)
        if step:
            self.set_crop(crop_box.moved(self.crop, *step, self.size))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.apply()
        elif event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            return False
        return True

    # On the screen

    def _to_view(self) -> QTransform:
        """From pixels of what is cropped to those of the view."""
        item = self._item if self.layer_id else None
        if item is None:
            return self.view.viewportTransform()
        middle = QTransform.fromTranslate(-self.size[0] / 2, -self.size[1] / 2)
        return middle * item.sceneTransform() * self.view.viewportTransform()

    def _inside(self, at: QPointF) -> QPointF:
        back, possible = self._to_view().inverted()
        return back.map(at) if possible else QPointF()

    def places(self) -> dict[crop_box.Handle, QPointF]:
        """Where the handles lie, in pixels of the view."""
        crop, to_view = self.crop, self._to_view()
        across = {-1: 0.0, 0: crop.width / 2, 1: float(crop.width)}
        down = {-1: 0.0, 0: crop.height / 2, 1: float(crop.height)}
        return {
            handle: to_view.map(QPointF(crop.left + across[handle[0]], crop.top + down[handle[1]]))
            for handle in crop_box.HANDLES
        }

    def _handle_at(self, at: QPointF) -> crop_box.Handle | None:
        # Corners first: of a small rectangle they are what one means.
        places = sorted(self.places().items(), key=lambda each: not all(each[0]))
        for handle, place in places:
            if near(at, place):
                return handle
        crop = self.crop
        box = QRectF(crop.left, crop.top, crop.width, crop.height)
        return _MOVE if box.contains(self._inside(at)) else None

    def _point(self, at: QPointF) -> None:
        handle = self._handle_at(at)
        if handle is None:
            self.view.viewport().unsetCursor()
        elif handle == _MOVE:
            self.view.viewport().setCursor(Qt.CursorShape.SizeAllCursor)
        else:
            rising = handle[0] * handle[1] < 0
            kind = _SHAPES[abs(handle[0]), abs(handle[1])]
            shape = Qt.CursorShape.SizeBDiagCursor if rising else kind
            self.view.viewport().setCursor(shape)

    def paint(self, painter: QPainter) -> None:
        """The outside dimmed, thirds inside, eight handles."""
        to_view, crop, colours = self._to_view(), self.crop, theme.colours()
        box = QRectF(crop.left, crop.top, crop.width, crop.height)
        frame = to_view.map(QPolygonF(box))
        outside, inside = QPainterPath(), QPainterPath()
        outside.addRect(QRectF(self.view.viewport().rect()))
        inside.addPolygon(frame)
        dim = QColor(colours.stage)
        dim.setAlphaF(_DIM)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(outside.subtracted(inside), dim)
        self._paint_thirds(painter, to_view, box)
        painter.setPen(QPen(QColor(colours.accent), 1.5))
        painter.drawPolygon(frame)
        painter.setBrush(QColor(colours.raised))
        for place in self.places().values():
            painter.drawRect(knob_at(place))

    def _paint_thirds(self, painter: QPainter, to_view: QTransform, box: QRectF) -> None:
        faint = QColor(theme.colours().accent)
        faint.setAlphaF(_DIM)
        painter.setPen(QPen(faint, 1))
        for part in (1 / 3, 2 / 3):
            x, y = box.left() + box.width() * part, box.top() + box.height() * part
            painter.drawLine(
                to_view.map(QPointF(x, box.top())), to_view.map(QPointF(x, box.bottom()))
            )
            painter.drawLine(
                to_view.map(QPointF(box.left(), y)), to_view.map(QPointF(box.right(), y))
            )

"""Select, move, scale and turn layers; the document hears of a drag at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from aigc_studio.document.canvas_edits import duplicate_layers, new_layers
from aigc_studio.document.layer_edits import move_layers
from aigc_studio.document.stacking import groups_in
from aigc_studio.document.transforming import Transform, factor_within, transform_layers
from aigc_studio.ui import theme
from aigc_studio.ui.editors.canvas.grips import Grips, Part, angle, distance
from aigc_studio.ui.editors.canvas.items import LayerItem
from aigc_studio.ui.editors.canvas.outline import Outline
from aigc_studio.ui.editors.canvas.snapping import REACH, Caught, Lines, caught, grown
from aigc_studio.ui.editors.canvas.tool import Modifiers, Tool, step_of

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPainter

    from aigc_studio.document.canvas import Canvas, GroupMask
    from aigc_studio.ui.editors.canvas.view import CanvasView

_SNAP = 15.0  # degrees
_LEAST = 2  # pixels of the screen that make a drag
_FAINT = 0.45  # outlines of layers within the frame round several
_LABELS = {"move": "Move a layer", "scale": "Scale a layer", "rotate": "Rotate a layer"}


class SelectTool(Tool):
    """What the pointer does as long as nothing else was chosen."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._studio = view.studio
        self._grabbed: Part | str = ""
        self._frame: Outline | None = None  # as it was grabbed
        self._way = Transform()  # how far it was dragged
        self._from = QPointF()
        self._copying = False
        self._caught = Caught()

    @property
    def _selection(self) -> tuple[str, ...]:
        """The layers that are selected, or in selected groups."""
        return tuple(each for each in self._studio.stage.touched if each in self.view.items_of)

    @property
    def _named(self) -> tuple[str, ...]:
        """The selected layers and groups, as edits take them."""
        return self._studio.stage.selection

    def press(self, at: QPointF, keys: Modifiers) -> None:
        """Grab a handle, or select a layer and grab it."""
        self._from = at
        self._copying = bool(keys & Modifiers.AltModifier)
        self._grabbed = self._handle_at(at)
        if not self._grabbed:
            self._grabbed = self._choose(self._layer_at(at), keys)
        self._frame, self._way = self._outline, Transform()

    def _choose(self, layer_id: str, keys: Modifiers) -> str:
        stage, selection = self._studio.stage, self._selection
        more = bool(keys & Modifiers.ShiftModifier)
        if not layer_id:
            if not more:
                stage.select(())
            return ""
        if layer_id in selection and more:
            stage.select(each for each in stage.selection if each != layer_id)
            return ""
        if layer_id not in selection:
            stage.select((*stage.selection, layer_id) if more else (layer_id,))
        return "move"

    def move(self, at: QPointF, keys: Modifiers) -> None:
        """Show where what is grabbed would be."""
        if not self._grabbed:
            self._point(at)
            return
        self._way = self._dragged(at, keys)
        for item in self._items:
            self._put(item, self._way)
        self.view.layers.moved_masks = self._masks(self._way)
        self.view.repaint_soon()

    @staticmethod
    def _put(item: LayerItem, way: Transform) -> None:
        layer, fields = item.layer, way.fields(item.layer)
        item.setPos(fields["x"], fields["y"])
        item.setScale(fields.get("scale", layer.scale))
        item.setRotation(fields.get("rotation", layer.rotation))

    def _masks(self, way: Transform) -> dict[str, GroupMask]:
        """Where the masks of selected groups would be; values that are only drawn."""
        canvas = self.view.canvas
        groups = groups_in(canvas, self._named) if canvas else ()
        return {
            group.id: group.mask.model_copy(update=way.fields(group.mask))
            for group in groups
            if group.mask
        }

    def release(self, at: QPointF, keys: Modifiers) -> None:
        """Write where it is now, as one step."""
        grabbed, self._grabbed = self._grabbed, ""
        self.view.layers.moved_masks = {}
        if grabbed and self._selection and (at - self._from).manhattanLength() >= _LEAST:
            self._write(grabbed, self._dragged(at, keys, grabbed))
            self.view.refresh()
        self._caught = Caught()
        self.view.repaint_soon()

    def key(self, event: QKeyEvent) -> bool:
        """Arrows move by a pixel, with Shift by ten; Esc gives a drag up, or the selection."""
        step, selection = step_of(event), self._selection
        if step and selection:
            where, named = self.view.canvas_id, self._named
            self._studio.session.do(lambda project: move_layers(project, where, named, *step))
            return True
        if event.key() != Qt.Key.Key_Escape or not (self._grabbed or selection):
            return False
        if self._grabbed:
            self.leave()
        else:
            self._studio.stage.select(())
        return True

    def point_out(self, at: QPointF) -> None:
        """Select what lies there, unless it is selected already."""
        layer_id = self._layer_at(at)
        if layer_id not in self._selection:
            self._studio.stage.select((layer_id,) if layer_id else ())

    def leave(self) -> None:
        """What is only shown is not kept."""
        self._caught = Caught()
        if self._grabbed:
            self._grabbed = ""
            self.view.layers.moved_masks = {}
            self.view.refresh()

    def paint(self, painter: QPainter) -> None:
        """Outlines, and the handles of a single layer or of the frame round several."""
        grips, items = self.grips, self._seen
        if len(items) > 1:
            colour = QColor(theme.colours().accent)
            colour.setAlphaF(_FAINT)
            for item in items:
                outline = Outline.of((item,))
                if outline:
                    Grips.of(outline, self.view).paint_outline(painter, QPen(colour, 1))
        if grips:
            grips.paint(painter)
        self._paint_lines(painter)

    def _paint_lines(self, painter: QPainter) -> None:
        """The lines that a moved layer has caught."""
        pen = QPen(QColor(theme.colours().accent), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        room = self.view.viewport().rect()
        for x in self._caught.upright:
            at = self.view.from_scene(QPointF(x, 0)).x()
            painter.drawLine(QPointF(at, 0), QPointF(at, room.height()))
        for y in self._caught.across:
            at = self.view.from_scene(QPointF(0, y)).y()
            painter.drawLine(QPointF(0, at), QPointF(room.width(), at))

    def _write(self, grabbed: str, way: Transform) -> None:
        session, where, named = self._studio.session, self.view.canvas_id, self._named
        if grabbed == "move" and self._copying:
            self._copy(named, way)
        else:
            label = _LABELS[grabbed]
            session.do(lambda project: transform_layers(project, where, named, way, label))

    def _copy(self, selection: tuple[str, ...], way: Transform) -> None:
        session, where = self._studio.session, self.view.canvas_id
        with session.attempt():
            edit = duplicate_layers(session.project, where, selection, way.right, way.down)
            session.apply(edit)
            self._studio.stage.select(new_layers(edit))

    # What a drag means

    def _dragged(self, at: QPointF, keys: Modifiers, grabbed: str = "") -> Transform:
        """How far the selection goes, or how it is scaled or turned about its middle."""
        frame, canvas = self._frame, self.view.canvas
        self._caught = Caught()
        if frame is None or canvas is None:
            return Transform()
        x, y = frame.middle.x(), frame.middle.y()
        match grabbed or self._grabbed:
            case "move":
                right, down = self._moved(frame, canvas, at, keys)
                return Transform(x, y, right=right, down=down)
            case "scale":
                return Transform(x, y, factor=self._scaled(frame, canvas, at, keys))
        return Transform(x, y, degrees=self._turned(frame, at, keys))

    def _moved(
        self, frame: Outline, canvas: Canvas, at: QPointF, keys: Modifiers
    ) -> tuple[float, float]:
        """How far it goes; it catches lines unless Ctrl is held."""
        way = self.view.to_scene(at) - self.view.to_scene(self._from)
        right, down = round(way.x()), round(way.y())
        if keys & Modifiers.ControlModifier:
            return right, down
        box = frame.box.translated(right, down)
        self._caught = caught(box, self._lines(canvas), self._reach)
        return right + self._caught.right, down + self._caught.down

    def _scaled(self, frame: Outline, canvas: Canvas, at: QPointF, keys: Modifiers) -> float:
        """How many times as large; upright edges catch lines unless Ctrl is held."""
        middle = self.view.from_scene(frame.middle)
        factor = distance(middle, at) / distance(middle, self._from)
        if frame.is_upright and not keys & Modifiers.ControlModifier:
            meant = QRectF(QPointF(), frame.box.size() * factor)
            meant.moveCenter(frame.middle)
            more, self._caught = grown(meant, self._lines(canvas), self._reach)
            factor *= more
        return factor_within(self._studio.head.seen or canvas, self._named, factor)

    def _turned(self, frame: Outline, at: QPointF, keys: Modifiers) -> float:
        """How many degrees clockwise; with Shift it ends at whole steps."""
        middle = self.view.from_scene(frame.middle)
        degrees = angle(middle, at) - angle(middle, self._from)
        if keys & Modifiers.ShiftModifier:
            degrees = round((frame.rotation + degrees) / _SNAP) * _SNAP - frame.rotation
        return degrees

    @property
    def _reach(self) -> float:
        return REACH / self.view.transform().m11()

    def _lines(self, canvas: Canvas) -> Lines:
        """What can be caught: the canvas, and the other layers that are seen."""
        own = self._selection
        others = (each for key, each in self.view.items_of.items() if key not in own)
        boxes = (each.sceneBoundingRect() for each in others if each.isVisible())
        return Lines.of(canvas.width, canvas.height, boxes)

    # What lies where

    @property
    def _items(self) -> list[LayerItem]:
        return [self.view.items_of[each] for each in self._selection]

    @property
    def _seen(self) -> list[LayerItem]:
        return [item for item in self._items if item.isVisible()]

    @property
    def _outline(self) -> Outline | None:
        return Outline.of(self._seen)

    @property
    def grips(self) -> Grips | None:
        """The handles of what is selected; None when nothing of it is seen."""
        frame = self._frame.moved(self._way) if self._grabbed and self._frame else self._outline
        return Grips.of(frame, self.view) if frame else None

    def _handle_at(self, at: QPointF) -> Part:
        grips = self.grips
        return grips.part_at(at) if grips else ""

    def _layer_at(self, at: QPointF) -> str:
        for item in self.view.items(at.toPoint()):
            if isinstance(item, LayerItem):
                return item.layer.id
        return ""

    def _point(self, at: QPointF) -> None:
        grips = self.grips
        shape = grips.cursor_at(at) if grips else None
        if shape is None:
            self.view.viewport().unsetCursor()
        else:
            self.view.viewport().setCursor(shape)

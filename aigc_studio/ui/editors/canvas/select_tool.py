"""Select, move, scale and turn layers; the document hears of a drag at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from aigc_studio.document.canvas_edits import duplicate_layers, new_layers
from aigc_studio.document.layer_edits import move_layers, rotate_layer, scale_layer
from aigc_studio.media.placing import LARGEST_SCALE, SMALLEST_SCALE
from aigc_studio.ui import theme
from aigc_studio.ui.editors.canvas.grips import Grips, Part, angle, distance
from aigc_studio.ui.editors.canvas.items import LayerItem
from aigc_studio.ui.editors.canvas.snapping import REACH, Caught, Lines, caught, grown
from aigc_studio.ui.editors.canvas.tool import Modifiers, Tool, step_of

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPainter

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.ui.editors.canvas.view import CanvasView

_SNAP = 15.0  # degrees
_LEAST = 2  # pixels of the screen that make a drag


class SelectTool(Tool):
    """What the pointer does as long as nothing else was chosen."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._studio = view.studio
        self._grabbed: Part | str = ""
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
        for layer_id in self._selection:
            item = self.view.items_of[layer_id]
            if self._grabbed == "move":
                right, down = self._way(at, keys)
                item.setPos(item.layer.x + right, item.layer.y + down)
            elif self._grabbed == "scale":
                item.setScale(self._new_scale(item, at, keys))
            else:
                item.setRotation(self._new_angle(item, at, keys))
        self.view.repaint_soon()

    def release(self, at: QPointF, keys: Modifiers) -> None:
        """Write where it is now, as one step."""
        grabbed, self._grabbed = self._grabbed, ""
        if grabbed and self._selection and (at - self._from).manhattanLength() >= _LEAST:
            self._write(grabbed, at, keys)
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
            self.view.refresh()

    def paint(self, painter: QPainter) -> None:
        """Outlines, and the handles of a single layer."""
        selection = self._selection
        for layer_id in selection:
            item = self.view.items_of[layer_id]
            if item.isVisible():
                Grips.of(item, self.view).paint(painter, handles=len(selection) == 1)
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

    def _write(self, grabbed: str, at: QPointF, keys: Modifiers) -> None:
        session, selection, where = self._studio.session, self._selection, self.view.canvas_id
        named = self._named
        item = self.view.items_of[selection[0]]
        if grabbed == "move" and self._copying:
            self._copy(named, self._way(at, keys))
        elif grabbed == "move":
            way = self._way(at, keys)
            session.do(lambda project: move_layers(project, where, named, *way))
        elif grabbed == "scale":
            scale = self._new_scale(item, at, keys)
            session.do(lambda project: scale_layer(project, where, selection[0], scale))
        else:
            turned = self._new_angle(item, at, keys)
            session.do(lambda project: rotate_layer(project, where, selection[0], turned))

    def _copy(self, selection: tuple[str, ...], way: tuple[float, float]) -> None:
        session = self._studio.session
        with session.attempt():
            edit = duplicate_layers(session.project, self.view.canvas_id, selection, *way)
            session.apply(edit)
            self._studio.stage.select(new_layers(edit))

    def _way(self, at: QPointF, keys: Modifiers) -> tuple[float, float]:
        """How far the selection goes; a single layer catches lines unless Ctrl is held."""
        way = self.view.to_scene(at) - self.view.to_scene(self._from)
        right, down = round(way.x()), round(way.y())
        selection, canvas = self._selection, self.view.canvas
        self._caught = Caught()
        if len(selection) != 1 or canvas is None or keys & Modifiers.ControlModifier:
            return right, down
        item = self.view.items_of[selection[0]]
        box = item.sceneBoundingRect()
        box.moveCenter(QPointF(item.layer.x + right, item.layer.y + down))
        self._caught = caught(box, self._lines(item, canvas), self._reach)
        return right + self._caught.right, down + self._caught.down

    @property
    def _reach(self) -> float:
        return REACH / self.view.transform().m11()

    def _lines(self, item: LayerItem, canvas: Canvas) -> Lines:
        """What a layer can catch: the canvas, and the other layers that are seen."""
        others = (each for each in self.view.items_of.values() if each is not item)
        boxes = (each.sceneBoundingRect() for each in others if each.isVisible())
        return Lines.of(canvas.width, canvas.height, boxes)

    def _new_scale(self, item: LayerItem, at: QPointF, keys: Modifiers) -> float:
        """An upright layer's edges catch lines unless Ctrl is held."""
        middle, canvas = self.view.from_scene(item.pos()), self.view.canvas
        scale = item.layer.scale * distance(middle, at) / distance(middle, self._from)
        self._caught = Caught()
        free = bool(keys & Modifiers.ControlModifier) or item.layer.rotation % 90 != 0
        if canvas is not None and not free:
            box = item.sceneBoundingRect()
            factor = scale / max(item.scale(), SMALLEST_SCALE)
            size = box.size() * factor
            meant = QRectF(QPointF(), size)
            meant.moveCenter(item.pos())
            more, self._caught = grown(meant, self._lines(item, canvas), self._reach)
            scale *= more
        return min(max(scale, SMALLEST_SCALE), LARGEST_SCALE)

    def _new_angle(self, item: LayerItem, at: QPointF, keys: Modifiers) -> float:
        middle = self.view.from_scene(item.pos())
        turned = item.layer.rotation + angle(middle, at) - angle(middle, self._from)
        if keys & Modifiers.ShiftModifier:
            turned = round(turned / _SNAP) * _SNAP
        return (turned + 180) % 360 - 180

    def _grips(self) -> Grips | None:
        selection = self._selection
        item = self.view.items_of[selection[0]] if len(selection) == 1 else None
        return Grips.of(item, self.view) if item and item.isVisible() else None

    def _handle_at(self, at: QPointF) -> Part:
        grips = self._grips()
        return grips.part_at(at) if grips else ""

    def _layer_at(self, at: QPointF) -> str:
        for item in self.view.items(at.toPoint()):
            if isinstance(item, LayerItem):
                return item.layer.id
        return ""

    def _point(self, at: QPointF) -> None:
        grips = self._grips()
        shape = grips.cursor_at(at) if grips else None
        if shape is None:
            self.view.viewport().unsetCursor()
        else:
            self.view.viewport().setCursor(shape)

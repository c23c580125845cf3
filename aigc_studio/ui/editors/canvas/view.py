"""The canvas on the screen: zoom, pan, select, move, scale, turn; living layers change in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView

from aigc_studio.document.canvas_edits import add_layer, duplicate_layers, new_layers
from aigc_studio.document.layer_edits import move_layers, rotate_layer, scale_layer
from aigc_studio.media.placing import LARGEST_SCALE, SMALLEST_SCALE
from aigc_studio.ui import theme
from aigc_studio.ui.dock.preview import PLACE_MIME
from aigc_studio.ui.editors.canvas.grips import Grips, Part, angle, distance
from aigc_studio.ui.editors.canvas.items import LayerItem
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragMoveEvent,
        QDropEvent,
        QKeyEvent,
        QMouseEvent,
        QResizeEvent,
        QWheelEvent,
    )

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.studio.studio import Studio

_SQUARE = 8
_SNAP = 15.0
_FULL = 1 << 14
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class CanvasView(QGraphicsView):
    """Shows one canvas; what is dragged is only shown, and written when it is let go.

    Signals:
        zoomed(float): the scale of the view.
    """

    zoomed = Signal(float)

    def __init__(self, studio: Studio, canvas_id: str) -> None:
        super().__init__()
        self._studio, self._canvas_id = studio, canvas_id
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self.items_of: dict[str, LayerItem] = {}
        self._assets: dict[str, str] = {}
        self._grabbed: Part | str = ""
        self._from = QPointF()
        self._pan: QPoint | None = None
        self._copying = self._space = self._tapped = self._fitted = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Canvas"))
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        studio.stage.canvas_changed.connect(self.refresh)
        studio.stage.selection_changed.connect(self._repaint)
        studio.stage.live.connect(self._on_live)
        studio.thumbnails.ready.connect(self._on_picture)
        self.refresh()

    @property
    def canvas(self) -> Canvas | None:
        """The canvas as it is now."""
        session = self._studio.session
        return session.project.canvases.get(self._canvas_id) if session.is_open else None

    def refresh(self) -> None:
        """Show the canvas as it is now."""
        canvas = self.canvas
        if canvas is None:
            return
        margin = max(canvas.width, canvas.height)
        box = QRectF(0, 0, canvas.width, canvas.height)
        self._scene.setSceneRect(box.adjusted(-margin, -margin, margin, margin))
        there = {layer.id for layer in canvas.layers}
        for gone in [key for key in self.items_of if key not in there]:
            self._scene.removeItem(self.items_of.pop(gone))
            self._assets.pop(gone, None)
        for height, layer in enumerate(canvas.layers):
            item = self.items_of.get(layer.id)
            if item is None:
                item = self.items_of[layer.id] = LayerItem(layer)
                self._scene.addItem(item)
            item.place(layer)
            item.setZValue(height)
            if self._assets.get(layer.id) != layer.asset:
                self._assets[layer.id] = layer.asset
                self._load(layer.id)
        self._repaint()

    def _load(self, layer_id: str) -> None:
        picture = self._studio.thumbnails.want(self._assets[layer_id], _FULL)
        if picture is not None:
            self.items_of[layer_id].show_picture(picture)

    def _on_picture(self, asset_id: str, side: int, picture: QImage) -> None:
        if side == _FULL:
            for layer_id, shown in self._assets.items():
                if shown == asset_id:
                    self.items_of[layer_id].show_picture(picture)

    def _on_live(self, layer_id: str, picture: QImage) -> None:
        if layer_id in self.items_of and picture.isNull():
            self._load(layer_id)
        elif layer_id in self.items_of:
            self.items_of[layer_id].show_picture(picture)

    def _repaint(self) -> None:
        self.viewport().update()

    # How it looks

    def fit(self) -> None:
        """Show the whole canvas."""
        canvas = self.canvas
        if canvas:
            room = max(canvas.width, canvas.height) * 0.06
            box = QRectF(0, 0, canvas.width, canvas.height).adjusted(-room, -room, room, room)
            self.fitInView(box, Qt.AspectRatioMode.KeepAspectRatio)
            self.zoomed.emit(self.transform().m11())

    def zoom(self, factor: float) -> None:
        """Come closer, or go back."""
        if 0.02 < self.transform().m11() * factor < 64:
            self.scale(factor, factor)
            self.zoomed.emit(self.transform().m11())
            self._fitted = True

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The stage, and the canvas on it."""
        colours = theme.colours()
        painter.fillRect(rect, QColor(colours.stage))
        canvas = self.canvas
        if canvas is None:
            return
        box = QRectF(0, 0, canvas.width, canvas.height)
        if canvas.background:
            painter.fillRect(box, QColor(canvas.background))
        else:
            self._squares(painter, box)
        pen = QPen(QColor(colours.edge))
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawRect(box)

    def _squares(self, painter: QPainter, box: QRectF) -> None:
        colours = theme.colours()
        tile = QPixmap(2 * _SQUARE, 2 * _SQUARE)
        tile.fill(QColor(colours.panel))
        drawing = QPainter(tile)
        for x, y in ((0, 0), (_SQUARE, _SQUARE)):
            drawing.fillRect(x, y, _SQUARE, _SQUARE, QColor(colours.raised))
        drawing.end()
        brush = QBrush(tile)
        scale = 1 / max(self.transform().m11(), 1e-6)
        brush.setTransform(QTransform.fromScale(scale, scale))
        painter.fillRect(box, brush)

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The handles, in pixels of the screen."""
        painter.resetTransform()
        for layer_id in self._studio.stage.selection:
            item = self.items_of.get(layer_id)
            if item and item.isVisible():
                Grips.of(item, self).paint(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Until it was zoomed by hand, the whole canvas is seen."""
        super().resizeEvent(event)
        if not self._fitted:
            self.fit()

    # Pointer

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        self.zoom(1.0015 ** event.angleDelta().y())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select and grab a layer or a handle, or pan."""
        at = event.position()
        if event.button() == Qt.MouseButton.MiddleButton or self._space:
            self._pan, self._tapped = at.toPoint(), False
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._from = at
        self._copying = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self._grabbed = self._handle_at(at)
        if self._grabbed:
            return
        layer_id = self._layer_at(at.toPoint())
        more = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        selection = self._studio.stage.selection
        if not layer_id:
            if not more:
                self._studio.stage.select(())
        else:
            if layer_id not in selection:
                self._studio.stage.select((*selection, layer_id) if more else (layer_id,))
            self._grabbed = "move"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow with what is grabbed; the document hears of it at the end."""
        at = event.position()
        if self._pan is not None:
            way = at.toPoint() - self._pan
            self._pan = at.toPoint()
            across, down = self.horizontalScrollBar(), self.verticalScrollBar()
            across.setValue(across.value() - way.x())
            down.setValue(down.value() - way.y())
            return
        if not self._grabbed:
            self._point(at)
            return
        for layer_id in self._studio.stage.selection:
            item = self.items_of[layer_id]
            if self._grabbed == "move":
                way_x, way_y = self._way(at)
                item.setPos(item.layer.x + way_x, item.layer.y + way_y)
            elif self._grabbed == "scale":
                item.setScale(self._new_scale(item, at))
            else:
                turned = self._new_angle(item, at, event.modifiers())
                item.setRotation(turned)
        self._repaint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Write where it is now, as one step."""
        at = event.position()
        grabbed, self._grabbed = self._grabbed, ""
        if self._pan is not None:
            self._pan = None
            self.viewport().unsetCursor()
        elif grabbed and (at - self._from).manhattanLength() >= 2:
            self._write(grabbed, at, event.modifiers())

    def _write(self, grabbed: str, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        session, selection = self._studio.session, self._studio.stage.selection
        canvas_id = self._canvas_id
        if grabbed == "move":
            way = self._way(at)
            if self._copying:
                self._copy(selection, way)
            else:
                session.do(lambda project: move_layers(project, canvas_id, selection, *way))
        else:
            item = self.items_of[selection[0]]
            if grabbed == "scale":
                scale = self._new_scale(item, at)
                session.do(lambda project: scale_layer(project, canvas_id, selection[0], scale))
            else:
                turned = self._new_angle(item, at, keys)
                session.do(lambda project: rotate_layer(project, canvas_id, selection[0], turned))
        self.refresh()

    def _copy(self, selection: tuple[str, ...], way: tuple[float, float]) -> None:
        session = self._studio.session
        with session.attempt():
            edit = duplicate_layers(session.project, self._canvas_id, selection, *way)
            session.apply(edit)
            self._studio.stage.select(new_layers(edit))

    def _way(self, at: QPointF) -> tuple[float, float]:
        way = self.mapToScene(at.toPoint()) - self.mapToScene(self._from.toPoint())
        return round(way.x()), round(way.y())

    def _new_scale(self, item: LayerItem, at: QPointF) -> float:
        middle = QPointF(self.mapFromScene(item.pos()))
        grown = distance(middle, at) / distance(middle, self._from)
        return min(max(item.layer.scale * grown, SMALLEST_SCALE), LARGEST_SCALE)

    def _new_angle(self, item: LayerItem, at: QPointF, keys: Qt.KeyboardModifier) -> float:
        middle = QPointF(self.mapFromScene(item.pos()))
        turned = item.layer.rotation + angle(middle, at) - angle(middle, self._from)
        if keys & Qt.KeyboardModifier.ShiftModifier:
            turned = round(turned / _SNAP) * _SNAP
        return (turned + 180) % 360 - 180

    def _handle_at(self, at: QPointF) -> Part:
        selection = self._studio.stage.selection
        item = self.items_of.get(selection[0]) if len(selection) == 1 else None
        return Grips.of(item, self).part_at(at) if item and item.isVisible() else ""

    def _layer_at(self, at: QPoint) -> str:
        for item in self.items(at):
            if isinstance(item, LayerItem):
                return item.layer.id
        return ""

    def _point(self, at: QPointF) -> None:
        shapes = {
            "scale": Qt.CursorShape.SizeFDiagCursor,
            "rotate": Qt.CursorShape.PointingHandCursor,
        }
        part = self._handle_at(at)
        if part:
            self.viewport().setCursor(shapes[part])
        else:
            self.viewport().unsetCursor()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move by a pixel, with Shift by ten; Space held pans, tapped plays."""
        step = _ARROWS.get(Qt.Key(event.key()))
        selection = self._studio.stage.selection
        if step and selection:
            by = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            right, down = step[0] * by, step[1] * by
            canvas_id = self._canvas_id
            self._studio.session.do(
                lambda project: move_layers(project, canvas_id, selection, right, down)
            )
        elif event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._space, self._tapped = True, True
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space let go; one that panned nothing plays."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            if self._tapped:
                self._studio.commands.run("timeline.play")
        super().keyReleaseEvent(event)

    # Dropped from the dock and the library

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """The dock's picture, and pictures of the library."""
        if event.mimeData().hasFormat(PLACE_MIME) or self._dropped(event):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Everywhere."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Lay it down there."""
        at = self.mapToScene(event.position().toPoint())
        event.acceptProposedAction()
        if event.mimeData().hasFormat(PLACE_MIME):
            self._studio.living.place(at.x(), at.y())
            return
        for asset_id in self._dropped(event):
            self.lay(asset_id, at.x(), at.y())

    def lay(self, asset_id: str, x: float | None = None, y: float | None = None) -> None:
        """Lay a picture of the library on top."""
        session = self._studio.session
        with session.attempt():
            edit = add_layer(session.project, self._canvas_id, asset_id, x=x, y=y)
            session.apply(edit)
            self._studio.stage.select(new_layers(edit))

    def _dropped(self, event: QDropEvent) -> list[str]:
        """Ids of pictures of the project among the files."""
        session = self._studio.session
        if not session.is_open:
            return []
        names = {asset.file_name: key for key, asset in session.project.assets.items()}
        found = [url.fileName() for url in event.mimeData().urls()]
        return [names[name] for name in found if name in names]

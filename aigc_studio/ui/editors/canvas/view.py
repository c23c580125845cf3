"""The canvas on the screen: zoom and pan; what the pointer does is a tool's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QTabletEvent
from PySide6.QtWidgets import QFrame, QGraphicsView

from aigc_studio.ui import theme
from aigc_studio.ui.editors.canvas.brush_tool import BrushTool
from aigc_studio.ui.editors.canvas.coming import paint_coming
from aigc_studio.ui.editors.canvas.crop_tool import CropTool
from aigc_studio.ui.editors.canvas.ground import paint_ground
from aigc_studio.ui.editors.canvas.hand import Hand
from aigc_studio.ui.editors.canvas.region_tool import RegionTool, paint_region
from aigc_studio.ui.editors.canvas.scene import CanvasScene
from aigc_studio.ui.editors.canvas.select_tool import SelectTool
from aigc_studio.ui.editors.canvas.sheet import Sheet
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QContextMenuEvent,
        QDragEnterEvent,
        QDragMoveEvent,
        QDropEvent,
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QResizeEvent,
        QWheelEvent,
    )

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.canvas.incoming import Incoming
    from aigc_studio.ui.editors.canvas.items import LayerItem
    from aigc_studio.ui.editors.canvas.tool import Tool

_FARTHEST, _CLOSEST = 0.02, 64
_ROOM = 0.06  # round the canvas, when all of it is seen


class CanvasView(QGraphicsView):
    """Shows one canvas.

    Signals:
        zoomed(float): the scale of the view.
        tool_changed(): another tool hears the pointer.
        menu_wanted(object): the menu of what is selected, at this place of the screen.
    """

    zoomed = Signal(float)
    menu_wanted = Signal(object)
    tool_changed = Signal()

    def __init__(self, studio: Studio, canvas_id: str) -> None:
        super().__init__()
        self.studio, self.canvas_id = studio, canvas_id
        self.layers = CanvasScene(studio, self)
        self.setScene(self.layers)
        self.sheet = Sheet(self, studio.head.composed)
        self._fitted = False
        self.select, self.crop = SelectTool(self), CropTool(self)
        self.brush, self.region = BrushTool(self), RegionTool(self)
        self.tool: Tool = self.select
        self.hand = Hand(self, lambda: studio.commands.run("timeline.play"))
        self.incoming: Incoming | None = None
        self._dress()
        self.crop.ended.connect(lambda: self.use(self.select))
        self.layers.repainted.connect(self.repaint_soon)
        self.sheet.wanted.connect(self.repaint_soon)
        studio.repainting.glimpsed.connect(self.repaint_soon)
        studio.stage.canvas_changed.connect(self.refresh)
        studio.head.posed.connect(self.refresh)
        studio.stage.selection_changed.connect(self._on_selection)
        self.refresh()

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Canvas"))
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def items_of(self) -> dict[str, LayerItem]:
        """The layers on the screen, by their ids."""
        return self.layers.items_of

    @property
    def canvas(self) -> Canvas | None:
        """The canvas as it is now."""
        session = self.studio.session
        return session.project.canvases.get(self.canvas_id) if session.is_open else None

    def use(self, tool: Tool) -> None:
        """Let another tool hear the pointer."""
        if tool is not self.tool:
            self.tool.leave()
            self.tool = tool
            plain = tool in (self.select, self.crop)
            shape = Qt.CursorShape.ArrowCursor if plain else Qt.CursorShape.CrossCursor
            self.viewport().setCursor(shape)
            self.tool_changed.emit()
        self.repaint_soon()

    def refresh(self) -> None:
        """Show the canvas as it is now."""
        canvas, seen = self.canvas, self.studio.head.seen
        if canvas is not None:
            self.layers.show_canvas(seen if seen and seen.id == canvas.id else canvas)
            self.tool.refresh()
            self.repaint_soon()

    def _on_selection(self) -> None:
        if self.tool is self.crop:
            self.crop.give_up()
        self.repaint_soon()

    def repaint_soon(self) -> None:
        """Paint with the next turn of the event loop."""
        self.viewport().update()

    # How it looks

    def to_scene(self, at: QPointF) -> QPointF:
        """A place of the view on the canvas, finer than whole pixels."""
        back, possible = self.viewportTransform().inverted()
        return back.map(at) if possible else QPointF()

    def from_scene(self, at: QPointF) -> QPointF:
        """A place of the canvas in the view."""
        return self.viewportTransform().map(at)

    def fit(self) -> None:
        """Show the whole canvas, and go on doing so when the view changes its size."""
        canvas = self.canvas
        self._fitted = True
        if canvas:
            room = max(canvas.width, canvas.height) * _ROOM
            box = QRectF(0, 0, canvas.width, canvas.height).adjusted(-room, -room, room, room)
            self.fitInView(box, Qt.AspectRatioMode.KeepAspectRatio)
            self.zoomed.emit(self.transform().m11())

    def keep_clear(self, below: int) -> None:
        """Leave so many pixels at the lower edge to what lies over the view."""
        self.setViewportMargins(0, 0, 0, below)

    def zoom(self, factor: float) -> None:
        """Come closer, or go back; under the pointer nothing moves."""
        if _FARTHEST < self.transform().m11() * factor < _CLOSEST:
            self.scale(factor, factor)
            self._fitted = False
            self.zoomed.emit(self.transform().m11())

    def zoom_to(self, scale: float) -> None:
        """Show so many pixels of the screen for one of the canvas."""
        self.zoom(scale / self.transform().m11())

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The stage, and the canvas on it."""
        painter.fillRect(rect, QColor(theme.colours().stage))
        canvas = self.canvas
        if canvas is not None:
            paint_ground(painter, canvas)
            self._paint_layers(painter, canvas)

    def _paint_layers(self, painter: QPainter, canvas: Canvas) -> None:
        frame = self.studio.head.frame if canvas.timeline.all_keys else None
        self.sheet.show_plan(canvas, self.layers.plan(canvas), frame)
        view, port = self.viewportTransform(), self.viewport()
        painter.save()
        painter.resetTransform()
        self.sheet.paint(painter, view, port.rect(), port.devicePixelRatioF())
        painter.restore()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """What the tool paints, in pixels of the view."""
        painter.resetTransform()
        paint_coming(painter, self)
        paint_region(painter, self)
        self.tool.paint(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Until it was zoomed by hand, the whole canvas is seen."""
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    # Pointer and keys

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        self.zoom(1.0015 ** event.angleDelta().y())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The hand first, then the tool."""
        if not self.hand.press(event) and event.button() == Qt.MouseButton.LeftButton:
            self.tool.press(event.position(), event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The hand first, then the tool."""
        if not self.hand.move(event):
            self.tool.move(event.position(), event.modifiers())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The hand first, then the tool."""
        if not self.hand.release() and event.button() == Qt.MouseButton.LeftButton:
            self.tool.release(event.position(), event.modifiers())

    def viewportEvent(self, event: QEvent) -> bool:
        """A pen's pressure is for the brush; for all else a pen is a mouse."""
        if isinstance(event, QTabletEvent) and self.tool is self.brush and self._pen(event):
            event.accept()
            return True
        return super().viewportEvent(event)

    def _pen(self, event: QTabletEvent) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier or self.hand.goes_on:
            return False
        at, pressure = event.position(), event.pressure()
        match event.type():
            case QEvent.Type.TabletPress if event.button() == Qt.MouseButton.LeftButton:
                self.setFocus()
                self.brush.begin(at, pressure)
            case QEvent.Type.TabletMove if event.buttons() & Qt.MouseButton.LeftButton:
                self.brush.go_on(at, pressure)
            case QEvent.Type.TabletRelease:
                self.brush.end()
            case _:
                return False
        return True

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The tool's."""
        self.tool.double(event.position())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What lies there, and what can be done with it."""
        if self.tool is self.select:
            self.select.point_out(QPointF(event.pos()))
            self.menu_wanted.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is on its way is given up first; then the hand, then the tool."""
        if event.key() == Qt.Key.Key_Escape and self.studio.repainting.busy:
            self.studio.repainting.cancel()
        elif not (self.hand.key_pressed(event) or self.tool.key(event)):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """The hand's."""
        self.hand.key_released(event)
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever has the keys now hears of their end."""
        self.hand.forget()
        super().focusOutEvent(event)

    # What is dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures are welcome."""
        if self.incoming and self.incoming.welcomes(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Everywhere."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Lay it down there."""
        at = self.to_scene(event.position())
        event.acceptProposedAction()
        if self.incoming:
            self.incoming.take(event.mimeData(), (at.x(), at.y()))

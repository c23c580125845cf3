"""The tracks: rows of each living layer, with their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from aigc_studio.document.tracks import POINT
from aigc_studio.ui import theme
from aigc_studio.ui.editors.timeline.key_menu import key_menu, told
from aigc_studio.ui.editors.timeline.marks import paint_beats, paint_marker_lines, snapped_at
from aigc_studio.ui.editors.timeline.names import Names
from aigc_studio.ui.editors.timeline.painting import (
    curve_of,
    paint_curve,
    paint_key,
    paint_play_head,
    paint_ways,
)
from aigc_studio.ui.editors.timeline.rows import Row, layers_of, row_of, rows_of
from aigc_studio.ui.editors.timeline.ruler import turn
from aigc_studio.ui.editors.timeline.scale import NAMES
from aigc_studio.ui.keys import command_of
from aigc_studio.ui.translate import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPaintEvent, QWheelEvent

    from aigc_studio.document.canvas import Key, Layer
    from aigc_studio.document.timeline import Film
    from aigc_studio.document.tracks import Place
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.timeline.scale import Scale

_REACH = 8


class Tracks(QWidget):
    """Keys are clicked, dragged (with Alt, copies of them), and framed by a drag beside them.

    Signals:
        resized: there are more rows than before, or fewer.
    """

    resized = Signal()

    def __init__(self, studio: Studio, scale: Scale) -> None:
        super().__init__()
        self._studio, self._stage, self._scale = studio, studio.stage, scale
        self._grabbed: Place | None = None
        self._from: QPointF | None = None
        self._band: QRectF | None = None
        self._by = 0
        self._copies = False
        self._folded: set[str] = set()
        self._curves: dict[tuple[str, str, int], QPolygonF] = {}  # as they lie now
        self.names = Names(studio, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "inside")
        self.setAccessibleName(tr("Timeline"))
        self.setAccessibleDescription(tr("Arrows move the play head, with Alt the selected keys."))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._studio.head.frame_changed.connect(self.update)
        self._stage.selection_changed.connect(self.update)
        self._stage.keys_chosen.connect(self.update)
        self._stage.canvas_changed.connect(self.refresh)
        scale.changed.connect(self._look)

    @property
    def layers(self) -> list[Layer]:
        """The layers that have tracks, the highest first."""
        return layers_of(self._stage.canvas)

    @property
    def rows(self) -> list[Row]:
        """What is seen, from top to bottom."""
        return rows_of(self._stage.canvas, self._folded)

    def refresh(self) -> None:
        """Show the timeline as it is now."""
        self.names.refresh()
        self.updateGeometry()
        self._look()

    def _look(self) -> None:
        self._curves.clear()
        self.update()

    def fold(self, layer_id: str) -> None:
        """Hide the tracks of a layer, or show them again."""
        self._folded ^= {layer_id}
        self.refresh()
        self.resized.emit()

    def sizeHint(self) -> QSize:
        """All rows."""
        rows = self.rows
        last = rows[-1] if rows else None
        return QSize(400, last.top + last.height if last else theme.px(theme.TIMELINE_TRACK))

    def minimumSizeHint(self) -> QSize:
        """As high as it wants to be."""
        return QSize(200, self.sizeHint().height())

    def place_of(self, key: Key) -> QPointF:
        """Where a key lies."""
        row = row_of(self.rows, key)
        return QPointF(self._scale.x_of(key.frame), row.middle if row else 0.0)

    def row_at(self, at: QPointF) -> Row | None:
        """The row that lies there."""
        there = (row for row in self.rows if row.top <= at.y() < row.top + row.height)
        return next(there, None)

    def layer_at(self, at: QPointF) -> Layer | None:
        """The layer whose row lies there."""
        row = self.row_at(at)
        return row.layer if row else None

    def key_at(self, at: QPointF) -> Key | None:
        """The key that lies there, the nearest if several do."""
        row = self.row_at(at)
        near = [(abs(self._scale.x_of(k.frame) - at.x()), k) for k in self._of(row)]
        distance, key = min(near, key=lambda each: each[0], default=(_REACH, None))
        return key if distance < _REACH and at.x() > theme.px(NAMES) else None

    def _of(self, row: Row | None) -> list[Key]:
        if row is None:
            return []
        wanted = (row.layer.id, row.track)
        return [key for key in self._studio.keys.keys if (key.layer, key.track) == wanted]

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names, ways, keys, play head."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.colours().panel))
        rows = self.rows
        self.names.paint(painter, rows, self.width())
        painter.setClipRect(QRectF(theme.px(NAMES), 0, self.width(), self.height()))
        self._paint_beyond(painter)
        paint_beats(painter, self._studio, self._scale, self.height())
        paint_marker_lines(painter, self._studio, self._scale, self.height())
        for row in rows:
            self._paint_keys(painter, row)
        if self._band:
            painter.setPen(QPen(QColor(theme.colours().accent), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._band)
        paint_play_head(painter, self._scale.x_of(self._studio.head.frame), self.height())
        painter.end()

    def _paint_beyond(self, painter: QPainter) -> None:
        canvas = self._stage.canvas
        if canvas:
            end = self._scale.x_of(canvas.timeline.frames)
            rest = QRectF(end, 0, max(self.width() - end, 0), self.height())
            painter.fillRect(rest, QColor(theme.colours().window))

    def _paint_keys(self, painter: QPainter, row: Row) -> None:
        canvas, film, keys = self._stage.canvas, self._studio.head.film, self._of(row)
        if canvas and film and row.track != POINT:
            paint_curve(painter, self._curve(film, row, keys))
        elif canvas:
            paint_ways(painter, self._scale, keys, canvas.timeline, row.middle)
        for key in keys:
            chosen = key.place in self._stage.chosen_keys
            moves = chosen and self._grabbed is not None
            places = [key.frame + self._by] if moves else [key.frame]
            if moves and self._copies and self._by:
                places.append(key.frame)
            for frame in places:
                at = QPointF(self._scale.x_of(frame), row.middle)
                paint_key(painter, key.easing, at, chosen=chosen)

    def _curve(self, film: Film, row: Row, keys: list[Key]) -> QPolygonF:
        place = (row.layer.id, row.track, row.top)
        if place not in self._curves:
            self._curves[place] = curve_of(self._scale, film, row, keys)
        return self._curves[place]

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a key, or begin a frame round some."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.names.press(event.position(), self.row_at(event.position())):
            return
        self._from, self._by, self._band = event.position(), 0, None
        self._copies = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        key = self.key_at(event.position())
        self._grabbed = key.place if key else None
        if self._grabbed is None:
            return
        chosen = self._stage.chosen_keys
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._stage.choose_keys(chosen ^ {self._grabbed})
        elif self._grabbed not in chosen:
            self._stage.choose_keys({self._grabbed})
            self._choose_layer()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the keys, or draw the frame."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if self._grabbed:
            chosen = self._studio.keys.chosen
            least = -chosen[0].frame if chosen else 0
            to = snapped_at(self._studio, self._scale, event)
            self._by = max(to - self._grabbed.frame, least)
        elif self._from is None:
            return  # it was given up
        elif (event.position() - self._from).manhattanLength() > QApplication.startDragDistance():
            self._band = QRectF(self._from, event.position()).normalized()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Write where the keys are now, or select those in the frame."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        grabbed, by, band, began = self._grabbed, self._by, self._band, self._from
        self._give_up()
        if grabbed and by:
            self._studio.keys.move(by, copies=self._copies)
        elif grabbed:
            self._studio.head.pause()
            self._studio.head.show_frame(grabbed.frame)
        elif band:
            seen = {key.place for row in self.rows for key in self._of(row)}
            found = [k for k in self._studio.keys.keys if band.contains(self.place_of(k))]
            self._stage.choose_keys([key.place for key in found if key.place in seen])
        elif began is not None:
            self._go(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A key where the layer is then."""
        if self.key_at(event.position()) is None and event.position().x() > theme.px(NAMES):
            self._go(event.position())
            row = self.row_at(event.position())
            if row is None or row.track == POINT:
                self._studio.recorder.add_key()
            else:
                self._studio.recorder.toggle_number(row.track)

    def _go(self, at: QPointF) -> None:
        layer = self.layer_at(at)
        self._stage.choose_keys(())
        if layer and self._stage.selection != (layer.id,):
            self._stage.select((layer.id,))
        if at.x() > theme.px(NAMES):
            self._studio.head.pause()
            self._studio.head.show_frame(self._scale.frame_at(at.x()))

    def _choose_layer(self) -> None:
        if self._grabbed and self._stage.selection != (self._grabbed.layer,):
            self._stage.select((self._grabbed.layer,))

    def _give_up(self) -> None:
        self._grabbed, self._by, self._band, self._from = None, 0, None, None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl closer or further; otherwise to and fro, or up and down."""
        if not turn(self._scale, event):
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the keys."""
        key = self.key_at(QPointF(event.pos()))
        if key and key.place not in self._stage.chosen_keys:
            self._stage.choose_keys({key.place})
        key_menu(self._studio, self, on_key=key is not None).popup(event.globalPos())

    # Keys and help

    def event(self, event: QEvent) -> bool:
        """Keys of the timeline act here, whatever else they mean in the canvas."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if command_of(self._studio.commands, "timeline", event):
                event.accept()
                return True
        elif isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            canvas, at = self._stage.canvas, QPointF(event.pos())
            words = self.names.told(at, self.row_at(at))
            if canvas:
                words = words or told(self._studio, self.key_at(at), canvas.timeline.fps)
                QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The commands of the timeline; Esc gives up a drag, or selects nothing."""
        command_id = command_of(self._studio.commands, "timeline", event)
        if command_id:
            self._studio.commands.run(command_id)
        elif event.key() == Qt.Key.Key_Escape and (
            self._from is not None or self._stage.chosen_keys
        ):
            if self._from is None:
                self._stage.choose_keys(())
            self._give_up()
        else:
            super().keyPressEvent(event)

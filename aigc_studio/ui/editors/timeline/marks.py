"""The lane of markers and bars below the ruler."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QToolTip, QWidget

from aigc_studio.document.beats import beats_between
from aigc_studio.ui import style, theme
from aigc_studio.ui.editors.timeline.painting import paint_play_head, paint_sign, sign_colour
from aigc_studio.ui.editors.timeline.scale import NAMES
from aigc_studio.ui.translate import later, tr

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPaintEvent

    from aigc_studio.document.tracks import Marker, Sign
    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.timeline.scale import Scale

SIGNS: dict[Sign, str] = {
    "flag": later("Flag"),
    "dot": later("Dot"),
    "square": later("Square"),
    "triangle": later("Triangle"),
}
_REACH, _NAME_ROOM, _FIELD = 8, 13, 140
_LEAST_BEAT = 6  # pixels between lines
_LEAST_BAR = 28  # pixels between numbers


class Marks(QWidget):
    """Markers are clicked, dragged and renamed by a double click."""

    def __init__(self, studio: Studio, scale: Scale) -> None:
        super().__init__()
        self._studio, self._scale = studio, scale
        self._grabbed: Marker | None = None
        self._to = 0
        self._named = 0
        self.setAccessibleName(tr("Markers and beats"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.name = QLineEdit(self)
        self.name.setAccessibleName(tr("Name of the marker"))
        self.name.setMaxLength(200)
        self.name.editingFinished.connect(self._rename)
        self.name.hide()
        studio.head.frame_changed.connect(self.update)
        studio.stage.canvas_changed.connect(self.refresh)
        scale.changed.connect(self.update)
        self.refresh()

    def refresh(self) -> None:
        """There is a lane as long as there is something in it."""
        markers = self._studio.markers
        self.setVisible(bool(markers.markers or markers.beats))
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the token says."""
        return QSize(400, theme.px(theme.TIMELINE_MARKS))

    def place_of(self, marker: Marker) -> QPointF:
        """Where a marker stands."""
        return QPointF(self._scale.x_of(marker.frame), self.height() / 2)

    def marker_at(self, x: float) -> Marker | None:
        """The marker that stands there, the nearest if several do."""
        near = [
            (abs(self._scale.x_of(each.frame) - x), each) for each in self._studio.markers.markers
        ]
        distance, marker = min(near, key=lambda each: each[0], default=(_REACH, None))
        return marker if distance < _REACH else None

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Numbers of bars, markers with their names, play head."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.colours().panel))
        painter.setFont(style.font(theme.CAPTION))
        self._paint_caption(painter)
        painter.setClipRect(QRectF(theme.px(NAMES), 0, self.width(), self.height()))
        self._paint_beats(painter)
        for marker in self._studio.markers.markers:
            self._paint_marker(painter, marker)
        paint_play_head(painter, self._scale.x_of(self._studio.head.frame), self.height())
        painter.end()

    def _paint_caption(self, painter: QPainter) -> None:
        beats = self._studio.markers.beats
        words = tr("{bpm} beats a minute", bpm=f"{beats.bpm:g}") if beats else tr("Markers")
        painter.setPen(QColor(theme.colours().secondary))
        room = QRectF(theme.SPACE[2], 0, theme.px(NAMES) - theme.SPACE[3], self.height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_beats(self, painter: QPainter) -> None:
        canvas, colours = self._studio.stage.canvas, theme.colours()
        paint_beats(painter, self._studio, self._scale, self.height())
        if canvas is None:
            return
        painter.setPen(QColor(colours.secondary))
        last = -1e9
        for beat in beats_between(canvas.timeline, self._scale.first, self._scale.last):
            x = self._scale.x_of(beat.frame)
            if beat.bar and x - last >= theme.px(_LEAST_BAR):
                last = x
                room = QRectF(x + 3, 0, 60, self.height())
                painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), str(beat.number + 1))

    def _paint_marker(self, painter: QPainter, marker: Marker) -> None:
        grabbed = self._grabbed is not None and self._grabbed.frame == marker.frame
        x = self._scale.x_of(self._to if grabbed else marker.frame)
        at = QPointF(x, self.height() / 2)
        left = at.x() + theme.px(_NAME_ROOM)
        words = painter.fontMetrics().elidedText(
            marker.name, Qt.TextElideMode.ElideRight, theme.px(_FIELD)
        )
        room = QRectF(left, 0, painter.fontMetrics().horizontalAdvance(words) + 4, self.height())
        painter.fillRect(room.adjusted(-2, 2, 0, -2), QColor(theme.colours().panel))
        paint_sign(painter, marker.sign, at)
        painter.setPen(QColor(theme.colours().text))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a marker, or move the play head."""
        if event.button() != Qt.MouseButton.LeftButton or event.position().x() < theme.px(NAMES):
            return
        self._grabbed = self.marker_at(event.position().x())
        self._studio.head.pause()
        frame = self._scale.frame_at(event.position().x())
        self._to = self._grabbed.frame if self._grabbed else frame
        self._studio.head.show_frame(self._to)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where the marker would stand."""
        if self._grabbed is not None:
            self._to = snapped_at(self._studio, self._scale, event, but=self._grabbed.frame)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Write where it stands now."""
        grabbed, self._grabbed = self._grabbed, None
        if grabbed is not None:
            self._studio.markers.move(grabbed.frame, self._to)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename a marker, or add one."""
        if event.position().x() < theme.px(NAMES):
            return
        marker = self.marker_at(event.position().x())
        if marker is None:
            self._studio.head.show_frame(self._scale.frame_at(event.position().x()))
            self._studio.markers.add()
        else:
            self.rename(marker)

    def rename(self, marker: Marker) -> None:
        """Let its name be typed where it stands."""
        self._named = marker.frame
        self.name.setText(marker.name)
        left = min(round(self._scale.x_of(marker.frame)), self.width() - theme.px(_FIELD))
        self.name.setGeometry(left, 0, theme.px(_FIELD), self.height())
        self.name.show()
        self.name.setFocus()
        self.name.selectAll()

    def _rename(self) -> None:
        name, marker = self.name.text().strip(), self._studio.markers.at(self._named)
        self.name.hide()
        if marker is not None and name and name != marker.name:
            self._studio.markers.rename(self._named, name)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with a marker."""
        marker = self.marker_at(event.pos().x())
        if marker is not None:
            self.menu(marker).popup(event.globalPos())

    def menu(self, marker: Marker) -> QMenu:
        """A menu for the moment."""
        desk, frame = self._studio.markers, marker.frame
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.addAction(tr("Rename")).triggered.connect(lambda: self.rename(marker))
        made.addSeparator()
        for sign, words in SIGNS.items():
            action = made.addAction(tr(words))
            action.setCheckable(True)
            action.setChecked(sign == marker.sign)
            action.triggered.connect(lambda _on, sign=sign: desk.sign(frame, sign))
        made.addSeparator()
        made.addAction(tr("Remove the marker")).triggered.connect(lambda: desk.remove(frame))
        return made

    def event(self, event: QEvent) -> bool:
        """A marker tells its whole name."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            marker = self.marker_at(event.pos().x())
            words = tr("Double-click: a marker. Drag it, or double-click it to rename it.")
            if marker is not None:
                words = tr("{name}, frame {frame}", name=marker.name, frame=marker.frame)
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)


def paint_beats(painter: QPainter, studio: Studio, scale: Scale, height: int) -> None:
    """Lines of beats and, stronger, of bars; too dense ones are left out."""
    canvas, colours = studio.stage.canvas, theme.colours()
    if canvas is None or canvas.timeline.beats is None:
        return
    beats = beats_between(canvas.timeline, scale.first, scale.last)
    gap = (beats[1].frame - beats[0].frame) * scale.step if len(beats) > 1 else 1e9
    for beat in beats:
        if not beat.bar and gap < theme.px(_LEAST_BEAT):
            continue
        x = scale.x_of(beat.frame)
        painter.setPen(QPen(QColor(colours.edge if beat.bar else colours.line), 1))
        painter.drawLine(QPointF(x, 0), QPointF(x, height))


def paint_marker_lines(painter: QPainter, studio: Studio, scale: Scale, height: int) -> None:
    """Where markers stand, through the tracks."""
    for marker in studio.markers.markers:
        pen = QPen(sign_colour(marker.sign), 1, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        x = scale.x_of(marker.frame)
        painter.drawLine(QPointF(x, 0), QPointF(x, height))


def snapped_at(studio: Studio, scale: Scale, event: QMouseEvent, but: int | None = None) -> int:
    """The frame under the pointer, drawn to beats and markers unless Ctrl is held.

    Args:
        but: the frame of a marker that is being moved and draws nothing.
    """
    frame = scale.frame_at(event.position().x())
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return frame
    found = studio.markers.snapped(frame, _REACH / scale.step)
    return frame if found == but else found

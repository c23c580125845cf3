"""The timeline: a ruler, a track for each living layer, keys as diamonds."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from aigc_studio.document.timeline_edits import (
    move_keys,
    remove_keys,
    set_easing,
    set_timeline,
)
from aigc_studio.ui import icons, style, theme
from aigc_studio.ui.keys import with_keys
from aigc_studio.ui.translate import later, tr
from aigc_studio.ui.widgets.basics import column, label, tool
from aigc_studio.ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from aigc_studio.document.canvas import Easing, Keyframe, Layer
    from aigc_studio.document.timeline_edits import Place
    from aigc_studio.studio.studio import Studio

EASINGS: dict[Easing, str] = {
    "linear": later("Even"),
    "ease": later("Slow at both ends"),
    "ease-in": later("Slow at first"),
    "ease-out": later("Slow at the end"),
    "hold": later("Stay"),
}
_NAMES = 120
_REMOVING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class Tracks(QWidget):
    """Ruler and tracks.

    Signals:
        chosen(): other keys are selected.
    """

    chosen = Signal()

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio, self._stage = studio, studio.stage
        self.keys: set[Place] = set()
        self._grabbed: Place | None = None
        self._by = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Timeline"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._stage.frame_changed.connect(self.update)
        self._stage.selection_changed.connect(self.update)
        self._stage.canvas_changed.connect(self.refresh)

    @property
    def layers(self) -> list[Layer]:
        """The living layers, the highest first."""
        canvas = self._stage.canvas
        return [each for each in reversed(canvas.layers) if each.living] if canvas else []

    def refresh(self) -> None:
        """Show the timeline as it is now."""
        canvas = self._stage.canvas
        there = {(k.layer, k.frame) for k in canvas.timeline.keyframes} if canvas else set()
        self.keys &= there
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A ruler and up to four tracks."""
        tracks = min(max(len(self.layers), 1), 4)
        high = theme.px(theme.TIMELINE_RULER) + tracks * theme.px(theme.TIMELINE_TRACK)
        return QSize(400, high)

    def minimumSizeHint(self) -> QSize:
        """As high as it wants to be."""
        return QSize(200, self.sizeHint().height())

    # Between frames and the screen

    @property
    def _frames(self) -> int:
        canvas = self._stage.canvas
        return canvas.timeline.frames if canvas else 1

    def x_of(self, frame: float) -> float:
        """Where a frame lies."""
        left = theme.px(_NAMES)
        room = max(self.width() - left - theme.px(24), 1)
        return left + theme.SPACE[2] + room * frame / max(self._frames, 1)

    def frame_at(self, x: float) -> int:
        """The frame that lies there."""
        left = theme.px(_NAMES)
        room = max(self.width() - left - theme.px(24), 1)
        return max(round((x - left - theme.SPACE[2]) * self._frames / room), 0)

    def _middle(self, row: int) -> float:
        return theme.px(theme.TIMELINE_RULER) + (row + 0.5) * theme.px(theme.TIMELINE_TRACK)

    def key_at(self, at: QPointF) -> Keyframe | None:
        """The key that lies there."""
        reach = theme.px(theme.TARGET) / 2
        for row, layer in enumerate(self.layers):
            if abs(at.y() - self._middle(row)) <= reach:
                near = [key for key in self._of(layer) if abs(self.x_of(key.frame) - at.x()) < 8]
                return near[0] if near else None
        return None

    def _of(self, layer: Layer) -> list[Keyframe]:
        canvas = self._stage.canvas
        keys = canvas.timeline.keyframes if canvas else ()
        return sorted((key for key in keys if key.layer == layer.id), key=lambda key: key.frame)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ruler, loop band, tracks, play head."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours()
        painter.fillRect(self.rect(), QColor(colours.panel))
        self._paint_ruler(painter)
        for row, layer in enumerate(self.layers):
            self._paint_track(painter, row, layer)
        x = self.x_of(self._stage.frame)
        painter.setPen(QPen(QColor(colours.accent), 2))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.end()

    def _paint_ruler(self, painter: QPainter) -> None:
        colours, high = theme.colours(), theme.px(theme.TIMELINE_RULER)
        canvas = self._stage.canvas
        start, end = self.x_of(0), self.x_of(self._frames)
        if canvas and canvas.timeline.loop:
            painter.fillRect(QRectF(start, 0, end - start, high), QColor(colours.selected))
            painter.setPen(QPen(QColor(colours.accent), 2))
            for x, way in ((start, 4), (end, -4)):
                painter.drawPolyline(
                    [QPointF(x + way, 2), QPointF(x, 2), QPointF(x, high - 2),
                     QPointF(x + way, high - 2)]
                )  # fmt: skip
        painter.setFont(style.font(theme.CAPTION))
        painter.setPen(QColor(colours.secondary))
        for frame in range(0, self._frames + 1, _every(self._frames)):
            x = self.x_of(frame)
            painter.drawLine(QPointF(x, high - 5), QPointF(x, high))
            painter.drawText(QPointF(x + 3, high - 7), str(frame))

    def _paint_track(self, painter: QPainter, row: int, layer: Layer) -> None:
        colours, middle = theme.colours(), self._middle(row)
        chosen = layer.id in self._stage.selection
        top = middle - theme.px(theme.TIMELINE_TRACK) / 2
        painter.setPen(QPen(QColor(colours.line)))
        painter.drawLine(QPointF(0, top), QPointF(self.width(), top))
        painter.setFont(style.font(theme.CAPTION, semibold=chosen))
        painter.setPen(QColor(colours.text if chosen else colours.secondary))
        room = QRectF(theme.SPACE[2], top, theme.px(_NAMES) - 16, theme.px(theme.TIMELINE_TRACK))
        name = painter.fontMetrics().elidedText(
            layer.name, Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), name)
        keys = self._of(layer)
        painter.setPen(QPen(QColor(colours.edge), 1))
        for one, other in pairwise(keys):
            painter.drawLine(
                QPointF(self.x_of(one.frame), middle), QPointF(self.x_of(other.frame), middle)
            )
        for key in keys:
            self._paint_key(painter, key, middle)

    def _paint_key(self, painter: QPainter, key: Keyframe, middle: float) -> None:
        colours, half = theme.colours(), theme.px(theme.TIMELINE_KEY) / 2
        chosen = (key.layer, key.frame) in self.keys
        x = self.x_of(key.frame + (self._by if chosen and self._grabbed else 0))
        painter.setPen(QPen(QColor(colours.accent if chosen else colours.text), 1.5))
        painter.setBrush(QColor(colours.accent if chosen else colours.panel))
        if key.easing == "hold":
            painter.drawRect(QRectF(x - half, middle - half, 2 * half, 2 * half))
            return
        far = half * 1.25
        ends = ((x, middle - far), (x + far, middle), (x, middle + far), (x - far, middle))
        painter.drawPolygon(QPolygonF([QPointF(*end) for end in ends]))

    # Pointer and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a key, or put the play head there."""
        key = self.key_at(event.position())
        self._by = 0
        if key is None:
            self._grabbed = None
            self.keys.clear()
            self._scrub(event.position())
        else:
            self._grabbed = (key.layer, key.frame)
            if self._grabbed not in self.keys:
                more = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.keys = {*self.keys, self._grabbed} if more else {self._grabbed}
        self.chosen.emit()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the keys, or the play head."""
        if self._grabbed:
            first = min(frame for _, frame in self.keys)
            self._by = max(self.frame_at(event.position().x()) - self._grabbed[1], -first)
            self.update()
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self._scrub(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Write where the keys are now."""
        grabbed, self._grabbed = self._grabbed, None
        by, self._by = self._by, 0
        if grabbed and by:
            self._move(by)
        elif grabbed:
            self._stage.show_frame(grabbed[1])
        self.update()

    def event(self, event: QEvent) -> bool:
        """Delete means the keys here, not the layer."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in _REMOVING:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right step, with Alt they move keys; Delete removes them."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move(step)
        elif step:
            self._stage.show_frame(self._stage.frame + step)
        elif event.key() in _REMOVING:
            self.remove()
        else:
            super().keyPressEvent(event)

    def remove(self) -> None:
        """Remove the selected keys."""
        canvas, keys = self._stage.canvas, set(self.keys)
        if canvas and keys:
            self._studio.session.do(lambda project: remove_keys(project, canvas.id, keys))

    def ease(self, easing: Easing) -> None:
        """Choose how the selected keys go on."""
        canvas, keys = self._stage.canvas, set(self.keys)
        if canvas and keys:
            self._studio.session.do(lambda project: set_easing(project, canvas.id, keys, easing))

    def _move(self, by: int) -> None:
        canvas, keys = self._stage.canvas, set(self.keys)
        if canvas and keys:
            self.keys = {(layer, frame + by) for layer, frame in keys}
            self._studio.session.do(lambda project: move_keys(project, canvas.id, keys, by))

    def _scrub(self, at: QPointF) -> None:
        self._stage.pause()
        self._stage.show_frame(self.frame_at(at.x()))


class TimelinePanel(QFrame):
    """Controls over the tracks; the tracks are folded until there is a key."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.setProperty("kind", "foot")
        self._studio, self._stage = studio, studio.stage
        self.tracks = Tracks(studio)
        self.buttons: dict[str, QToolButton] = {}
        self.easing = QComboBox()
        for key, words in EASINGS.items():
            self.easing.addItem(tr(words), key)
        self.easing.setAccessibleName(tr("Way to the next key"))
        self.easing.setToolTip(tr("Way to the next key"))
        self.easing.activated.connect(lambda at: self.tracks.ease(self.easing.itemData(at)))
        self.frames = NumberField(tr("Frames"), 1, 10_000)
        self.fps = NumberField(tr("Per second"), 1, 60)
        self.frames.changed.connect(lambda value: self._set(frames=int(value)))
        self.fps.changed.connect(lambda value: self._set(fps=float(value)))
        self.place = label("", "caption")
        stack = column(gap=0)
        stack.addLayout(self._controls())
        stack.addWidget(self.tracks)
        self.setLayout(stack)
        self._stage.frame_changed.connect(self._show_frame)
        self._stage.playing_changed.connect(self.refresh)
        self._stage.recording_changed.connect(self.refresh)
        self._stage.canvas_changed.connect(self.refresh)
        self._stage.selection_changed.connect(self.refresh)
        self.tracks.chosen.connect(self.refresh)
        studio.instrument.target_changed.connect(self.refresh)
        self.refresh()

    def _controls(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE[2], theme.SPACE[0], theme.SPACE[2], theme.SPACE[0])
        row.setSpacing(theme.SPACE[0])
        commands = self._studio.commands
        for icon, key in (
            ("play", "timeline.play"),
            ("key-add", "timeline.key"),
            ("record", "timeline.record"),
            ("key", "timeline.auto_key"),
            ("loop", "timeline.loop"),
        ):
            words = with_keys(commands[key].title, commands, key)
            self.buttons[key] = tool(icon, words, partial(commands.run, key))
            self.buttons[key].setCheckable(commands[key].checked is not None)
            row.addWidget(self.buttons[key])
        row.addWidget(self.place)
        row.addStretch(1)
        for part in (self.easing, self.frames, self.fps):
            row.addWidget(part)
        return row

    def refresh(self) -> None:
        """Show the timeline as it is now."""
        canvas = self._stage.canvas
        has_keys = bool(canvas and canvas.timeline.keyframes)
        self.tracks.setVisible(has_keys)
        for part in (self.easing, self.frames, self.fps, self.place):
            part.setVisible(has_keys)
        self.easing.setEnabled(bool(self.tracks.keys))
        for key, made in self.buttons.items():
            command = self._studio.commands[key]
            made.setEnabled(command.enabled())
            made.setChecked(bool(command.checked and command.checked()))
        playing = self._stage.playing
        icons.dress(self.buttons["timeline.play"], "pause" if playing else "play")
        armed = "error" if self._stage.armed else "text"
        icons.dress(self.buttons["timeline.record"], "record", armed)
        auto = "error" if self._stage.auto_key else "text"
        icons.dress(self.buttons["timeline.auto_key"], "key", auto)
        if canvas:
            self.frames.show_value(canvas.timeline.frames)
            self.fps.show_value(canvas.timeline.fps)
        self._show_frame()

    def _show_frame(self) -> None:
        canvas = self._stage.canvas
        if canvas:
            seconds = self._stage.frame / canvas.timeline.fps
            shown = f"{seconds:.2f}"
            self.place.setText(
                tr("frame {frame}, {seconds} s", frame=self._stage.frame, seconds=shown)
            )

    def _set(self, *, frames: int | None = None, fps: float | None = None) -> None:
        canvas = self._stage.canvas
        if canvas:
            self._studio.session.do(
                lambda project: set_timeline(project, canvas.id, frames=frames, fps=fps)
            )


def _every(frames: int) -> int:
    steps = (1, 2, 5, 6, 12, 24, 48, 120, 240, 600, 1200)
    return next((step for step in steps if frames / step <= 12), steps[-1])

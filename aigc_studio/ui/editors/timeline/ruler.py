"""The ruler: frames and seconds, the loop band, the film's end, and the play head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from aigc_studio.ui import style, theme
from aigc_studio.ui.editors.timeline.marks import snapped_at
from aigc_studio.ui.editors.timeline.painting import paint_play_head
from aigc_studio.ui.editors.timeline.scale import NAMES
from aigc_studio.ui.translate import tr
from aigc_studio.ui.widgets.basics import tool

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QMouseEvent, QPaintEvent, QWheelEvent

    from aigc_studio.studio.studio import Studio
    from aigc_studio.ui.editors.timeline.scale import Scale

_REACH = 6
_LABEL_ROOM = 56
_WHEEL_STEP = 120
_KNOWN = 2  # pixels


class Ruler(QWidget):
    """A drag moves the play head; a drag on the end changes the film's length."""

    def __init__(self, studio: Studio, scale: Scale) -> None:
        super().__init__()
        self._studio, self._stage, self._scale = studio, studio.stage, scale
        self._end: int | None = None  # where the film's end is dragged
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Ruler"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(tr("Drag: play head. Drag the end: length. Ctrl + wheel: closer."))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE[1], 0, 0, 0)
        row.setSpacing(0)
        for icon, tip, then in (
            ("minus", tr("Go back"), lambda: scale.closer(-2)),
            ("plus", tr("Come closer"), lambda: scale.closer(2)),
            ("zoom-fit", tr("See all of it"), scale.see_all),
        ):
            made = tool(icon, tip, then)
            made.setStyleSheet("min-height: 0; padding: 0;")
            made.setFixedSize(theme.px(theme.TARGET), theme.px(theme.TIMELINE_RULER))
            row.addWidget(made)
        row.addStretch(1)
        self._studio.head.frame_changed.connect(self.update)
        self._studio.head.filling.changed.connect(self.update)
        self._stage.canvas_changed.connect(self.update)
        scale.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As high as the token says."""
        return QSize(400, theme.px(theme.TIMELINE_RULER))

    @property
    def _frames(self) -> int:
        canvas = self._stage.canvas
        return self._end or (canvas.timeline.frames if canvas else 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Loop band, ticks, end, what is known already, play head."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(QRectF(theme.px(NAMES), 0, self.width(), self.height()))
        self._paint_film(painter)
        self._paint_ticks(painter)
        self._paint_known(painter)
        x = self._scale.x_of(self._studio.head.frame)
        paint_play_head(painter, x, self.height(), grip=True)
        painter.end()

    def _paint_film(self, painter: QPainter) -> None:
        canvas, colours, high = self._stage.canvas, theme.colours(), self.height()
        start, end = self._scale.x_of(0), self._scale.x_of(self._frames)
        looped = bool(canvas and canvas.timeline.loop)
        if looped:
            painter.fillRect(QRectF(start, 0, end - start, high), QColor(colours.selected))
        painter.setPen(QPen(QColor(colours.accent if looped else colours.edge), 2))
        brackets = ((start, 4), (end, -4)) if looped else ((end, -4),)
        for x, way in brackets:
            ends = ((x + way, 2), (x, 2), (x, high - 2), (x + way, high - 2))
            painter.drawPolyline([QPointF(*each) for each in ends])

    def _paint_known(self, painter: QPainter) -> None:
        """A thin line under frames whose pictures are there: they are shown at once."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colours().ok))
        high, step = theme.px(_KNOWN), self._scale.step
        for first, last in runs(self._studio.head.filling.known):
            left, right = self._scale.x_of(first - 0.5), self._scale.x_of(last + 0.5)
            painter.drawRect(QRectF(left, self.height() - high, max(right - left, step), high))

    def _paint_ticks(self, painter: QPainter) -> None:
        colours, high = theme.colours(), self.height()
        canvas = self._stage.canvas
        fps = canvas.timeline.fps if canvas else 24
        painter.setFont(style.font(theme.CAPTION))
        every = tick_every(self._scale.step, fps)
        for frame in range(0, self._scale.frames, every):
            x = self._scale.x_of(frame)
            whole = frame > 0 and (frame / fps).is_integer()
            painter.setPen(QColor(colours.text if whole else colours.secondary))
            painter.drawLine(QPointF(x, high - (8 if whole else 5)), QPointF(x, high))
            words = tr("{seconds} s", seconds=round(frame / fps)) if whole else str(frame)
            painter.drawText(QPointF(x + 3, high - 7), words)

    def _on_end(self, x: float) -> bool:
        return abs(self._scale.x_of(self._frames) - x) <= _REACH

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the play head, or the end."""
        if event.button() == Qt.MouseButton.LeftButton:
            if self._on_end(event.position().x()):
                self._end = self._frames
            else:
                self._stage.choose_keys(())
                self._scrub(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what was taken."""
        on_end = self._end is not None or self._on_end(event.position().x())
        self.setCursor(Qt.CursorShape.SizeHorCursor if on_end else Qt.CursorShape.ArrowCursor)
        if self._end is not None:
            self._end = max(snapped_at(self._studio, self._scale, event), 1)
            self.update()
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self._scrub(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Write the new length."""
        end, self._end = self._end, None
        canvas = self._stage.canvas
        if end and canvas and end != canvas.timeline.frames:
            self._studio.keys.set_film(frames=end)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl closer or further, else to and fro."""
        turn(self._scale, event)

    def _scrub(self, event: QMouseEvent) -> None:
        self._studio.head.pause()
        self._studio.head.show_frame(snapped_at(self._studio, self._scale, event))


def turn(scale: Scale, event: QWheelEvent) -> bool:
    """Follow the wheel; answers whether it meant the scale."""
    by = event.angleDelta()
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        scale.closer(by.y() / _WHEEL_STEP, event.position().x())
    elif by.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier or not scale.whole:
        scale.scroll(-(by.x() or by.y()))
    else:
        return False
    event.accept()
    return True


def runs(frames: Iterable[int]) -> list[tuple[int, int]]:
    """Frames that follow each other, as first and last."""
    made: list[tuple[int, int]] = []
    for frame in sorted(frames):
        if made and made[-1][1] == frame - 1:
            made[-1] = (made[-1][0], frame)
        else:
            made.append((frame, frame))
    return made


def tick_every(step: float, fps: float) -> int:
    """Frames from one tick to the next, so that labels have room: parts of seconds, or whole."""
    second = max(round(fps), 1)
    parts = [part for part in (1, 2, 3, 5, 6, 10, 12, 15, 30) if second % part == 0]
    steps = parts + [second * many for many in (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800)]
    room = theme.px(_LABEL_ROOM)
    return next((each for each in steps if each * step >= room), steps[-1])

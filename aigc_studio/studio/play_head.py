"""The play head: at which frame the canvas is shown, and the film that plays."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from aigc_studio.document.canvas import packed
from aigc_studio.document.timeline import track_of
from aigc_studio.studio.frames import Frames
from aigc_studio.studio.pictures import to_qimage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aigc_studio.document.canvas import Canvas, Layer
    from aigc_studio.document.timeline import Track
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.frames import Point
    from aigc_studio.studio.session import Session
    from aigc_studio.studio.stage import Stage

AHEAD = 240


class PlayHead(QObject):
    """Stands at a frame of the stage's canvas, or plays from it on, again and again.

    Signals:
        frame_changed: it stands at another frame.
        playing_changed: the film plays, or no longer.
        told: a StudioError.
    """

    frame_changed = Signal(int)
    playing_changed = Signal(bool)
    told = Signal(object)

    def __init__(
        self, session: Session, player: Player, stage: Stage, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._frames = Frames(session, player, "film", self)
        self._frame = 0
        self._filmed: set[str] = set()
        self._began, self._began_at, self._asked_from = 0.0, 0, 0
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._frames.ready.connect(self._show_layers)
        self._frames.failed.connect(self.told)
        stage.entered.connect(self._rewind)

    @property
    def frame(self) -> int:
        """Where it stands."""
        return self._frame

    @property
    def playing(self) -> bool:
        """Whether the film plays."""
        return self._clock.isActive()

    def show_frame(self, frame: int) -> None:
        """Go to a frame; the layers show what they show there."""
        canvas = self._stage.canvas
        if canvas is None:
            return
        self._go(min(max(frame, 0), canvas.timeline.frames - 1))
        self._began, self._began_at = time.monotonic(), self._frame
        self._ask(canvas, AHEAD if self.playing else 1)

    def play(self) -> None:
        """Play the film from here on, again and again."""
        canvas = self._stage.canvas
        if canvas is None or not canvas.timeline.keyframes or self.playing:
            return
        self._began, self._began_at = time.monotonic(), self._frame
        self._clock.start(max(round(1000 / canvas.timeline.fps), 1))
        self._ask(canvas, AHEAD)
        self.playing_changed.emit(True)

    @Slot()
    def pause(self) -> None:
        """Stop where it is."""
        if self.playing:
            self._clock.stop()
            self.playing_changed.emit(False)

    def toggle(self) -> None:
        """Play, or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def points(self, canvas: Canvas, frames: Iterable[int]) -> Iterator[dict[str, Point]]:
        """What each layer with keys shows at some frames: model and code, by layer id."""
        keyed = [
            (layer.id, layer.living.model, track)
            for layer in canvas.layers
            if layer.living and not layer.frozen and layer.visible
            if (track := track_of(canvas.timeline, layer.id))
        ]
        for frame in frames:
            yield {
                layer: (model, packed(track.code_at(frame, self._frames.geometry(model))))
                for layer, model, track in keyed
            }

    def point(self, layer: Layer) -> bytes:
        """What a living layer shows here: a point of its keys, or its own."""
        assert layer.living is not None
        track = self._track(layer)
        if track is None:
            return layer.living.code
        return packed(track.code_at(self._frame, self._frames.geometry(layer.living.model)))

    def picture(self, layer: Layer) -> QImage | None:
        """What a layer's keys show here; None while it is not known, or without keys."""
        if layer.living is None or self._track(layer) is None:
            return None
        found = self._frames.picture((layer.living.model, self.point(layer)))
        return to_qimage(found.pixels) if found else None

    def _track(self, layer: Layer) -> Track | None:
        canvas = self._stage.canvas
        return track_of(canvas.timeline, layer.id) if canvas and not layer.frozen else None

    def refresh(self) -> None:
        """Show again what the layers show here, after an edit."""
        canvas = self._stage.canvas
        if canvas is not None and self._frame >= canvas.timeline.frames:
            self.show_frame(self._frame)
        elif canvas is not None:
            self._show_layers()
            self._ask(canvas, AHEAD if self.playing else 1)

    def _go(self, frame: int) -> None:
        self._frame = frame
        self.frame_changed.emit(frame)
        self._show_layers()

    def _tick(self) -> None:
        canvas = self._stage.canvas
        if canvas is None:
            self.pause()
            return
        count = canvas.timeline.frames
        passed = (time.monotonic() - self._began) * canvas.timeline.fps
        frame = (self._began_at + int(passed)) % count
        if frame != self._frame:
            self._go(frame)
        if (frame - self._asked_from) % count >= AHEAD // 2:
            self._ask(canvas, AHEAD)

    def _ask(self, canvas: Canvas, ahead: int) -> None:
        count = canvas.timeline.frames
        self._asked_from = self._frame
        frames = ((self._frame + step) % count for step in range(min(count, ahead)))
        self._frames.want(
            point for shown in self.points(canvas, frames) for point in shown.values()
        )

    @Slot()
    def _show_layers(self) -> None:
        canvas = self._stage.canvas
        if canvas is None:
            return
        points = next(self.points(canvas, (self._frame,)))
        for layer_id in self._filmed - set(points):
            self._stage.live.emit(layer_id, QImage())  # its last key is gone
        self._filmed = set(points)
        for layer_id, point in points.items():
            picture = self._frames.picture(point)
            if picture is not None:
                self._stage.live.emit(layer_id, to_qimage(picture.pixels))

    @Slot()
    def _rewind(self) -> None:
        self.pause()
        self._frame = 0
        self._filmed.clear()
        self.frame_changed.emit(0)

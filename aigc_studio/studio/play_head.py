"""The play head: at which frame the canvas is shown, and the film that plays."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from aigc_studio.document.timeline import Film
from aigc_studio.studio.composed import Composed
from aigc_studio.studio.filling import Filling
from aigc_studio.studio.frames import KEPT_BYTES, MEGABYTE, Frames, Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aigc_studio.document.canvas import Canvas, LatentPoint, Layer
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.session import Session
    from aigc_studio.studio.stage import Stage

AHEAD = 240


class PlayHead(QObject):
    """Stands at a frame of the stage's canvas, or plays from it on, again and again.

    Attributes:
        composed: frames as they were drawn for the screen; with the pictures of their layers
            they share one budget of memory, see `set_budget`.
        filling: finds out the frames round it while nothing else is asked for.

    Signals:
        frame_changed: it stands at another frame.
        posed: layers lie elsewhere than before, because they do so at this frame.
        playing_changed: the film plays, or no longer.
        told: a StudioError.
    """

    frame_changed = Signal(int)
    posed = Signal()
    playing_changed = Signal(bool)
    told = Signal(object)

    def __init__(
        self, session: Session, player: Player, stage: Stage, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._frames = Frames(session, player, "film", self)
        self._budget = KEPT_BYTES
        self.composed = Composed(self._share)
        self._known: Film | None = None
        self._seen: tuple[Film, int, Canvas] | None = None
        self._latents: dict[tuple[str, int], LatentPoint] = {}  # of `_known`
        self._frame = 0
        self._filmed: set[str] = set()
        self._began, self._began_at, self._asked_from = 0.0, 0, 0
        self._clock = QTimer(self)
        self._clock.setTimerType(Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._tick)
        self.filling = Filling(self._frames, self, self)
        self._frames.ready.connect(self._show_layers)
        self._frames.failed.connect(self.told)
        stage.entered.connect(self._rewind)
        session.closed.connect(self.composed.clear)
        self._share()

    @property
    def frame(self) -> int:
        """Where it stands."""
        return self._frame

    @property
    def playing(self) -> bool:
        """Whether the film plays."""
        return self._clock.isActive()

    @property
    def film(self) -> Film | None:
        """The canvas that is worked on, ready to be looked at frame by frame."""
        canvas = self._stage.canvas
        return self.film_of(canvas) if canvas else None

    def film_of(self, canvas: Canvas) -> Film:
        """A canvas, ready to be looked at frame by frame."""
        if self._known is None or self._known.canvas is not canvas:
            self._known = Film(canvas)
            self.composed.doubt()
            self._latents.clear()
        return self._known

    def set_budget(self, megabytes: int) -> None:
        """Let pictures of frames take so much memory: those of layers, and whole ones."""
        self._budget = megabytes * MEGABYTE
        self._share()
        self.filling.tell_soon()

    def _share(self) -> None:
        # Whole frames are drawn quickly where the layers' pictures are there, so that these
        # have at least half of the room.
        self.composed.room = self._budget // 2
        self._frames.set_budget(self._budget - self.composed.bytes)

    @property
    def seen(self) -> Canvas | None:
        """The canvas that is worked on, with its layers as they lie here."""
        film = self.film
        if film is None:
            return None
        if self._seen is None or self._seen[:2] != (film, self._frame):
            self._seen = (film, self._frame, film.canvas_at(self._frame))
        return self._seen[2]

    def seen_layer(self, layer: Layer) -> Layer:
        """A layer as it lies here."""
        seen = self.seen
        return (seen.layer(layer.id) if seen else None) or layer

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
        if canvas is None or not canvas.timeline.all_keys or self.playing:
            return
        self._began, self._began_at = time.monotonic(), self._frame
        self._clock.start(0)
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
        """What each visible layer with other points at other frames shows, by layer id."""
        film = self.film_of(canvas)
        played = [layer for layer in canvas.layers if film.is_played(layer)]
        for frame in frames:
            yield {
                layer.id: self._point(film, layer, frame)
                for layer in played
                if film.is_visible(layer, frame)
            }

    def _point(self, film: Film, layer: Layer, frame: int) -> Point:
        there = self._latent(film, layer, frame)
        return Point(there.model, there.code, there.conditions)

    def _latent(self, film: Film, layer: Layer, frame: int) -> LatentPoint:
        # Several parts of the window ask for the same frame, one after the other.
        place = (layer.id, frame)
        found = self._latents.get(place) if film is self._known else None
        if found is None:
            assert layer.living is not None
            moving = self._frames.moving(layer.living.model)
            found = film.point_at(layer, frame, moving)
            if moving is not None and film is self._known:
                self._latents[place] = found
        return found

    def is_played(self, layer: Layer) -> bool:
        """Whether a layer of the canvas shows other points at other frames."""
        film = self.film
        return film is not None and film.is_played(layer)

    def latent(self, layer: Layer) -> LatentPoint:
        """What a living layer shows here: a point of its keys, or its own."""
        assert layer.living is not None
        film = self.film
        return self._latent(film, layer, self._frame) if film else layer.living

    def point(self, layer: Layer) -> bytes:
        """The code of what a living layer shows here."""
        return self.latent(layer).code

    def truncation(self, layer: Layer) -> float | None:
        """The keyed truncation of a layer here; None without keys of it."""
        film = self.film
        return film.number(layer.id, "truncation", self._frame) if film else None

    def picture(self, layer: Layer) -> QImage | None:
        """What a layer's keys show here; None while it is not known, or without keys."""
        if layer.living is None or not self.is_played(layer):
            return None
        there = self.latent(layer)
        return self._frames.picture(Point(there.model, there.code, there.conditions))

    def refresh(self) -> None:
        """Show again what the layers show here, after an edit."""
        canvas = self._stage.canvas
        if canvas is not None and self._frame >= canvas.timeline.frames:
            self.show_frame(self._frame)
        elif canvas is not None:
            self._show_layers()
            self._ask(canvas, AHEAD if self.playing else 1)

    def _go(self, frame: int) -> None:
        moved, self._frame = frame != self._frame, frame
        if self.film:
            self.composed.set_head(frame, self.film.canvas.timeline.frames)
        self.frame_changed.emit(frame)
        if moved and self.film and self.film.moves_layers:
            self.posed.emit()
        self._show_layers()

    def _tick(self) -> None:
        canvas = self._stage.canvas
        if canvas is None:
            self.pause()
            return
        count = canvas.timeline.frames
        passed = (time.monotonic() - self._began) * canvas.timeline.fps
        frame = (self._began_at + int(passed)) % count
        until_next = (1 - passed % 1) / canvas.timeline.fps
        self._clock.start(math.ceil(1e3 * until_next))
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
        self.filling.wait()

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
                self._stage.live.emit(layer_id, picture)

    @Slot()
    def _rewind(self) -> None:
        self.pause()
        self._frame = 0
        self._filmed.clear()
        self.composed.clear()
        self.frame_changed.emit(0)

"""Finds out the frames of a film round the play head while nothing else is asked for."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from aigc_studio.document.timeline import Film
    from aigc_studio.studio.frames import Frames, Point
    from aigc_studio.studio.play_head import PlayHead

REST_MS = 400
# Of one turn of the event loop; a window that is dragged meanwhile does not notice.
_SLICE = 0.004
_TELL_MS = 100


class Filling(QObject):
    """Begins a while after the last question, and stops at the next.

    The frames nearest behind the play head's own come first, then round to those before it, as
    far as the memory for pictures goes.

    Attributes:
        known: numbers of the frames whose pictures are all there.

    Signals:
        changed: other frames are known.
    """

    changed = Signal()

    def __init__(self, frames: Frames, head: PlayHead, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._frames, self._head = frames, head
        self.known: frozenset[int] = frozenset()
        self._film: Film | None = None
        self._points: dict[int, tuple[Point, ...]] = {}
        self._rest = self._timer(REST_MS, self._begin)
        self._work = self._timer(0, self._collect)
        self._telling = self._timer(_TELL_MS, self._tell)
        frames.ready.connect(self.tell_soon)

    def _timer(self, wait: int, then: object) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(wait)
        made.timeout.connect(then)
        return made

    def wait(self) -> None:
        """Somebody asked for a frame: go on once that rests."""
        self._work.stop()
        if self._head.film is not self._film:
            self._film = self._head.film
            self._points.clear()
            self.tell_soon()
        if not self._head.playing:
            self._rest.start()

    @Slot()
    def _begin(self) -> None:
        film = self._head.film
        if film is not None and any(film.is_played(layer) for layer in film.canvas.layers):
            self._work.start()

    @Slot()
    def _collect(self) -> None:
        """Work out points for a few milliseconds; ask when all of them are there."""
        film, until = self._head.film, time.monotonic() + _SLICE
        if film is None or film is not self._film:
            return
        order = self._order(film)
        missing = [frame for frame in order if frame not in self._points]
        for frame, points in zip(missing, self._head.points(film.canvas, missing), strict=False):
            self._points[frame] = tuple(points.values())
            if time.monotonic() > until:
                self._work.start()
                return
        wanted = (point for frame in order for point in self._points[frame])
        self._frames.want(wanted, at_rest=True)
        self.tell_soon()

    def _order(self, film: Film) -> list[int]:
        count, here = film.canvas.timeline.frames, self._head.frame
        return [(here + step) % count for step in range(count)]

    @Slot()
    def tell_soon(self) -> None:
        """Tell which frames are known, where that is not told already."""
        if not self._telling.isActive():
            self._telling.start()

    @Slot()
    def _tell(self) -> None:
        knows = self._frames.knows
        known = frozenset(
            frame
            for frame, points in self._points.items()
            if points and all(knows(point) for point in points)
        )
        if known != self.known:
            self.known = known
            self.changed.emit()

"""A canvas becomes a file: a picture, or a film of its timeline."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas_credits import canvas_provenance
from aigc_studio.document.rendering import Pictures, rendered
from aigc_studio.jobs.specs import EncodeFilm
from aigc_studio.media.encode import EncodeReport, encode_image
from aigc_studio.media.film import save_film
from aigc_studio.media.image import WHITE
from aigc_studio.studio.errand import Errand
from aigc_studio.studio.frames import Frames
from aigc_studio.studio.job_thread import JobThread

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.model import Project
    from aigc_studio.media.image import Image
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.play_head import PlayHead
    from aigc_studio.studio.session import Session

VIDEO_SUFFIXES = (".mp4", ".webm")
_DECODING, _DRAWING = 0.5, 0.4  # parts of the whole work


@dataclass(frozen=True)
class Wish:
    """What is to be written.

    Attributes:
        path: its suffix chooses the format.
        factor: pixels of the file for one of the canvas.
        film: the timeline, and not one picture.
    """

    path: Path
    factor: float = 1.0
    film: bool = False


@dataclass(frozen=True)
class Written:
    """A file that was exported, and what its format could not hold."""

    path: Path
    notes: tuple[str, ...] = ()


class _GivenUpError(StudioError):
    """Leaves the thread when a person cancelled."""


class CanvasExport(QObject):
    """Carries out one wish away from the window's thread.

    Signals:
        advanced: the part that is done, 0 to 1.
        done: what was `Written`.
        failed: a StudioError.
        ended: after either, and after `cancel`.
    """

    advanced = Signal(float)
    done = Signal(object)
    failed = Signal(object)
    ended = Signal()
    _came = Signal(float)

    def __init__(
        self, session: Session, player: Player, head: PlayHead, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._head = session, head
        self._frames = Frames(session, player, "export", self)
        self._frames.ready.connect(self._on_ready)
        self._frames.failed.connect(self._on_failed)
        self._errand: Errand | None = None
        self._cancelled = threading.Event()
        self._canvas: Canvas | None = None
        self._wish: Wish | None = None
        self._points: list[dict[str, tuple[str, bytes]]] = []
        self._all: set[tuple[str, bytes]] = set()
        self._came.connect(self.advanced, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether something is being exported."""
        return self._wish is not None

    def start(self, canvas: Canvas, wish: Wish) -> None:
        """Begin; one of the signals follows."""
        self._canvas, self._wish = canvas, wish
        self._cancelled.clear()
        count = canvas.timeline.frames if wish.film else 1
        begin = 0 if wish.film else self._head.frame
        self._points = list(self._head.points(canvas, range(begin, begin + count)))
        self._all = {point for frame in self._points for point in frame.values()}
        self._frames.want(point for frame in self._points for point in frame.values())
        self._on_ready()

    def cancel(self) -> None:
        """Give up; an older file of this name is still there."""
        self._cancelled.set()
        self._frames.stop()
        errand = self._errand
        if isinstance(errand, JobThread):
            errand.cancel()
        elif errand is None and self._wish is not None:
            self._end()

    def close(self) -> None:
        """Give up and wait for the thread."""
        self.cancel()
        if self._errand:
            self._errand.wait()
            self._errand.deliver()

    @Slot()
    def _on_ready(self) -> None:
        if self._wish is None or self._errand is not None or self._canvas is None:
            return
        known = {point: picture for point in self._all if (picture := self._frames.picture(point))}
        self.advanced.emit(_DECODING * len(known) / max(len(self._all), 1))
        if len(known) < len(self._all):
            return
        shown = [{key: known[point] for key, point in at.items()} for at in self._points]
        work = _Drawing(self._session, self._canvas, self._wish, shown, self._cancelled, self._tell)
        self._run(Errand(work, self), self._on_drawn)

    def _run(self, errand: Errand, then: object) -> None:
        self._errand = errand
        errand.done.connect(then)
        errand.failed.connect(self._on_failed)
        errand.start()

    def _tell(self, part: float) -> None:
        with contextlib.suppress(RuntimeError):  # the window is gone, and this with it
            self._came.emit(_DECODING + part)

    @Slot(object)
    def _on_drawn(self, drawn: object) -> None:
        if isinstance(drawn, Written):
            self._finish(drawn)
        elif isinstance(drawn, tuple):
            spec, payload = drawn
            self._run(JobThread.job(spec, payload, parent=self), self._on_video)

    @Slot(object)
    def _on_video(self, outcome: object) -> None:
        if self._cancelled.is_set() or self._wish is None:
            self._end()
            return
        values = getattr(outcome, "values", {})
        notes = values.get("notes") or ()
        self._finish(Written(self._wish.path, tuple(str(note) for note in notes)))

    def _finish(self, written: Written) -> None:
        self.advanced.emit(1.0)
        self._end()
        self.done.emit(written)

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        if self._wish is None:
            return
        self._end()
        if not self._cancelled.is_set():
            self.failed.emit(error)

    def _end(self) -> None:
        self._errand = self._wish = self._canvas = None
        self._points, self._all = [], set()
        self.ended.emit()


class _Drawing:
    """Draws every frame and writes the file; runs in a thread."""

    def __init__(
        self,
        session: Session,
        canvas: Canvas,
        wish: Wish,
        shown: list[dict[str, Image]],
        cancelled: threading.Event,
        tell: object,
    ) -> None:
        self._project: Project = session.project
        self._pictures = Pictures(session.store.asset_path)
        self._canvas, self._wish, self._shown = canvas, wish, shown
        self._cancelled, self._tell = cancelled, tell

    def __call__(self) -> Written | tuple[EncodeFilm, bytes]:
        frames = []
        for number, shown in enumerate(self._shown, start=1):
            if self._cancelled.is_set():
                raise _GivenUpError("It was cancelled.", kept="Nothing was written.")
            frames.append(self._drawn(shown))
            if callable(self._tell):
                self._tell(_DRAWING * number / len(self._shown))
        return self._written(frames)

    def _drawn(self, shown: dict[str, Image]) -> Image:
        factor = self._wish.factor
        return rendered(self._project, self._canvas, self._pictures, shown=shown, factor=factor)

    def _written(self, frames: list[Image]) -> Written | tuple[EncodeFilm, bytes]:
        wish, canvas = self._wish, self._canvas
        origin = canvas_provenance(self._project, canvas, film=wish.film)
        if not wish.film:
            return _told(encode_image(frames[0], wish.path, origin))
        if wish.path.suffix.lower() not in VIDEO_SUFFIXES:
            return _told(save_film(frames, wish.path, canvas.timeline.fps, 0, origin))
        pixels = np.stack([frame.to_mode("rgb", WHITE).pixels for frame in frames])
        count, height, width, channels = pixels.shape
        spec = EncodeFilm(
            out=wish.path,
            shape=(count, height, width, channels),
            fps=canvas.timeline.fps,
            comment=origin.recipe_json,
            author=origin.author,
            rights=origin.rights,
            title=origin.title,
        )
        return spec, pixels.tobytes()


def _told(report: EncodeReport) -> Written:
    dropped = tuple(f"{report.path.suffix} cannot hold the {name}." for name in report.dropped)
    return Written(report.path, report.notes + dropped)

"""A canvas becomes a file: a picture, or a film of its timeline."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import Aside, disk_errors
from aigc_studio.document.rendering import Pictures
from aigc_studio.jobs.messages import Progress
from aigc_studio.jobs.specs import EncodeFilm, Upscale
from aigc_studio.media.image import Image
from aigc_studio.studio.errand import Errand
from aigc_studio.studio.export_work import (
    DECODING,
    DRAWN,
    WRITING,
    Drawing,
    Export,
    Writing,
    Written,
)
from aigc_studio.studio.frames import Frames
from aigc_studio.studio.job_thread import JobThread
from aigc_studio.studio.pictures import as_image

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Canvas
    from aigc_studio.jobs.child import Event
    from aigc_studio.jobs.runner import JobOutcome
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.export_work import Wish
    from aigc_studio.studio.frames import Point
    from aigc_studio.studio.play_head import PlayHead
    from aigc_studio.studio.session import Session


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
        self._frames = Frames(session, player, "export", self, all_kept=True)
        self._frames.ready.connect(self._on_ready)
        self._frames.failed.connect(self._on_failed)
        self._errand: Errand | None = None
        self._cancelled = threading.Event()
        self._begun: Export | None = None
        self._wish: Wish | None = None
        self._points: list[dict[str, Point]] = []
        self._all: set[Point] = set()
        self._aside: Aside | None = None
        session.closed.connect(self.cancel)
        self._came.connect(self.advanced, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether something is being exported."""
        return self._wish is not None

    def start(self, canvas: Canvas, wish: Wish) -> None:
        """Begin; one of the signals follows."""
        # With the project as it is now: later it may lack what this canvas shows.
        self._wish = wish
        self._cancelled.clear()
        count = canvas.timeline.frames if wish.film else 1
        first = 0 if wish.film else self._head.frame
        project = self._session.project
        self._begun = Export(project, canvas, wish, self._cancelled, self._tell, first)
        frames = range(first, first + count)
        self._points = list(self._head.points(canvas, frames))
        self._all = {point for frame in self._points for point in frame.values()}
        self._frames.want(point for frame in self._points for point in frame.values())
        self._on_ready()

    @Slot()
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
        if self._wish is None or self._errand is not None or self._begun is None:
            return
        there = {point: picture for point in self._all if (picture := self._frames.picture(point))}
        self.advanced.emit(DECODING * len(there) / max(len(self._all), 1))
        if len(there) < len(self._all):
            return
        known = {point: as_image(picture) for point, picture in there.items()}
        shown = [{key: known[point] for key, point in at.items()} for at in self._points]
        pictures = Pictures(self._session.store.asset_path)
        self._run(Errand(Drawing(self._begun, pictures, shown), self), self._on_drawn)

    def _run(self, errand: Errand, then: object) -> None:
        self._errand = errand
        errand.done.connect(then)
        errand.failed.connect(self._on_failed)
        errand.start()

    def _tell(self, part: float) -> None:
        with contextlib.suppress(RuntimeError):  # the window is gone, and this with it
            self._came.emit(part)

    @Slot(object)
    def _on_drawn(self, drawn: object) -> None:
        if isinstance(drawn, Written):
            self._finish(drawn)
        elif isinstance(drawn, tuple):
            spec, payload = drawn
            if isinstance(spec, Upscale):
                job = JobThread.job(spec, payload, parent=self)
                job.message.connect(self._on_enlarging)
                self._run(job, self._on_enlarged)
            else:
                self._begin_video(spec, payload)

    @Slot(object)
    def _on_enlarging(self, event: Event) -> None:
        if isinstance(event.message, Progress):
            part = event.message.step / max(event.message.total, 1)
            self.advanced.emit(DRAWN + (1 - DRAWN) * part)

    @Slot(object)
    def _on_enlarged(self, outcome: JobOutcome) -> None:
        if self._cancelled.is_set() or self._begun is None:
            self._end()
            return
        frames = [Image(pixels) for _, pixels in outcome.media]
        self._run(Errand(Writing(self._begun, frames, len(frames)), self), self._on_drawn)

    def _begin_video(self, spec: EncodeFilm, payload: bytes) -> None:
        try:
            with disk_errors(spec.out, kept="The project is unchanged."):
                self._aside = Aside(spec.out)
        except StudioError as error:
            self._on_failed(error)
            return
        # Not in its place: the worker may be killed, or come to its end after it was given up.
        there = spec.model_copy(update={"out": self._aside.path})
        job = JobThread.job(there, payload, parent=self)
        job.message.connect(self._on_message)
        self._run(job, self._on_video)

    @Slot(object)
    def _on_message(self, event: Event) -> None:
        message = event.message
        if isinstance(message, Progress) and message.total:
            self.advanced.emit(1 - WRITING * (1 - message.step / message.total))

    @Slot(object)
    def _on_video(self, outcome: object) -> None:
        if self._cancelled.is_set() or self._wish is None or self._aside is None:
            self._end()
            return
        try:
            with disk_errors(self._wish.path, kept="The project is unchanged."):
                self._aside.keep()
        except StudioError as error:
            self._on_failed(error)
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
        self._errand = self._wish = self._begun = None
        if self._aside is not None:
            self._aside.drop()
            self._aside = None
        self._points, self._all = [], set()
        self._frames.forget()
        self.ended.emit()

"""A canvas becomes a file: a picture, or a film of its timeline."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from aigc_studio.document.rendering import Pictures
from aigc_studio.jobs.messages import Progress
from aigc_studio.jobs.specs import Upscale
from aigc_studio.media.image import Image
from aigc_studio.studio.errand import Errand
from aigc_studio.studio.export_work import DECODING, DRAWN, Drawing, Export, Writing, Written
from aigc_studio.studio.frames import Frames
from aigc_studio.studio.job_thread import JobThread

if TYPE_CHECKING:
    from aigc_studio.document.canvas import Canvas
    from aigc_studio.jobs.child import Event
    from aigc_studio.jobs.runner import JobOutcome
    from aigc_studio.studio.engine import Player
    from aigc_studio.studio.export_work import Wish
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
        self._points: list[dict[str, tuple[str, bytes]]] = []
        self._all: set[tuple[str, bytes]] = set()
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
        self._begun = Export(self._session.project, canvas, wish, self._cancelled, self._tell)
        count = canvas.timeline.frames if wish.film else 1
        begin = 0 if wish.film else self._head.frame
        self._points = list(self._head.points(canvas, range(begin, begin + count)))
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
        known = {point: picture for point in self._all if (picture := self._frames.picture(point))}
        self.advanced.emit(DECODING * len(known) / max(len(self._all), 1))
        if len(known) < len(self._all):
            return
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
            job = JobThread.job(spec, payload, parent=self)
            if isinstance(spec, Upscale):
                job.message.connect(self._on_enlarging)
                self._run(job, self._on_enlarged)
            else:
                self._run(job, self._on_video)

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
        self._run(Errand(Writing(self._begun, frames), self), self._on_drawn)

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
        self._errand = self._wish = self._begun = None
        self._points, self._all = [], set()
        self._frames.forget()
        self.ended.emit()

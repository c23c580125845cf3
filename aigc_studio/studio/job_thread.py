"""A job in a worker process, carried by a thread of the window."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QObject, Qt, Signal, Slot

from aigc_studio.jobs import runner
from aigc_studio.studio.errand import Errand

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.jobs.child import Event
    from aigc_studio.jobs.runner import JobOutcome
    from aigc_studio.jobs.runs import RunFolder
    from aigc_studio.jobs.specs import AnySpec, Train
    from aigc_studio.jobs.wire import Payload

    Work = Callable[[Callable[[Event], None], threading.Event], JobOutcome]


class JobThread(Errand):
    """Carries one call of `jobs.runner`; make it with `job`, `training` or `resuming`.

    Signals:
        message: each `jobs.child.Event` as it comes.
        done: the `JobOutcome`, also of a job that was cancelled.
        failed: the StudioError; kind "crashed" when the worker process died.
        ended: after either.
    """

    message = Signal(object)
    _came = Signal(object)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        self._cancelled = threading.Event()
        super().__init__(lambda: work(self._pass_on, self._cancelled), parent)
        self._came.connect(self._on_message, Qt.ConnectionType.QueuedConnection)

    @classmethod
    def job(
        cls, spec: AnySpec, payload: Payload = b"", *, nice: int = 0, parent: QObject | None = None
    ) -> Self:
        """Anything but training, in a worker of its own."""
        return cls(
            lambda tell, cancel: runner.run_job(
                spec, payload, nice=nice, on_event=tell, cancel=cancel
            ),
            parent,
        )

    @classmethod
    def training(cls, spec: Train, parent: QObject | None = None) -> Self:
        """A new training run; its folder must not exist yet."""
        return cls(
            lambda tell, cancel: runner.run_training(spec, on_event=tell, cancel=cancel), parent
        )

    @classmethod
    def resuming(cls, run: RunFolder, parent: QObject | None = None) -> Self:
        """A run that waits, or that ended before its time."""
        return cls(
            lambda tell, cancel: runner.resume_training(run, on_event=tell, cancel=cancel), parent
        )

    def cancel(self) -> None:
        """Ask the job to stop; a training finishes its step and saves. `done` follows."""
        self._cancelled.set()

    def _pass_on(self, event: Event) -> None:
        with contextlib.suppress(RuntimeError):  # the window is gone, and this object with it
            self._came.emit(event)

    @Slot(object)
    def _on_message(self, event: object) -> None:
        self.message.emit(event)

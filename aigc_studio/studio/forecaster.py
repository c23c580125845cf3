"""Forecasts: what a training would take, measured by a worker."""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aigc_studio.base.errors import StudioError
from aigc_studio.document.training import train_spec
from aigc_studio.jobs.launch import TRAINING_NICE
from aigc_studio.jobs.specs import Forecast
from aigc_studio.studio.job_thread import JobThread

if TYPE_CHECKING:
    from aigc_studio.document.training import TrainingWish
    from aigc_studio.jobs.runner import JobOutcome
    from aigc_studio.studio.session import Session


class Forecaster(QObject):
    """One forecast at a time; the newest wish wins.

    Signals:
        ready: figures by name (minutes, seconds, steps, memory_bytes, disk_bytes ...).
        failed: a StudioError.
    """

    ready = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._newest: JobThread | None = None
        self._jobs: list[JobThread] = []

    def ask(self, wish: TrainingWish) -> None:
        """Measure what a training would take; `ready` or `failed` follows.

        A forecast that is still going on is given up.
        """
        self.cancel()
        try:
            spec = train_spec(self._session.store, wish)
        except StudioError as error:
            self.failed.emit(error)
            return
        scratch = Path(tempfile.mkdtemp(prefix="aigc-forecast-"))
        # A worker writes only below the run's folder, and this run is never to be seen.
        aside = spec.model_copy(update={"folder": scratch / spec.run})
        job = JobThread.job(Forecast(train=aside), nice=TRAINING_NICE, parent=self)
        job.done.connect(functools.partial(self._on_end, job))
        job.failed.connect(functools.partial(self._on_end, job))
        job.ended.connect(functools.partial(self._after, job, scratch))
        self._newest = job
        self._jobs.append(job)
        job.start()

    def cancel(self) -> None:
        """Give a forecast up; nothing is told of it any more."""
        job, self._newest = self._newest, None
        if job:
            job.cancel()

    def close(self) -> None:
        """Give up for good, and wait until the workers are over."""
        self.cancel()
        for job in list(self._jobs):
            job.wait()
            job.deliver()

    def _on_end(self, job: JobThread, outcome: JobOutcome | StudioError) -> None:
        if job is not self._newest:
            return
        if isinstance(outcome, StudioError):
            self.failed.emit(outcome)
        elif outcome.values:
            self.ready.emit(outcome.values)

    def _after(self, job: JobThread, scratch: Path) -> None:
        job.wait()
        job.deleteLater()
        shutil.rmtree(scratch, ignore_errors=True)
        self._jobs.remove(job)
        if job is self._newest:
            self._newest = None

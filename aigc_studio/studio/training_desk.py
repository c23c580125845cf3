"""The training desk: runs of the open project, one trained at a time, none ever lost."""

from __future__ import annotations

import functools
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.base.files import disk_errors
from aigc_studio.document.adoption import ADOPTED
from aigc_studio.document.training import train_spec
from aigc_studio.jobs.launch import TRAINING_NICE, require_gpus
from aigc_studio.jobs.messages import Preview
from aigc_studio.jobs.runner import JobOutcome, pixels
from aigc_studio.jobs.runs import RunFolder, list_runs
from aigc_studio.jobs.specs import Forecast
from aigc_studio.studio.errand import Errand
from aigc_studio.studio.job_thread import JobThread
from aigc_studio.studio.pictures import to_qimage
from aigc_studio.studio.run_view import RunView, read_run

if TYPE_CHECKING:
    from aigc_studio.document.training import TrainingWish
    from aigc_studio.jobs.child import Event
    from aigc_studio.jobs.messages import Action
    from aigc_studio.studio.session import Session

WATCH_MS = 2000
SUSPEND_SECONDS = 30.0


@dataclass(frozen=True)
class Proposal:
    """What somebody wants to train on, and from which model; ids, "" for nothing said."""

    collection: str = ""
    parent: str = ""


class TrainingDesk(QObject):
    """Starts, shows and ends training; the runs themselves live on disk.

    Signals:
        runs_changed: runs came or went; see `runs`.
        run_changed: id of a run whose `RunView` has changed.
        previewed: id of a run and its newest sheet of samples, a QImage.
        forecast_ready: figures by name (minutes, seconds, steps, memory_bytes, disk_bytes ...).
        forecast_failed: a StudioError.
        finished: id of a run whose model was taken into the project, and the `Model`.
        rested: this window trains nothing any more.
        proposed: somebody elsewhere wants to train; see `take_proposal`.
        told: a StudioError or str.
    """

    runs_changed = Signal()
    run_changed = Signal(str)
    previewed = Signal(str, object)
    forecast_ready = Signal(object)
    forecast_failed = Signal(object)
    finished = Signal(str, object)
    rested = Signal()
    proposed = Signal()
    told = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._views: dict[str, RunView] = {}
        self._row: list[str] = []
        self._jobs: dict[Path, JobThread] = {}
        self._forecast: JobThread | None = None
        self._reading: Errand | None = None
        self._closing = False
        self._proposal = Proposal()
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH_MS)
        self._watch.timeout.connect(self._read_others)
        session.opened.connect(self.refresh)
        session.closed.connect(self._on_closed)

    @property
    def runs(self) -> list[RunView]:
        """All runs, newest first."""
        return list(reversed(self._views.values()))

    def run(self, run_id: str) -> RunView | None:
        """One run by id."""
        return self._views.get(run_id)

    @property
    def current(self) -> RunView | None:
        """The run that this window trains now."""
        return next((view for view in self._views.values() if view.ours and view.going_on), None)

    @property
    def offers(self) -> list[RunView]:
        """Runs that ended before their time and can go on, newest first."""
        unfinished = ("crashed", "suspended", "queued")
        return [view for view in self.runs if view.can_go_on and view.state in unfinished]

    @property
    def busy(self) -> bool:
        """Whether this window trains something, be it of a project that was closed meanwhile."""
        return bool(self._jobs)

    def propose(self, collection: str = "", parent: str = "") -> None:
        """Say from elsewhere what should be trained on, or trained further; both are ids."""
        self._proposal = Proposal(collection, parent)
        self.proposed.emit()

    def take_proposal(self) -> Proposal:
        """What was proposed last, once."""
        taken, self._proposal = self._proposal, Proposal()
        return taken

    def forecast(self, wish: TrainingWish) -> None:
        """Measure what a training would take; `forecast_ready` or `forecast_failed` follows.

        A forecast that is still going on is given up.
        """
        self._stop_forecast()
        try:
            spec = train_spec(self._session.store, wish)
        except StudioError as error:
            self.forecast_failed.emit(error)
            return
        scratch = Path(tempfile.mkdtemp(prefix="aigc-forecast-"))
        # A worker writes only below the run's folder, and this run is never to be seen.
        aside = spec.model_copy(update={"folder": scratch / spec.run})
        job = JobThread.job(Forecast(train=aside), nice=TRAINING_NICE, parent=self)
        job.done.connect(functools.partial(self._on_forecast, job))
        job.failed.connect(functools.partial(self._on_forecast, job))
        job.ended.connect(functools.partial(self._after_forecast, job, scratch))
        self._forecast = job
        job.start()

    def cancel_forecast(self) -> None:
        """Give a forecast up; nothing is told of it any more."""
        self._stop_forecast()

    def start(self, wish: TrainingWish) -> str:
        """Make a run and train it, at once or when those before it are done; errors are told.

        Returns:
            The run's id; "" when it could not be made.
        """
        with self._session.attempt():
            spec = train_spec(self._session.store, wish)
            require_gpus(spec.gpus) if spec.gpus > 1 else None
            run = RunFolder.create(spec)
            self._views[run.id] = read_run(run)
            self._enqueue(run.id)
            self.runs_changed.emit()
            return run.id
        return ""

    def resume(self, run_id: str) -> None:
        """Go on with a run from its last checkpoint, at once or when its turn comes."""
        view = self._views.get(run_id)
        if view is None or not view.can_go_on:
            return
        with self._session.attempt():
            # Its end brings another model than an earlier stop did.
            with disk_errors(view.folder):
                (view.folder / ADOPTED).unlink(missing_ok=True)
            view.error = None
            self._enqueue(run_id)

    def pause(self, run_id: str) -> None:
        """Let a run hold still, its memory kept."""
        self._wish(run_id, "pause")

    def go_on(self, run_id: str) -> None:
        """End the pause."""
        self._wish(run_id, "resume")

    def snapshot(self, run_id: str) -> None:
        """Ask for weights to play with now; they come as `RunView.snapshots`."""
        self._wish(run_id, "snapshot")

    def stop(self, run_id: str) -> None:
        """End a run with a checkpoint and the model so far; one that waits leaves the row."""
        view = self._views.get(run_id)
        if view is None:
            return
        if view.waiting:
            self._row.remove(run_id)
            view.waiting = 0
            self._number()
            self.run_changed.emit(run_id)
        elif job := self._jobs.get(view.folder):
            job.cancel()
        else:
            self._wish(run_id, "stop")

    def remove(self, run_id: str) -> None:
        """Delete the folder of a run that does not go on; its adopted model stays."""
        view = self._views.get(run_id)
        if view is None or view.going_on or view.folder in self._jobs:
            return
        self.stop(run_id)
        shutil.rmtree(view.folder, ignore_errors=True)
        del self._views[run_id]
        self.runs_changed.emit()

    @Slot()
    def refresh(self) -> None:
        """Read all runs from disk, away from the window's thread; `runs_changed` follows."""
        if self._session.is_open:
            self._read(list_runs(self._session.store.runs_folder))

    def suspend_all(self) -> None:
        """Ask every training of this window to save a checkpoint and end; `rested` follows.

        They are among the `offers` when the project is opened again.
        """
        self._row.clear()
        self._number()
        for folder in self._jobs:
            with self._session.attempt():
                RunFolder(folder).request("suspend")

    def close(self) -> None:
        """Suspend what is being trained and wait for it; hide the window before."""
        self._closing = True
        self._watch.stop()
        self._stop_forecast()
        self.suspend_all()
        for job in list(self._jobs.values()):
            if not job.wait(SUSPEND_SECONDS):
                job.cancel()  # bounded: the runner ends what does not stop
                job.wait()
            job.deliver()
        if self._reading:
            self._reading.disarm()
            self._reading.wait()
            self._reading = None

    def _enqueue(self, run_id: str) -> None:
        self._row.append(run_id)
        self._number()
        self._begin_next()

    def _number(self) -> None:
        for view in self._views.values():
            place = self._row.index(view.id) + 1 if view.id in self._row else 0
            if view.waiting != place:
                view.waiting = place
                self.run_changed.emit(view.id)

    def _begin_next(self) -> None:
        if self._jobs or not self._row or self._closing:
            return
        view = self._views[self._row.pop(0)]
        self._number()
        view.ours, view.state = True, "starting"
        job = JobThread.resuming(RunFolder(view.folder), self)
        job.message.connect(functools.partial(self._on_message, view))
        job.done.connect(functools.partial(self._on_done, view))
        job.failed.connect(functools.partial(self._on_failed, view))
        job.ended.connect(functools.partial(self._on_ended, view, job))
        self._jobs[view.folder] = job
        job.start()
        self.run_changed.emit(view.id)

    def _on_message(self, view: RunView, event: Event) -> None:
        view.take(event.message)
        if isinstance(event.message, Preview):
            with self._session.attempt():
                view.preview = to_qimage(pixels(event.message, event.payload))
                self.previewed.emit(view.id, view.preview)
        self.run_changed.emit(view.id)

    def _on_done(self, view: RunView, outcome: JobOutcome) -> None:
        view.state = outcome.state
        if outcome.state in ("finished", "stopped") and self._is_shown(view):
            model = self._session.adopt(view.folder)
            if model is not None:
                self.finished.emit(view.id, model)

    def _on_failed(self, view: RunView, error: StudioError) -> None:
        view.error = error
        view.state = RunFolder(view.folder).state()
        self.told.emit(error)

    def _on_ended(self, view: RunView, job: JobThread) -> None:
        view.ours = False
        job.wait()
        del self._jobs[view.folder]
        job.deleteLater()
        self.run_changed.emit(view.id)
        self._begin_next()
        if not self._jobs:
            self.rested.emit()

    def _is_shown(self, view: RunView) -> bool:
        return self._session.is_open and self._views.get(view.id) is view

    def _wish(self, run_id: str, action: Action) -> None:
        view = self._views.get(run_id)
        if view is not None and view.going_on:
            with self._session.attempt():
                RunFolder(view.folder).request(action)

    def _on_forecast(self, job: JobThread, outcome: JobOutcome | StudioError) -> None:
        if job is not self._forecast:
            return
        if isinstance(outcome, StudioError):
            self.forecast_failed.emit(outcome)
        elif outcome.values:
            self.forecast_ready.emit(outcome.values)

    def _after_forecast(self, job: JobThread, scratch: Path) -> None:
        job.wait()
        job.deleteLater()
        shutil.rmtree(scratch, ignore_errors=True)
        if job is self._forecast:
            self._forecast = None

    def _stop_forecast(self) -> None:
        job, self._forecast = self._forecast, None
        if job:
            job.cancel()

    def _read(self, runs: list[RunFolder]) -> None:
        if self._reading:
            self._reading.disarm()
            self._reading.deleteLater()
        self._reading = Errand(lambda: [read_run(run) for run in runs], self)
        self._reading.done.connect(self._on_read)
        self._reading.start()

    @Slot(object)
    def _on_read(self, views: list[RunView]) -> None:
        for view in views:
            known = self._views.get(view.id)
            if known is None or not known.ours:
                view.waiting = known.waiting if known else 0
                self._views[view.id] = view
        self._views = dict(sorted(self._views.items()))
        others = any(view.going_on and not view.ours for view in self._views.values())
        self._watch.start() if others else self._watch.stop()
        self.runs_changed.emit()

    @Slot()
    def _read_others(self) -> None:
        self._read([RunFolder(v.folder) for v in self._views.values() if v.going_on and not v.ours])

    @Slot()
    def _on_closed(self) -> None:
        if self._reading:
            self._reading.disarm()
        self._watch.stop()
        self.suspend_all()
        self._views.clear()
        self.runs_changed.emit()

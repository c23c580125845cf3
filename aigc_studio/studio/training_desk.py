"""The training desk: one run is trained at a time, the others wait, none is ever lost."""

from __future__ import annotations

import functools
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aigc_studio.base.files import disk_errors
from aigc_studio.document.adoption import ADOPTED
from aigc_studio.document.training import train_spec
from aigc_studio.jobs.launch import require_gpus
from aigc_studio.jobs.messages import Preview
from aigc_studio.jobs.runner import JobOutcome, pixels
from aigc_studio.jobs.runs import RunFolder
from aigc_studio.studio.job_thread import JobThread
from aigc_studio.studio.pictures import to_qimage
from aigc_studio.studio.run_view import RunView, read_run

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.base.errors import StudioError
    from aigc_studio.document.training import TrainingWish
    from aigc_studio.jobs.child import Event
    from aigc_studio.jobs.messages import Action
    from aigc_studio.studio.run_list import RunList
    from aigc_studio.studio.session import Session

SUSPEND_SECONDS = 30.0


@dataclass(frozen=True)
class Proposal:
    """What somebody wants to train on, and from which model; ids, "" for nothing said."""

    collection: str = ""
    parent: str = ""


class TrainingDesk(QObject):
    """Starts and ends training; the runs themselves live on disk, `RunList` shows them.

    Signals:
        previewed: id of a run and its newest sheet of samples, a QImage.
        finished: id of a run whose model was taken into the project, and the `Model`.
        rested: this window trains nothing any more.
        proposed: somebody elsewhere wants to train; see `take_proposal`.
        told: a StudioError or str.
    """

    previewed = Signal(str, object)
    finished = Signal(str, object)
    rested = Signal()
    proposed = Signal()
    told = Signal(object)

    def __init__(self, session: Session, runs: RunList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._runs = session, runs
        self._row: list[str] = []
        self._jobs: dict[Path, JobThread] = {}
        self._closing = False
        self._proposal = Proposal()
        session.closed.connect(self.suspend_all)

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

    def start(self, wish: TrainingWish) -> str:
        """Make a run and train it, at once or when those before it are done; errors are told.

        Returns:
            The run's id; "" when it could not be made.
        """
        with self._session.attempt():
            spec = train_spec(self._session.store, wish)
            if spec.gpus > 1:
                require_gpus(spec.gpus)
            view = read_run(RunFolder.create(spec))
            self._runs.add(view)
            self._enqueue(view)
            return view.id
        return ""

    def resume(self, run_id: str) -> None:
        """Go on with a run from its last checkpoint, at once or when its turn comes."""
        view = self._runs.get(run_id)
        if view is None or not view.can_go_on:
            return
        with self._session.attempt():
            # Its end brings another model than an earlier stop did.
            with disk_errors(view.folder):
                (view.folder / ADOPTED).unlink(missing_ok=True)
            view.error = None
            self._enqueue(view)

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
        view = self._runs.get(run_id)
        if view is None:
            return
        if view.waiting:
            self._row.remove(run_id)
            self._number(run_id)
        elif job := self._jobs.get(view.folder):
            job.cancel()
        else:
            self._wish(run_id, "stop")

    def remove(self, run_id: str) -> None:
        """Delete the folder of a run that does not go on; its adopted model stays."""
        view = self._runs.get(run_id)
        if view is None or view.going_on or view.folder in self._jobs:
            return
        self.stop(run_id)
        shutil.rmtree(view.folder, ignore_errors=True)
        self._runs.remove(view)

    @Slot()
    def suspend_all(self) -> None:
        """Ask every training of this window to save a checkpoint and end; `rested` follows.

        They are among the `RunList.offers` when the project is opened again.
        """
        row, self._row = self._row, []
        self._number(*row)
        for folder in self._jobs:
            with self._session.attempt():
                RunFolder(folder).request("suspend")

    def close(self) -> None:
        """Suspend what is being trained and wait for it; hide the window before."""
        self._closing = True
        self.suspend_all()
        for job in list(self._jobs.values()):
            if not job.wait(SUSPEND_SECONDS):
                job.cancel()  # bounded: the runner ends what does not stop
                job.wait()
            job.deliver()

    def _enqueue(self, view: RunView) -> None:
        self._row.append(view.id)
        self._number()
        self._begin_next()

    def _number(self, *gone: str) -> None:
        """Tell those that wait, and those that no longer do, their place in the row."""
        for run_id in (*self._row, *gone):
            place = self._row.index(run_id) + 1 if run_id in self._row else 0
            view = self._runs.get(run_id)
            if view is not None and view.waiting != place:
                view.waiting = place
                self._runs.run_changed.emit(run_id)

    def _begin_next(self) -> None:
        if self._jobs or not self._row or self._closing:
            return
        run_id = self._row.pop(0)
        self._number(run_id)
        view = self._runs.get(run_id)
        if view is None:  # deleted by others
            self._begin_next()
            return
        view.ours, view.state = True, "starting"
        job = JobThread.resuming(RunFolder(view.folder), self)
        job.message.connect(functools.partial(self._on_message, view))
        job.done.connect(functools.partial(self._on_done, view))
        job.failed.connect(functools.partial(self._on_failed, view))
        job.ended.connect(functools.partial(self._on_ended, view, job))
        self._jobs[view.folder] = job
        job.start()
        self._runs.run_changed.emit(view.id)

    def _on_message(self, view: RunView, event: Event) -> None:
        view.take(event.message)
        if isinstance(event.message, Preview):
            with self._session.attempt():
                view.preview = to_qimage(pixels(event.message, event.payload))
                self.previewed.emit(view.id, view.preview)
        self._runs.run_changed.emit(view.id)

    def _on_done(self, view: RunView, outcome: JobOutcome) -> None:
        view.state = outcome.state
        if outcome.state in ("finished", "stopped") and self._runs.get(view.id) is view:
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
        self._runs.run_changed.emit(view.id)
        self._begin_next()
        if not self._jobs:
            self.rested.emit()

    def _wish(self, run_id: str, action: Action) -> None:
        view = self._runs.get(run_id)
        if view is not None and view.going_on:
            with self._session.attempt():
                RunFolder(view.folder).request(action)

"""The runs of the open project, as their folders tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from aigc_studio.jobs.runs import RunFolder, list_runs
from aigc_studio.studio.errand import Errand, LeftErrands
from aigc_studio.studio.run_view import RunView, read_run

if TYPE_CHECKING:
    from aigc_studio.studio.session import Session

WATCH_MS = 2000


class RunList(QObject):
    """All runs by id; those of other programs are looked at again while they go on.

    Signals:
        changed: runs came or went; see `all`.
        run_changed: id of a run whose `RunView` has changed.
    """

    changed = Signal()
    run_changed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._views: dict[str, RunView] = {}
        self._reading: Errand | None = None
        self._left = LeftErrands()
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH_MS)
        self._watch.timeout.connect(self._read_others)
        session.opened.connect(self.refresh)
        session.closed.connect(self._on_closed)

    @property
    def all(self) -> list[RunView]:
        """All runs, newest first."""
        return list(reversed(self._views.values()))

    def get(self, run_id: str) -> RunView | None:
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
        return [view for view in self.all if view.can_go_on and view.state in unfinished]

    def add(self, view: RunView) -> None:
        """A run was made."""
        self._views[view.id] = view
        self.changed.emit()

    def remove(self, view: RunView) -> None:
        """A run is there no more."""
        del self._views[view.id]
        self.changed.emit()

    @Slot()
    def refresh(self) -> None:
        """Read all runs from disk, away from the window's thread; `changed` follows."""
        if self._session.is_open:
            self._read(list_runs(self._session.store.runs_folder))

    def close(self) -> None:
        """Look at nothing any more, and wait until the threads are over."""
        self._stop()
        self._left.join()

    def _stop(self) -> None:
        self._watch.stop()
        errand, self._reading = self._reading, None
        if errand:
            self._left.add(errand)

    def _read(self, runs: list[RunFolder]) -> None:
        self._stop()
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
        if self._others():
            self._watch.start()
        self.changed.emit()

    def _others(self) -> list[RunView]:
        return [view for view in self._views.values() if view.going_on and not view.ours]

    @Slot()
    def _read_others(self) -> None:
        self._read([RunFolder(view.folder) for view in self._others()])

    @Slot()
    def _on_closed(self) -> None:
        self._stop()
        self._views.clear()
        self.changed.emit()

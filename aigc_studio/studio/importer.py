"""Bringing files in: a thread reads and stores them, the window's thread takes note of them."""

from __future__ import annotations

import functools
import queue
import time
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.document.deriving import Look, derivation
from aigc_studio.document.importing import Credits, Import
from aigc_studio.studio.errand import Errand, LeftErrands
from aigc_studio.studio.import_reading import Outlet, Read, Source, read_derived, read_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aigc_studio.document.model import Collection
    from aigc_studio.studio.session import Session

SLICE_SECONDS = 0.012
TICK_MS = 15


class _Order(NamedTuple):
    """What is to come in, and the name of the collection it comes into."""

    source: Source
    collection: str


class Importer(QObject):
    """One import at a time; the document is changed in the window's thread only.

    Signals:
        begun: an import goes on now.
        progressed: files done, files in all.
        done: the `ImportReport`.
        ended: after the end, well or not.
        told: a StudioError.
    """

    begun = Signal()
    progressed = Signal(int, int)
    done = Signal(object)
    ended = Signal()
    told = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._outlet: Outlet | None = None
        self._errand: Errand | None = None
        self._left = LeftErrands()
        self._coming: Import | None = None
        self._collection = ""
        self._whole = False
        self._waiting: list[_Order] = []
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._take_slice)
        session.closed.connect(self.cancel)

    @property
    def running(self) -> bool:
        """Whether an import goes on."""
        return self._errand is not None

    def start(self, paths: Sequence[Path], collection: str) -> None:
        """Bring files, folders and zips into a collection; after one that goes on.

        CSV and JSONL files among `paths` are captions for the others.
        """
        self._begin(_Order(functools.partial(read_files, tuple(paths)), collection))

    def derive(self, collection: Collection, look: Look) -> str:
        """Bring in every picture of a collection in another look, see `document.deriving`.

        Returns:
            The name of the collection they come into; "" when it cannot be, which is told.
        """
        with self._session.attempt():
            wanted = derivation(self._session.store, collection, look)
            self._begin(_Order(functools.partial(read_derived, wanted), wanted.name))
            return wanted.name
        return ""

    def _begin(self, order: _Order) -> None:
        if self._errand is not None:
            self._waiting.append(order)
            return
        self._collection, self._coming, self._whole = order.collection, None, False
        outlet = self._outlet = Outlet(self._session.store)
        errand = self._errand = Errand(lambda: order.source(outlet), self)
        errand.done.connect(self._on_read)
        errand.failed.connect(self._on_failed)
        errand.start()
        self._timer.start()
        self.begun.emit()

    @Slot()
    def cancel(self) -> None:
        """Give up; nothing of it is in the project."""
        self._waiting.clear()
        if self._errand is not None:
            self._end()

    def close(self) -> None:
        """Give up for good, and wait until the thread is over."""
        self.cancel()
        self._left.join()

    @Slot()
    def _take_slice(self) -> None:
        assert self._outlet is not None
        until = time.monotonic() + SLICE_SECONDS
        last = None
        try:
            while time.monotonic() < until:
                last = self._outlet.pictures.get_nowait()
                self._take(last)
        except queue.Empty:
            if self._whole:
                self._finish()
                return
        except StudioError as error:
            self._fail(error)
            return
        if last:
            self.progressed.emit(last.done, last.total)

    def _take(self, read: Read) -> None:
        coming = self._begun_import()
        if read.found is not None:
            coming.take(read.found)

    def _begun_import(self) -> Import:
        if self._coming is None:
            assert self._outlet is not None
            try:
                credit = self._outlet.credit.get_nowait()
            except queue.Empty:
                credit = Credits()
            self._coming = Import(self._session.store, self._collection, credit)
        return self._coming

    def _finish(self) -> None:
        try:
            report = self._begun_import().finish()
        except StudioError as error:
            self._fail(error)
            return
        self._session.history_changed.emit()
        self.done.emit(report)
        self._end()

    @Slot()
    def _on_read(self) -> None:
        self._whole = True  # what still lies in the queue comes with the next slices

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        self._fail(error)

    def _fail(self, error: StudioError) -> None:
        self.told.emit(error)
        self._end()

    def _end(self) -> None:
        self._timer.stop()
        errand, self._errand = self._errand, None
        if self._outlet:
            self._outlet.cancelled.set()
        if errand:
            self._left.add(errand)
        self._coming = None
        self.ended.emit()
        if self._waiting and self._session.is_open:
            self._begin(self._waiting.pop(0))

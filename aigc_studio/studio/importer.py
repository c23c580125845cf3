"""Bringing files in: a thread reads and stores them, the window's thread takes note of them."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.document.importing import Credits, Import
from aigc_studio.document.sources import files_of, pictures_of
from aigc_studio.jobs.runner import run_job
from aigc_studio.jobs.specs import ExtractFrames
from aigc_studio.media.captions import read_captions
from aigc_studio.media.clean import Finding
from aigc_studio.media.image import Image
from aigc_studio.studio.errand import Errand, LeftErrands

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from aigc_studio.document.sources import Picture
    from aigc_studio.document.store import Store
    from aigc_studio.studio.session import Session

SLICE_SECONDS = 0.012
TICK_MS = 15
READ_AHEAD = 24
SYNC_EVERY = 16
CAPTIONS = (".csv", ".jsonl")


@dataclass(frozen=True)
class _Read:
    """What the thread read: a picture or a finding, and how many files are done of how many."""

    found: Picture | Finding | None
    done: int
    total: int


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
        self._read: queue.Queue[_Read] = queue.Queue(READ_AHEAD)
        self._credit: queue.Queue[Credits] = queue.Queue(1)
        self._cancelled = threading.Event()
        self._errand: Errand | None = None
        self._left = LeftErrands()
        self._coming: Import | None = None
        self._collection = ""
        self._whole = False
        self._waiting: list[tuple[tuple[Path, ...], str]] = []
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
        if self._errand is not None:
            self._waiting.append((tuple(paths), collection))
            return
        self._collection, self._coming, self._whole = collection, None, False
        self._cancelled = cancelled = threading.Event()
        self._read, self._credit = queue.Queue(READ_AHEAD), queue.Queue(1)
        reader = _Reader(tuple(paths), self._session.store, self._read, self._credit, cancelled)
        errand = self._errand = Errand(reader.run, self)
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
        until = time.monotonic() + SLICE_SECONDS
        last = None
        try:
            while time.monotonic() < until:
                last = self._read.get_nowait()
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

    def _take(self, read: _Read) -> None:
        coming = self._begun_import()
        if read.found is not None:
            coming.take(read.found)

    def _begun_import(self) -> Import:
        if self._coming is None:
            try:
                credit = self._credit.get_nowait()
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
        self._cancelled.set()
        if errand:
            self._left.add(errand)
        self._coming = None
        self.ended.emit()
        if self._waiting and self._session.is_open:
            self.start(*self._waiting.pop(0))


@dataclass(frozen=True)
class _Reader:
    """Reads files and stores them as payloads, in its own thread; the document it leaves alone."""

    paths: tuple[Path, ...]
    store: Store
    out: queue.Queue[_Read]
    credit: queue.Queue[Credits]
    cancelled: threading.Event

    def run(self) -> None:
        """Read everything; ends early when it is cancelled."""
        listed = [path for path in self.paths if path.suffix.lower() in CAPTIONS]
        files = [path for path in files_of(self.paths) if path not in listed]
        listed += [path for path in files if path.name.lower() in ("captions.csv", _JSONL)]
        captions = {name: entry for path in listed for name, entry in read_captions(path).items()}
        self.credit.put(Credits(captions))
        meant = [path for path in files if path not in listed]
        for number, path in enumerate(meant, start=1):
            for found in pictures_of(path, self.store.folder, self._frames):
                if not self._put(_Read(self._stored(found), number - 1, len(meant))):
                    return
            if number % SYNC_EVERY == 0 or number == len(meant):
                self.store.sync_payloads()
            if not self._put(_Read(None, number, len(meant))):
                return

    def _stored(self, found: Picture | Finding) -> Picture | Finding:
        if isinstance(found, Finding) or self.cancelled.is_set():
            return found
        stored = self.store.add_payload(found.data, found.extension)
        return replace(found, data=b"", stored=stored)

    def _put(self, read: _Read) -> bool:
        while not self.cancelled.is_set():
            with contextlib.suppress(queue.Full):
                self.out.put(read, timeout=0.1)
                return True
        return False

    def _frames(self, video: Path) -> Iterator[Image]:
        # A damaged film can take a decoder down, which then costs the child and not the window.
        outcome = run_job(ExtractFrames(video=video.absolute()), cancel=self.cancelled)
        return iter([Image(pixels) for _, pixels in outcome.media])


_JSONL = "captions.jsonl"

"""Pictures of the library as files for other programs, copied in a thread."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.document.handing import hand_out
from aigc_studio.studio.errand import Errand, LeftErrands

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from aigc_studio.document.model import Asset
    from aigc_studio.studio.session import Session


@dataclass(frozen=True)
class _Order:
    assets: tuple[Asset, ...]
    folder: Path
    then: Callable[[list[Path]], object]


class HandingOut(QObject):
    """One folder after the other.

    Signals:
        progressed: files done, files in all.
        ended: it is over, well or not.
        told: a StudioError.
    """

    progressed = Signal(int, int)
    ended = Signal()
    told = Signal(object)
    _came = Signal(int, int, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._errand: Errand | None = None
        self._cancelled = threading.Event()
        self._left = LeftErrands()
        self._waiting: list[_Order] = []
        self._came.connect(self._on_came, Qt.ConnectionType.QueuedConnection)
        session.closed.connect(self.cancel)

    @property
    def running(self) -> bool:
        """Whether files are being copied."""
        return self._errand is not None

    def start(
        self, assets: Sequence[Asset], folder: Path, then: Callable[[list[Path]], object]
    ) -> None:
        """Copy assets to a folder, beside what is there; `then` hears what was written."""
        self._waiting.append(_Order(tuple(assets), folder, then))
        if self._errand is None:
            self._next()

    def _next(self) -> None:
        order = self._waiting.pop(0)
        self._cancelled = cancelled = threading.Event()
        store, total = self._session.store, len(order.assets)

        def advance(done: int) -> None:
            if cancelled.is_set():
                raise StudioError("It was cancelled.")
            with contextlib.suppress(RuntimeError):  # the window is gone, and this with it
                self._came.emit(done, total, cancelled)

        self._errand = Errand(lambda: hand_out(store, order.assets, order.folder, advance), self)
        self._errand.done.connect(order.then)
        self._errand.failed.connect(self.told)
        self._errand.ended.connect(self._end)
        self._errand.start()
        self.progressed.emit(0, total)

    @Slot()
    def cancel(self) -> None:
        """Give up; files that are whole stay where they are."""
        self._waiting.clear()
        self._cancelled.set()
        if self._errand:
            self._left.add(self._errand)
            self._end()

    def close(self) -> None:
        """Give up for good, and wait until the thread is over."""
        self.cancel()
        self._left.join()

    @Slot(int, int, object)
    def _on_came(self, done: int, total: int, run: object) -> None:
        if run is self._cancelled and self._errand:
            self.progressed.emit(done, total)

    @Slot()
    def _end(self) -> None:
        self._errand = None
        if self._waiting:
            self._next()
        else:
            self.ended.emit()

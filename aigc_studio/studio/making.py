"""What is made in a thread and then laid on a canvas: one at a time, given up without a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from aigc_studio.studio.errand import Errand, LeftErrands

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.base.errors import StudioError
    from aigc_studio.studio.session import Session

T = TypeVar("T")


class Making(QObject):
    """The base of what makes layers; it gives up when the project is closed.

    Signals:
        done: ids of the layers that were laid.
        told: a StudioError.
    """

    done = Signal(tuple)
    told = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._errand: Errand | None = None
        self._left = LeftErrands()
        session.closed.connect(self.cancel)

    @property
    def busy(self) -> bool:
        """Whether something is being made."""
        return self._errand is not None

    def _make(self, work: Callable[[], T], then: Callable[[T], object]) -> None:
        """Do `work` in a thread, then give what it made to `then`; an error is told."""
        errand = self._errand = Errand(work, self)
        errand.done.connect(lambda made: self._on_made(made, then))
        errand.failed.connect(self._on_failed)
        errand.start()

    def _on_made(self, made: T, then: Callable[[T], object]) -> None:
        self._leave_errand()
        then(made)

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        self.cancel()
        self.told.emit(error)

    @Slot()
    def cancel(self) -> None:
        """Nobody wants it any more; nothing of it stays."""
        self._leave_errand()

    def close(self) -> None:
        """Give up for good, and wait until the thread is over."""
        self.cancel()
        self._left.join()

    def _leave_errand(self) -> None:
        errand, self._errand = self._errand, None
        if errand:
            self._left.add(errand)

"""Work away from the window's thread, whose end is told by signals in the window's thread."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance, Slot

from aigc_studio.base.errors import StudioError
from aigc_studio.base.log import topic

if TYPE_CHECKING:
    from collections.abc import Callable

log = topic("studio")


# Of threads that compute beside the window's; training steps back farther still.
BESIDE_NICE = 4


def step_back() -> None:
    """Let the window's thread go before this one, where a thread has a priority of its own."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BESIDE_NICE)


class Errand(QObject):
    """Runs one function in a thread of its own.

    A Python thread and not a QThread: `threading` keeps a record of every foreign thread that
    ran Python, for ever on Python 3.11. Create and start it in the window's thread, and keep it
    until `ended`; `wait` joins it.

    Signals:
        done: what the function returned.
        failed: the StudioError it raised; anything else it raised is a bug, told as one.
        ended: after either; the thread is over or about to be.
    """

    done = Signal(object)
    failed = Signal(object)
    ended = Signal()
    _over = Signal()

    def __init__(self, work: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._running = self._disarmed = False
        self._thread = threading.Thread(target=self._run, name="errand", daemon=True)
        self._outcome: tuple[SignalInstance, object] | None = None
        self._over.connect(self._on_over, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether it was started and its end has not been told yet."""
        return self._running

    def start(self) -> None:
        """Begin; once only, and not after nobody wants to hear of it any more."""
        if not self._disarmed:
            self._running = True
            self._thread.start()

    def wait(self, timeout: float | None = None) -> bool:
        """Block until the thread is over; signals come with the next turn of the event loop.

        Returns:
            Whether it is over.
        """
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        step_back()
        try:
            self._outcome = (self.done, self._work())
        except StudioError as error:
            self._outcome = (self.failed, error)
        except Exception as error:
            # The outer edge of a thread: whatever it was, whoever waits must hear of it.
            log.exception("an errand failed")
            self._outcome = (self.failed, StudioError(f"Something went wrong: {error!r}."))
        with contextlib.suppress(RuntimeError):  # the window is gone, and this object with it
            self._over.emit()

    def deliver(self) -> None:
        """Tell the end of a thread that is over now, not with the next turn of the event loop."""
        if self._running and self._outcome and not self._thread.is_alive():
            self._on_over()

    def disarm(self) -> None:
        """Tell nothing any more, and begin nothing."""
        self._running, self._disarmed = False, True

    @Slot()
    def _on_over(self) -> None:
        if not self._running or self._outcome is None:
            return
        self._running = False
        signal, value = self._outcome
        signal.emit(value)
        self.ended.emit()


class LeftErrands:
    """Errands that nobody waits for any more: they end by themselves, joined at the very end."""

    def __init__(self) -> None:
        self._errands: list[Errand] = []

    def add(self, errand: Errand) -> None:
        """Hear nothing of it any more, without waiting; tell it to give up before."""
        errand.disarm()
        over = [each for each in self._errands if each.wait(0)]
        for each in over:
            self._errands.remove(each)
            each.deleteLater()
        self._errands.append(errand)

    def join(self) -> None:
        """Wait for all of them."""
        while self._errands:
            errand = self._errands.pop()
            errand.wait()
            errand.deleteLater()

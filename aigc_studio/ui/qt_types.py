"""Qt's classes made known to Python in the window's thread, before a thread beside it needs any.

PySide makes a class when it is first asked for. Two threads that do so at once end the process:
one finds a class that the other has not finished.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui, QtWidgets

if TYPE_CHECKING:
    from collections.abc import Callable

_SLICE = 0.004  # seconds of each turn of the event loop


def know_all(parent: QtCore.QObject, then: Callable[[], None]) -> None:
    """Ask for all classes, a few in each turn of the event loop; then call `then`."""
    wanted = iter([(module, name) for module in (QtCore, QtGui, QtWidgets) for name in dir(module)])
    timer = QtCore.QTimer(parent)

    def go_on() -> None:
        end = time.perf_counter() + _SLICE
        for module, name in wanted:
            getattr(module, name, None)
            if time.perf_counter() > end:
                return
        timer.stop()
        timer.deleteLater()
        then()

    timer.timeout.connect(go_on)
    timer.start(0)

"""Python's rubbish is collected in the window's thread, where widgets may be deleted."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 200


class Collector(QObject):
    """Collects in place of Python's automatic collector, which must stay off.

    That one runs in whatever thread allocates, such as one that decodes thumbnails; widgets
    among the rubbish would be deleted there, and Qt ends the whole process for it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the generations that are due, by Python's own thresholds."""
        for generation, limit in enumerate(gc.get_threshold()):
            if gc.get_count()[generation] <= limit:
                return
            gc.collect(generation)

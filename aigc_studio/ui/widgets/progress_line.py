"""Work that takes a while: after a moment a thin line, after a second its name."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from aigc_studio.ui import theme
from aigc_studio.ui.widgets.basics import column, label


class ProgressLine(QWidget):
    """Call `start` when work begins and `stop` when it ends; short work is never seen."""

    def __init__(self, *, steady: bool = False, named: bool = True) -> None:
        """A `steady` one keeps room for its line, so that nothing moves when work begins.

        Of one that is not `named` the name is read out and never shown.
        """
        super().__init__()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        room = self._bar.sizePolicy()
        room.setRetainSizeWhenHidden(steady)
        self._bar.setSizePolicy(room)
        self._name = label("", "caption")
        stack = column(gap=theme.SPACE[0])
        stack.addWidget(self._bar)
        stack.addWidget(self._name)
        self.setLayout(stack)
        self._line = self._timer(theme.PATIENCE_LINE, self._bar)
        self._words = self._timer(theme.PATIENCE_NAME, self._name)
        self._named = named
        self.stop()

    def _timer(self, patience: int, shown: QWidget) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(patience)
        made.timeout.connect(shown.show)
        return made

    def start(self, name: str) -> None:
        """Work with this name begins; how long it takes is not known."""
        self._name.setText(name)
        self._bar.setAccessibleName(name)
        self._bar.setRange(0, 0)
        self._line.start()
        if self._named:
            self._words.start()

    def show_part(self, part: float) -> None:
        """A part of the work is done, 0 to 1."""
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(part * 1000))

    def stop(self) -> None:
        """The work has ended."""
        self._line.stop()
        self._words.stop()
        self._bar.hide()
        self._name.hide()

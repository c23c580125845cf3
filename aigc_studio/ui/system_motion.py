"""Whether the system asks for less movement; Qt does not tell, so the system is asked itself."""

from __future__ import annotations

import ctypes
import shutil
import sys

from PySide6.QtCore import QObject, QProcess, Signal

_WINDOWS_ANIMATION = 0x1042  # SPI_GETCLIENTAREAANIMATION
# System -> the question and the answer that asks for less.
_QUESTIONS = {
    "linux": (["gsettings", "get", "org.gnome.desktop.interface", "enable-animations"], "false"),
    "darwin": (["defaults", "read", "com.apple.universalaccess", "reduceMotion"], "1"),
}


class SystemMotion(QObject):
    """Asks without waiting; until it knows, things move.

    Signals:
        changed(): the answer is another one now.

    Attributes:
        reduced: what the system asks for, as far as is known.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.reduced = False
        self._process: QProcess | None = None

    def ask(self) -> None:
        """Ask; `changed` follows when nothing shall move."""
        if sys.platform == "win32":
            self._take(not _windows_animates())
            return
        question, _ = _QUESTIONS.get(sys.platform, ([], ""))
        if question and self._process is None and shutil.which(question[0]):
            self._process = QProcess(self)
            self._process.finished.connect(self._on_answer)
            self._process.start(question[0], question[1:])

    def close(self) -> None:
        """Wait no longer."""
        if self._process:
            self._process.finished.disconnect(self._on_answer)
            self._process.kill()
            self._process.waitForFinished(1000)

    def _on_answer(self) -> None:
        process, self._process = self._process, None
        if process:
            said = bytes(process.readAllStandardOutput().data()).decode(errors="replace")
            self._take(said.strip() == _QUESTIONS[sys.platform][1])
            process.deleteLater()

    def _take(self, reduced: bool) -> None:
        if reduced != self.reduced:
            self.reduced = reduced
            self.changed.emit()


def _windows_animates() -> bool:
    answer = ctypes.c_int(1)
    if sys.platform == "win32":
        ask = ctypes.windll.user32.SystemParametersInfoW
        ask(_WINDOWS_ANIMATION, 0, ctypes.byref(answer), 0)
    return bool(answer.value)

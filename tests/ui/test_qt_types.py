"""Qt's classes are all made before a thread could ask for one."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

_ASK = """
from PySide6 import QtCore, QtWidgets
from aigc_studio.ui.qt_types import know_all

app = QtCore.QCoreApplication([])
turns = []
ticking = QtCore.QTimer()
ticking.timeout.connect(lambda: turns.append(1))
ticking.start(0)
early = "QWizard" in vars(QtWidgets)
def told():
    print(early, "QWizard" in vars(QtWidgets), len(turns) > 3)
    app.quit()
know_all(app, told)
app.exec()
"""


def test_all_are_known_and_the_event_loop_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    line = [sys.executable, "-c", _ASK]
    told = subprocess.run(line, capture_output=True, text=True, check=True).stdout.split()
    assert told == ["False", "True", "True"]

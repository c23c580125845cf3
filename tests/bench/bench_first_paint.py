"""From the start of the process to the first paint of the window, beside that of a bare one.

The bare window imports the modules of third parties that ours had loaded by then, no more, and
paints nothing. Both processes are started in turn, so that whatever else the machine does weighs
on both.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

from tests.bench.table import Row, show

TIMES = 9
MOST_RATIO, MOST_SECONDS = 1.5, 0.8
_BARE = """
{imports}
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted", flush=True)
        QApplication.quit()
app = QApplication([])
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""
_OURS = """
import sys
from aigc_studio.ui import app
run = app.loaded()
from aigc_studio.ui import main_window
paint = main_window.MainWindow.paintEvent
def told(self, event):
    paint(self, event)
    print("painted", flush=True)
    print(*(name for name, module in sys.modules.items() if "site-packages" in str(
        getattr(module, "__file__", None) or "")), flush=True)
main_window.MainWindow.paintEvent = told
sys.exit(run(''))
"""


def measure() -> list[Row]:
    """The median of several starts; both have been started before, so that files are at hand."""
    with tempfile.TemporaryDirectory() as own:
        place = {**os.environ, "XDG_DATA_HOME": own, "PYTHONPYCACHEPREFIX": f"{own}/pyc"}
        place.setdefault("QT_QPA_PLATFORM", "offscreen")
        place.pop("PYTHONDONTWRITEBYTECODE", None)
        _, loaded = _start(_OURS, place)
        bare = _BARE.format(imports="\n".join(f"import {name}" for name in _public(loaded)))
        _start(bare, place)
        pairs = [(_start(bare, place)[0], _start(_OURS, place)[0]) for _ in range(TIMES)]
    bare_seconds, ours = (statistics.median(pair[at] for pair in pairs) for at in (0, 1))
    note = f"a bare window: {1e3 * bare_seconds:.0f} ms"
    return [
        Row("first paint", ours, MOST_SECONDS, "s", note=note),
        Row("first paint / bare window", ours / bare_seconds, MOST_RATIO, "x"),
    ]


def _public(modules: list[str]) -> list[str]:
    return [name for name in modules if not any(part[0] == "_" for part in name.split("."))]


def _start(program: str, environment: dict[str, str]) -> tuple[float, list[str]]:
    """Seconds until the paint, and the modules of third parties that it had loaded."""
    begin = time.perf_counter()
    line = [sys.executable, "-c", program]
    with subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"painted\n"
        seconds = time.perf_counter() - begin
        loaded = process.stdout.readline().decode().split()
        process.terminate()
    return seconds, loaded


if __name__ == "__main__":
    show(measure())

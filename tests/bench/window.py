"""The real window with the starter open, a hand on the pad, and other work beside it."""

from __future__ import annotations

import contextlib
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from aigc_studio.document.training import TrainingWish
from aigc_studio.studio.studio import Studio
from aigc_studio.ui.application import Face
from aigc_studio.ui.dock.dock import Dock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aigc_studio.ui.main_window import MainWindow

PATIENCE = 60.0
_LEFT = Qt.MouseButton.LeftButton


def in_own_process(module: str) -> dict[str, Any]:
    """What `python -m module` prints as its last line, JSON; the rest goes to our stderr."""
    with tempfile.TemporaryDirectory() as own:
        place = {**os.environ, "XDG_DATA_HOME": own, "AIGC_STUDIO_LOG": "ERROR"}
        place.setdefault("QT_QPA_PLATFORM", "offscreen")
        done = subprocess.run(
            [sys.executable, "-m", module], env=place, stdout=subprocess.PIPE, check=True
        )
    *others, last = done.stdout.decode().splitlines()
    print(*others, sep="\n", file=sys.stderr)
    found: dict[str, Any] = json.loads(last)
    return found


def application() -> QApplication:
    """The only one of this process."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    return app


@contextlib.contextmanager
def opened() -> Iterator[tuple[Studio, MainWindow]]:
    """The window with the starter's canvas, its first picture drawn."""
    studio = Studio()
    face = Face(application(), studio)
    face.window.resize(1440, 900)
    try:
        face.begin("starter")
        until(lambda: studio.session.is_open and face.window.dock is not None)
        until(lambda: settled(studio))
        yield studio, face.window
    finally:
        studio.session.let_go()
        face.window.retire()
        face.end()


def settled(studio: Studio) -> bool:
    """Whether the picture of the present point stands in the trail."""
    result = studio.instrument.result
    return result is not None and result.number > 0


def until(reached: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Let the window live until something is so."""
    end = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > end:
            raise TimeoutError
        QApplication.processEvents()
        time.sleep(0.001)


def train(studio: Studio) -> str:
    """Begin a training of the starter's pictures with the threads it takes by itself."""
    collection = next(iter(studio.session.project.collections))
    run = studio.desk.start(TrainingWish(collection, "image-vae", minutes=10.0))
    until(lambda: _steps(studio, run))
    return run


def _steps(studio: Studio, run: str) -> bool:
    view = studio.runs.get(run)
    return view is not None and view.state == "running" and view.part > 0


class Hand:
    """Drags on the pad: down, round and round, up."""

    def __init__(self, window: MainWindow) -> None:
        assert isinstance(window.dock, Dock)
        self._map = window.dock.pad.map
        self._turn = 0.0
        self._down = False

    def move(self) -> None:
        """One event of a pointer that goes on."""
        if not self._down:
            self._send(QEvent.Type.MouseButtonPress)
            self._down = True
        self._turn += 0.05
        self._send(QEvent.Type.MouseMove)

    def rest(self) -> None:
        """Let go: what is there is written to the layer."""
        if self._down:
            self._send(QEvent.Type.MouseButtonRelease)
            self._down = False

    def _send(self, kind: QEvent.Type) -> None:
        wide, high = self._map.width() / 2, self._map.height() / 2
        at = QPointF(
            wide * (1 + 0.6 * math.cos(self._turn)), high * (1 + 0.6 * math.sin(1.3 * self._turn))
        )
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else _LEFT
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else _LEFT
        plain = Qt.KeyboardModifier.NoModifier
        everywhere = self._map.mapToGlobal(at)
        QApplication.sendEvent(self._map, QMouseEvent(kind, at, everywhere, button, held, plain))


_BARE = """
import os, sys, time
waits, last = [], time.perf_counter()
while os.getppid() == int(sys.argv[1]) and not os.path.exists(sys.argv[2]):
    time.sleep(0.005)
    now = time.perf_counter()
    waits.append(1e3 * (now - last))
    last = now
print(sorted(waits)[int(0.999 * len(waits))])
"""


@contextlib.contextmanager
def bare_ticks() -> Iterator[list[float]]:
    """A process that only sleeps for 5 ms at a time; 99.9 % of its waits took this long (ms).

    What it is kept waiting, the machine keeps everybody waiting.
    """
    found: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        end = f"{folder}/end"
        line = [sys.executable, "-c", _BARE, str(os.getpid()), end]
        with subprocess.Popen(line, stdout=subprocess.PIPE) as process:
            try:
                yield found
            finally:
                Path(end).touch()
                assert process.stdout is not None
                found.append(float(process.stdout.readline()))


def folder_of_pictures(folder: Path, count: int, side: int) -> Path:
    """PNG files of noise and ramps, no two alike; quick to draw and not quick to read."""
    import numpy as np
    from PIL import Image

    generator = np.random.default_rng(0)
    ramp = np.linspace(0, 200, side, dtype=np.uint8)
    for number in range(count):
        pixels = np.broadcast_to(ramp[:, None, None], (side, side, 3)).copy()
        pixels += generator.integers(0, 56, (side, side, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(folder / f"{number:04d}.png", compress_level=1)
    return folder

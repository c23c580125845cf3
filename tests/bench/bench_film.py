"""A film of 512 x 512 pixels and four living layers in the real window, played and scrubbed.

The models' pictures are there already, from a worker that paints. Cold, each frame is composed
of its layers; warm, it was shown before. Times of single frames are the process's own. Whether a
film keeps its speed is told by the clock, beside a loop that only computes as long for each frame.

python -m tests.bench film
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject

from aigc_studio.document.canvas_edits import add_canvas
from aigc_studio.document.layer_edits import set_blend, set_opacity
from aigc_studio.document.timeline_edits import add_keys, add_number, set_timeline
from aigc_studio.studio.studio import Studio
from aigc_studio.ui.application import Face
from aigc_studio.ui.editors.canvas.editor import CanvasEditor
from tests.bench.table import Row
from tests.bench.window import PATIENCE, application, in_own_process, settled, until
from tests.studio.helpers import use_worker, write_project

if TYPE_CHECKING:
    from aigc_studio.ui.editors.canvas.view import CanvasView

SIDE, LAYERS, FRAMES, FPS = 512, 4, 48, 24
MEMORY = 512  # megabytes
ROUNDS, SCRUBS = 3, 60
MOST_MS, MOST_OF_A_FRAME, FEWEST = 50.0, 0.5, 0.95


def measure() -> list[Row]:
    """In a process of its own, as a window is."""
    told = in_own_process(__name__)
    cold, warm, each = told["cold"], told["warm"], 1e3 / FPS
    kept = f"{told['megabytes']:.0f} MB of {MEMORY} MB kept, {told['composed']:.0f} MB composed"
    due = ROUNDS * FRAMES
    return [
        Row(
            f"film: frames painted of those due at {FPS} a second",
            100 * told["painted"] / due,
            unit="%",
            note=f"{ROUNDS} rounds of {FRAMES} frames, warm; {kept}",
        ),
        Row(
            "film: the same, to a loop that only computes as long",
            told["painted"] / told["computed"],
            FEWEST,
            "x",
            aim="at least",
            note=f"{told['computed']} of {due} in turns with it, so that the machine counts alike",
        ),
        Row(
            "film: a warm frame, of the time it has",
            warm / each,
            MOST_OF_A_FRAME,
            "x",
            note=f"{warm:.1f} ms, median, of the whole window; cold {cold:.1f} ms",
        ),
        Row(
            "film: the canvas alone, a warm frame to a cold one",
            told["warm_canvas"] / told["cold_canvas"],
            MOST_OF_A_FRAME,
            "x",
            note=f"{told['warm_canvas']:.2f} ms to {told['cold_canvas']:.2f} ms, medians",
        ),
        Row("film: scrub to a warm frame, the slowest", told["scrub"], MOST_MS, "ms"),
    ]


class _Painted(QObject):
    """Hears which frames a view paints."""

    def __init__(self, studio: Studio, view: CanvasView) -> None:
        super().__init__(view)
        self._studio, self._view = studio, view
        self.frames: list[int] = []
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() == QEvent.Type.Paint and watched is self._view.viewport():
            self.frames.append(self._studio.head.frame)
        return False

    def shown(self, frame: int) -> float:
        """Go to a frame; milliseconds of work until all of it is painted."""
        self.frames.clear()
        started = time.process_time()
        self._studio.head.show_frame(frame)
        while frame not in self.frames or not self._view.sheet.is_whole:
            application().processEvents()
            if time.process_time() - started > PATIENCE:
                raise TimeoutError
        return 1e3 * (time.process_time() - started)

    def canvas_painted(self, frame: int) -> float:
        """Go to a frame; milliseconds of work to paint the canvas alone."""
        self._studio.head.show_frame(frame)
        started = time.process_time()
        self._view.viewport().repaint()
        while not self._view.sheet.is_whole:
            self._view.viewport().repaint()
        return 1e3 * (time.process_time() - started)

    def played(self) -> int:
        """Play one round; how many frames were painted."""
        head = self._studio.head
        self.frames.clear()
        started = time.perf_counter()
        head.play()
        until(lambda: time.perf_counter() - started > FRAMES / FPS)
        head.pause()
        return 1 + sum(a != b for a, b in pairwise(self.frames))


def computed(work_ms: float) -> int:
    """How many frames of one round a loop manages that only computes so long for each."""
    done, last, started = 0, -1, time.perf_counter()
    while (passed := time.perf_counter() - started) < FRAMES / FPS:
        if (frame := int(passed * FPS)) == last:
            time.sleep(0.001)
            continue
        last, begun = frame, time.process_time()
        while 1e3 * (time.process_time() - begun) < work_ms:
            pass
        done += 1
    return done


def live(folder: Path) -> None:
    """Measure in this process; print what was found, JSON last."""
    use_worker(pytest.MonkeyPatch(), "tests.bench.large_worker")
    app, studio = application(), Studio(folder / "settings.json")
    face = Face(app, studio)
    face.window.resize(1440, 900)
    try:
        face.begin(str(write_project(folder)))
        until(lambda: studio.session.is_open and face.window.dock is not None)
        until(lambda: settled(studio))
        painted = _Painted(studio, _film(studio, face))
        until(lambda: len(studio.head.filling.known) == FRAMES)
        cold = [painted.shown(frame) for frame in (*range(1, FRAMES), 0)]
        warm = [painted.shown(frame) for frame in (*range(1, FRAMES), 0)]
        dice = np.random.default_rng(1)
        scrubs = [painted.shown(int(frame)) for frame in _others(dice)]
        work = statistics.median(warm)
        rounds = [(painted.played(), computed(work)) for _ in range(ROUNDS)]
        studio.head.composed.clear()
        canvas = [[painted.canvas_painted(frame) for frame in range(FRAMES)] for _ in range(2)]
        composed = studio.head.composed.bytes
        told = {
            "cold": statistics.median(cold),
            "warm": statistics.median(warm),
            "scrub": max(scrubs),
            "painted": sum(each for each, _ in rounds),
            "computed": sum(each for _, each in rounds),
            "cold_canvas": statistics.median(canvas[0]),
            "warm_canvas": statistics.median(canvas[1]),
            "composed": composed / 2**20,
            "megabytes": composed / 2**20 + FRAMES * LAYERS * SIDE * SIDE * 4 / 2**20,
        }
        print(json.dumps(told))
    finally:
        studio.session.let_go()
        face.window.retire()
        face.end()


def _others(dice: np.random.Generator) -> list[int]:
    """Frames in any order, none twice running."""
    found = [0]
    while len(found) < SCRUBS:
        found.append((found[-1] + int(dice.integers(1, FRAMES))) % FRAMES)
    return found[1:]


def _film(studio: Studio, face: Face) -> CanvasView:
    """Four living layers, each with points and a number of its own at other frames."""
    session = studio.session
    studio.settings.change(film_memory=MEMORY)
    edit = add_canvas(session.project, "Film", SIDE, SIDE)
    session.apply(edit)
    key = edit.changes[0].key
    face.window.documents.open("canvas", key)
    for number in range(LAYERS):
        studio.instrument.move_to(number - 1.5, 0.5)
        until(lambda: settled(studio))
        studio.living.place()
        (layer,) = studio.stage.selected
        codes = {
            frame: np.full(8, (number - 1.5) * (1 - frame / FRAMES), np.float32)
            for frame in (0, FRAMES // 2, FRAMES - 1)
        }
        session.apply(add_keys(session.project, key, layer.id, codes))
        session.apply(set_opacity(session.project, key, [layer.id], 0.6))
        blend = ("normal", "screen")[number % 2]
        session.apply(set_blend(session.project, key, [layer.id], blend))  # type: ignore[arg-type]
        for frame, x in ((0, 200.0), (FRAMES - 1, 300.0)):
            session.apply(add_number(session.project, key, layer.id, "x", frame, x))
    session.apply(set_timeline(session.project, key, frames=FRAMES, fps=FPS))
    page = face.window.pages.currentWidget()
    assert isinstance(page, CanvasEditor)
    studio.head.show_frame(0)
    return page.view


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as own:
        live(Path(own))

"""A canvas of 4096 x 4096 pixels and 20 layers on the screen: a drag, a zoom, a pan, a stroke.

Each is told beside the plain drawing of all 20 layers at the scale they are seen at, which is
what a window without tiles would do for every frame. Times are the process's own, so that
whatever else the machine does is left out.
"""

from __future__ import annotations

import os
import statistics
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QObject, QRect, QRectF
from PySide6.QtGui import QGuiApplication, QPainter, QTransform

from aigc_studio.document.canvas import Canvas
from aigc_studio.media.brush import Brush, Stroke
from aigc_studio.studio.errand import LeftErrands
from aigc_studio.studio.finishing import Look, finished
from aigc_studio.studio.paper import Paper
from aigc_studio.studio.pictures import to_qimage
from aigc_studio.ui.editors.canvas.drawing import blank, draw
from aigc_studio.ui.editors.canvas.plan import DrawnLayer
from aigc_studio.ui.editors.canvas.sheet import Sheet
from tests.bench.table import Row, show

SIDE, LAYERS, WIDE, HIGH = 4096, 20, 1100, 720
FRAMES = 30
MOST_MS, FIRST_MS = 50.0, 16.0
STROKES = 15
_MODES = ("normal", "multiply", "normal", "screen", "normal")


def measure() -> list[Row]:
    """Drag a layer in the middle of the pile, zoom, pan; every turn of the event loop timed."""
    app = QGuiApplication.instance() or QGuiApplication([])
    owner, canvas = QObject(app), Canvas(id="0" * 16, name="large", width=SIDE, height=SIDE)
    plan, sheet, screen = _plan(), Sheet(owner), blank(WIDE, HIGH)
    view = QTransform.fromScale(HIGH / SIDE, HIGH / SIDE)
    plain = statistics.median(_drawn_plainly(plan, view) for _ in range(5))

    def frame(steps: tuple[DrawnLayer, ...], way: QTransform) -> float:
        started = time.process_time()
        sheet.show_plan(canvas, steps)
        painter = QPainter(screen)
        sheet.paint(painter, way, QRect(0, 0, WIDE, HIGH), 1.0)
        painter.end()
        return 1e3 * (time.process_time() - started)

    while not sheet.is_whole or frame(plan, view) > plain:
        frame(plan, view)
    frame(_moved(plan, 1), view)
    drags = [frame(_moved(plan, 20 * number), view) for number in range(FRAMES)]
    zooms = [frame(plan, view.scale(1.05, 1.05)) for _ in range(FRAMES)]
    pans = [
        frame(plan, QTransform(*_six(view, -9.0 * number, -5.0 * number)))
        for number in range(FRAMES)
    ]
    note = f"all {LAYERS} layers drawn plainly: {plain:.1f} ms"
    return [
        Row(
            "canvas: a frame of a drag, median", statistics.median(drags), MOST_MS, "ms", note=note
        ),
        Row("canvas: the same, to drawing plainly", statistics.median(drags) / plain, 0.5, "x"),
        Row("canvas: worst turn of a drag", max(drags), MOST_MS, "ms"),
        Row("canvas: worst turn of a zoom", max(zooms), MOST_MS, "ms"),
        Row("canvas: worst turn of a pan", max(pans), MOST_MS, "ms"),
        *_strokes(),
    ]


def _strokes() -> list[Row]:
    """The first event of strokes on a picture of that size; of the window's thread alone."""
    picture, left = to_qimage(np.full((SIDE, SIDE, 4), 200, np.uint8)), LeftErrands()
    firsts, others, copies = [], [], []
    for number in range(STROKES):
        started = time.thread_time()
        paper = Paper(picture, (SIDE, SIDE), left, lambda: None)
        stroke = Stroke(Brush(), SIDE, SIDE)
        part = stroke.to(1000.0 + number, 1000.0)
        firsts.append(1e3 * (time.thread_time() - started))
        paper.wait()
        assert part is not None
        started = time.thread_time()
        painter = QPainter(paper.now)
        inked = to_qimage(stroke.inked(paper.pixels_before(part), part))
        painter.drawImage(part[1].start, part[0].start, inked)
        painter.end()
        others.append(1e3 * (time.thread_time() - started))
        started = time.thread_time()
        picture.copy()
        copies.append(1e3 * (time.thread_time() - started))
    left.join()
    first, copy = statistics.median(firsts), statistics.median(copies)
    note = f"a copy of the picture: {copy:.1f} ms"
    return [
        Row("canvas: first event of a stroke, median", first, FIRST_MS, "ms", note=note),
        Row("canvas: the same, to a copy of the picture", first / copy, 0.25, "x"),
        Row("canvas: a stamp on it", statistics.median(others), FIRST_MS, "ms"),
    ]


def _plan() -> tuple[DrawnLayer, ...]:
    dice = np.random.default_rng(1)
    steps = []
    for number in range(LAYERS):
        small = dice.integers(0, 256, (64, 64, 4), np.uint8)
        pixels = small.repeat(SIDE // 64, axis=0).repeat(SIDE // 64, axis=1)
        made = finished(to_qimage(pixels), Look())
        steps.append(
            DrawnLayer(
                key=f"{number:016x}",
                picture=made.picture.cacheKey(),
                place=(1, 0, 0, 1, SIDE / 2, SIDE / 2),
                size=(SIDE, SIDE),
                opacity=0.8,
                blend=_MODES[number % len(_MODES)],  # type: ignore[arg-type]
                smooth=True,
                enlarged=False,
                mask=None,
                shown=made,
                bounds=QRectF(0, 0, SIDE, SIDE),
            )
        )
    return tuple(steps)


def _moved(plan: tuple[DrawnLayer, ...], by: float) -> tuple[DrawnLayer, ...]:
    at, old = LAYERS // 2, plan[LAYERS // 2]
    place = (*old.place[:4], SIDE / 2 + by, SIDE / 2)
    new = DrawnLayer(**{**vars(old), "place": place, "bounds": old.bounds.translated(by, 0)})
    return (*plan[:at], new, *plan[at + 1 :])


def _drawn_plainly(plan: tuple[DrawnLayer, ...], view: QTransform) -> float:
    started = time.process_time()
    draw(blank(WIDE, HIGH), plan, view)
    return 1e3 * (time.process_time() - started)


def _six(view: QTransform, dx: float, dy: float) -> tuple[float, ...]:
    return (view.m11(), view.m12(), view.m21(), view.m22(), dx, dy)


if __name__ == "__main__":
    show(measure())

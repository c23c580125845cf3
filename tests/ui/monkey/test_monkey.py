"""Thousands of random deeds at the real window: nothing breaks, nothing grows, all can be undone.

A failure tells its seed and what was done last. `AIGC_SEEDS=7,8` plays other seeds.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from aigc_studio.document.history import History
from aigc_studio.document.rendering import Pictures, rendered
from aigc_studio.ui.editors.canvas.editor import CanvasEditor
from tests.ui.monkey import anywhere, drawing, gathering, playing
from tests.ui.monkey.deeds import chosen
from tests.ui.monkey.watch import SLOW_SECONDS, memory

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from aigc_studio.document.canvas import Canvas
    from aigc_studio.document.model import Project
    from aigc_studio.studio.session import Session
    from aigc_studio.ui.editors.canvas.view import CanvasView
    from tests.ui.monkey.hand import Hand

SOAK = int(os.environ.get("AIGC_SOAK", "1"))
SEEDS = [int(each) for each in os.environ.get("AIGC_SEEDS", "1").split(",")]
DEEDS = 250 * SOAK
# After so many deeds everything is undone and redone; fewer than the history keeps.
STRETCH = 250
GROWTH = 1.05
SIDE = 64
LISTS = (anywhere, drawing, gathering, playing)


@pytest.mark.soak
@pytest.mark.timeout(120 + 60 * SOAK)
@pytest.mark.parametrize("seed", SEEDS, indirect=True)
def test_random_deeds(hand: Hand, seed: int, qtbot: QtBot) -> None:
    used = []
    rest(hand, qtbot)
    for _ in range(DEEDS // STRETCH):
        stretch(hand, seed, qtbot)
        used.append(memory())
    tell(hand, used)
    half = used[len(used) // 2 - 1] if len(used) > 3 else used[-1]
    assert used[-1] <= half * GROWTH, used


def stretch(hand: Hand, seed: int, qtbot: QtBot) -> None:
    """Some deeds; then back to the start and to the end again."""
    session = hand.studio.session
    session.store.history = History(limit=10 * STRETCH)
    start, first = session.project, looks(hand, qtbot)
    for number in range(STRETCH):
        hand.watch.deed, deed = chosen(hand)
        deed(hand)
        if number % 10 == 0:
            rest(hand, qtbot)
        else:
            QApplication.processEvents()
        hand.watch.check(seed)
    rest(hand, qtbot)
    assert not session.store.history.in_gesture
    hand.watch.sizes.append((len(session.store.history._done), len(session.project.assets)))
    end, last = session.project, looks(hand, qtbot)
    hand.watch.deed, steps = "undo all", 0
    while session.undo_label:
        session.undo()
        steps += 1
    same(session.project, start)
    same_pictures(looks(hand, qtbot), first)
    assert not session.undo_label, "looking at it was an edit"
    hand.watch.deed = "redo all"
    for _ in range(steps):  # the last deeds may have left more than these to be redone
        session.redo()
    same(session.project, end)
    same_pictures(looks(hand, qtbot), last)
    hand.watch.check(seed)


def rest(hand: Hand, qtbot: QtBot) -> None:
    """Close what lies before the window, and wait until nothing is being made any more."""
    studio = hand.studio
    studio.head.pause()
    for _ in range(20):
        if hand.front() is hand.window:
            break
        front = hand.front()
        front.close()
        QApplication.processEvents()

    def quiet() -> bool:
        return not (
            studio.player._newest
            or studio.instrument._rest.isActive()
            or studio.thumbnails._asked
            or studio.importer.running
        )

    for _ in range(3):
        qtbot.waitUntil(quiet, timeout=60_000)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def looks(hand: Hand, qtbot: QtBot) -> dict[str, bytes]:
    """What every canvas of the project looks like: on the screen, and as it is exported."""
    stage, session = hand.studio.stage, hand.studio.session
    hand.studio.recorder.arm(False)
    hand.studio.recorder.set_auto_key(False)
    found, before = {}, session.project
    for key in session.project.canvases:
        hand.window.documents.open("canvas", key)
        stage.select(())
        hand.studio.head.show_frame(0)
        rest(hand, qtbot)
        now = session.project
        assert now == before, f"looking was an edit: {session.undo_label}"
        canvas, place = session.project.canvases[key], hand.place
        assert isinstance(place, CanvasEditor)
        found[f"{key} on the screen"] = _drawn(place.view, canvas)
        found[f"{key} as exported"] = _exported(session, canvas)
    return found


def _drawn(view: CanvasView, canvas: Canvas) -> bytes:
    made = QImage(SIDE, SIDE, QImage.Format.Format_RGBA8888)
    made.fill(0)
    painter = QPainter(made)
    view.scene().render(painter, made.rect(), QRectF(0, 0, canvas.width, canvas.height))
    painter.end()
    return bytes(made.constBits())


def _exported(session: Session, canvas: Canvas) -> bytes:
    pictures = Pictures(session.store.asset_path)
    factor = min(1.0, SIDE / max(canvas.width, canvas.height))
    return rendered(session.project, canvas, pictures, factor=factor).pixels.tobytes()


def same(now: Project, then: Project) -> None:
    """Two documents are equal, but for what no person did."""
    for table in type(now).model_fields:
        assert getattr(now, table) == getattr(then, table), table


def same_pictures(now: dict[str, bytes], then: dict[str, bytes]) -> None:
    """Two looks are equal."""
    assert sorted(now) == sorted(then)
    assert [key for key in now if now[key] != then[key]] == []


def tell(hand: Hand, used: list[int]) -> None:
    """Print what is worth knowing of a long run."""
    watch = hand.watch
    slow = {deed: round(took, 2) for deed, took in watch.slow.items() if took > SLOW_SECONDS}
    for what, value in (
        ("memory, MB", [round(each / 2**20, 1) for each in used]),
        ("slow, seconds", sorted(slow.items(), key=lambda each: -each[1])),
        ("steps and assets", watch.sizes),
        ("told", watch.told.most_common(12)),
    ):
        sys.stdout.write(f"{what}: {value}\n")

"""Thousands of random deeds at the real window: nothing breaks, nothing grows, all can be undone.

A failure tells its seed and what was done last. `AIGC_SEEDS=7,8` plays other seeds; with `-rP`
figures are told of what passed, too.
"""

from __future__ import annotations

import os
import sys
from statistics import median
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from aigc_studio.document.history import History
from tests.ui.monkey import anywhere, drawing, gathering, going, playing, timing
from tests.ui.monkey.deeds import do_one
from tests.ui.monkey.looks import Looks, rest
from tests.ui.monkey.watch import memory

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.monkey.hand import Hand

SOAK = int(os.environ.get("AIGC_SOAK", "1"))
SEEDS = [int(each) for each in os.environ.get("AIGC_SEEDS", "1").split(",")]
DEEDS = 250 * SOAK
# After so many deeds everything is undone, redone and undone again: each stretch begins with the
# same project, so that memory compares like with like.
STRETCH = 250
GROWTH = 1.05
WORN = {"theme": "dark", "language": "en", "text_scale": 1.0, "reduced_motion": False}
LISTS = (anywhere, drawing, gathering, going, playing, timing)


@pytest.mark.soak
@pytest.mark.timeout(120 + 60 * SOAK)
@pytest.mark.parametrize("seed", SEEDS, indirect=True)
def test_random_deeds(hand: Hand, seed: int, qtbot: QtBot) -> None:
    steps, used = [], []
    for _ in range(DEEDS // STRETCH):
        steps.append(stretch(hand, seed, qtbot))
        used.append(memory())
    tell(hand, steps, used)
    held = [own for _, own in used]
    if len(held) > 3:
        half = len(held) // 2
        # How much of a canvas was looked at differs by some MB from one moment to the next.
        assert median(held[-3:]) <= median(held[half - 2 : half + 1]) * GROWTH, held


def stretch(hand: Hand, seed: int, qtbot: QtBot) -> tuple[int, int]:
    """Some deeds; then back to the start, to the end again, and back for good.

    Returns:
        How many edits were made, and how many of them had not been taken back.
    """
    session = hand.studio.session
    rest(hand, qtbot)
    session.store.history = history = History(limit=10 * STRETCH)
    start = Looks.of(hand, qtbot)
    for number in range(STRETCH):
        if do_one(hand) or number % 10 == 0:
            rest(hand, qtbot)
            assert not history.in_gesture
        else:
            QApplication.processEvents()
        hand.watch.check(seed)
    rest(hand, qtbot)
    end = Looks.of(hand, qtbot)
    made, steps = history.steps[-1].number if history.steps else 0, history.position
    hand.watch.deed = "undo all"
    undo_all(hand, qtbot, start)
    hand.watch.deed = "redo all"
    for _ in range(steps):  # the last deeds may have left more than these to be redone
        session.redo()
    end.compare(Looks.of(hand, qtbot))
    hand.watch.deed = "undo all again"
    hand.studio.settings.change(**WORN)
    hand.window.resize(1440, 900)
    undo_all(hand, qtbot, start)
    show_alike(hand, qtbot)
    hand.watch.check(seed)
    return made, steps


def show_alike(hand: Hand, qtbot: QtBot) -> None:
    """Let the window show what it showed at every other such moment, however old it was.

    It is made anew, with all its places: a window of an hour ago holds pictures of all that was
    looked at since, which is as much as happened to be looked at. The trail begins anew, too: it
    takes most of a long run until it has its full length. What could be redone holds the pictures
    of strokes, and Qt keeps fonts open that it once needed (for a rare character, size or weight),
    about a megabyte for each face of Chinese; both go.
    """
    hand.studio.session.store.history = History()
    hand.studio.instrument.trail.clear()
    QFont.cleanup()
    hand.studio.settings.change(language="zh_CN")
    hand.studio.settings.change(**WORN)
    qtbot.waitUntil(lambda: not hand.window.pages.make_ahead(), timeout=20_000)
    rest(hand, qtbot)


def undo_all(hand: Hand, qtbot: QtBot, start: Looks) -> None:
    """Back to the start; to look at it is no edit."""
    while hand.studio.session.undo_label:
        hand.studio.session.undo()
    start.compare(Looks.of(hand, qtbot))
    assert not hand.studio.session.undo_label


def tell(hand: Hand, steps: list[tuple[int, int]], used: list[tuple[int, int]]) -> None:
    """Print what is worth knowing of a long run."""
    watch = hand.watch
    for what, value in (
        ("memory, MB", [round(resident / 2**20, 1) for resident, _ in used]),
        ("held, MB", [round(own / 2**20, 1) for _, own in used]),
        ("edits made, and left", steps),
        ("slow, seconds", sorted(watch.slow.items(), key=lambda each: -each[1])[:8]),
        ("told", watch.told.most_common(12)),
    ):
        sys.stdout.write(f"{what}: {value}\n")

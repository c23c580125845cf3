"""What can be done on the timeline of a canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tests.ui.monkey.deeds import deed
from tests.ui.monkey.drawing import ALT, editor_of, with_a_choice
from tests.ui.monkey.hand import KEYS_ON_THE_WAY

if TYPE_CHECKING:
    from tests.ui.monkey.hand import Hand

TIMELINE = ("play", "key", "key", "record", "auto_key", "loop")


@deed(6)
def use_the_timeline(hand: Hand) -> None:
    """Its commands."""
    if with_a_choice(hand):
        hand.run(f"timeline.{hand.dice.choice(TIMELINE)}")


@deed(7)
def drag_keys(hand: Hand) -> None:
    """Keys, the play head, and what keys do there."""
    editor = editor_of(hand)
    tracks = editor.timeline.tracks if editor else None
    canvas = hand.studio.stage.canvas
    if tracks is None or canvas is None or not tracks.isVisible():
        return
    start = hand.point(tracks)
    if canvas.timeline.all_keys and tracks.layers and hand.dice.random() < 0.8:
        start = tracks.place_of(hand.dice.choice(canvas.timeline.all_keys)).toPoint()
    then = hand.dice.choice(KEYS_ON_THE_WAY) if hand.dice.random() < 0.25 else ""
    hand.drag(tracks, [start, hand.point(tracks), hand.point(tracks)], hand.keys(), then)
    if hand.dice.random() < 0.4:
        keys = (Qt.Key.Key_Delete, Qt.Key.Key_Left, Qt.Key.Key_Right)
        hand.press(hand.dice.choice(keys), hand.dice.choice((ALT, hand.keys())))


@deed(5)
def key_somewhere(hand: Hand) -> None:
    """A key at another frame, so that there is something to play."""
    editor = with_a_choice(hand)
    canvas = hand.studio.stage.canvas
    if editor and canvas:
        hand.watch.note("show a frame")
        hand.studio.head.show_frame(hand.dice.randrange(canvas.timeline.frames + 5))
        hand.run("timeline.key")

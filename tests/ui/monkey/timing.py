"""What can be done on the timeline of a canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from aigc_studio.ui.editors.timeline.key_button import KeyButton
from aigc_studio.ui.editors.timeline.names import fold_place, key_place, number_place
from tests.ui.monkey.deeds import deed
from tests.ui.monkey.drawing import ALT, editor_of, with_a_choice
from tests.ui.monkey.hand import KEYS_ON_THE_WAY

if TYPE_CHECKING:
    from tests.ui.monkey.hand import Hand

TIMELINE = ("play", "key", "key", "record", "auto_key", "loop", "marker", "beats", "even", "tap")


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


@deed(5)
def key_a_number(hand: Hand) -> None:
    """A diamond beside a number, at another frame."""
    editor = with_a_choice(hand)
    canvas = hand.studio.stage.canvas
    if editor is None or canvas is None:
        return
    hand.watch.note("show a frame")
    hand.studio.head.show_frame(hand.dice.randrange(canvas.timeline.frames))
    shown = [each for each in hand.window.findChildren(KeyButton) if each.isVisible()]
    if shown:
        hand.click(hand.dice.choice(shown))


@deed(4)
def press_names(hand: Hand) -> None:
    """Fold tracks, type numbers, switch keys at the left of the tracks."""
    editor = editor_of(hand)
    tracks = editor.timeline.tracks if editor else None
    if tracks is None or not tracks.isVisible() or not tracks.rows:
        return
    row = hand.dice.choice(tracks.rows)
    place = hand.dice.choice((fold_place, key_place, number_place))(row)
    hand.click(tracks, place.center().toPoint())


@deed(4)
def drag_markers(hand: Hand) -> None:
    """Markers and the lane they stand in."""
    editor = editor_of(hand)
    lane = editor.timeline.marks if editor else None
    if lane is None or not lane.isVisible():
        return
    start, markers = hand.point(lane), hand.studio.markers.markers
    if markers and hand.dice.random() < 0.7:
        start = lane.place_of(hand.dice.choice(markers)).toPoint()
    hand.drag(lane, [start, hand.point(lane), hand.point(lane)], hand.keys())

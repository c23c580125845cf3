"""Frames that were drawn are found again while they show the same, within their room."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage

from aigc_studio.studio.composed import Composed

SIDE = 8
TILE = SIDE * SIDE * 4  # bytes


class Told:
    """How often the room that is taken was told to be another one."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


@pytest.fixture
def kept() -> Composed:
    made = Composed(Told())
    made.room = 4 * TILE
    made.set_head(0, 10)
    return made


def tile() -> QImage:
    made = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(0)
    return made


def frames(kept: Composed, content: object = "same") -> list[int]:
    """The frames that are found."""
    return [frame for frame in range(10) if kept.find(frame, content)]


def test_a_frame_is_found_by_what_it_shows(kept: Composed) -> None:
    kept.keep(3, "same", (0, 0), drawn := tile())
    assert kept.find(3, "same")[0, 0] is drawn
    assert kept.find(3, "other") == {}
    assert kept.find(4, "same") == {}


def test_what_a_frame_showed_before_is_dropped_for_what_it_shows_now(kept: Composed) -> None:
    kept.keep(3, "before", (0, 0), tile())
    kept.keep(3, "before", (1, 0), tile())
    kept.keep(3, "after", (0, 0), tile())
    assert kept.find(3, "before") == {}
    assert set(kept.find(3, "after")) == {(0, 0)}
    assert kept.bytes == TILE


def test_a_tile_that_is_drawn_again_takes_no_more_room(kept: Composed) -> None:
    for _ in range(3):
        kept.keep(3, "same", (0, 0), tile())
    assert kept.bytes == TILE


def test_of_a_long_film_the_frames_ahead_stay(kept: Composed) -> None:
    for frame in (0, 1, 2, 3, 4, 5):
        kept.set_head(frame, 10)
        kept.keep(frame, "same", (0, 0), tile())
    # Those just behind the play head are the last that a film shows again.
    assert frames(kept) == [0, 1, 2, 5]
    assert kept.bytes == 4 * TILE


def test_what_was_doubted_and_not_found_again_goes_first(kept: Composed) -> None:
    for frame in range(4):
        kept.keep(frame, "same", (0, 0), tile())
    kept.doubt()
    assert kept.find(3, "same")
    kept.keep(4, "same", (0, 0), tile())
    assert frames(kept) == [0, 1, 3, 4]


def test_a_smaller_room_acts_at_once_and_the_taken_room_is_told() -> None:
    told = Told()
    kept = Composed(told)
    kept.room = 4 * TILE
    kept.keep(0, "same", (0, 0), tile())
    kept.keep(1, "same", (0, 0), tile())
    assert told.times == 2
    kept.room = TILE
    assert kept.bytes == TILE
    kept.clear()
    assert kept.bytes == 0
    assert told.times == 3

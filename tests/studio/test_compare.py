"""Before and after, and two that are pinned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio


def test_the_one_before_is_known_by_itself(playing: Studio, qtbot: QtBot) -> None:
    compare = playing.compare
    first = playing.instrument.trail[0]
    compare.show_before(True)
    assert not compare.is_before  # there is none yet
    playing.instrument.move_to(1.0, 0.0)
    settled(playing, qtbot)
    assert compare.is_before
    assert compare.before is first
    compare.show_before(False)
    assert not compare.is_before


def test_pins_stay_whatever_is_played(playing: Studio, qtbot: QtBot) -> None:
    compare, first = playing.compare, playing.instrument.trail[0]
    assert compare.pin("a")
    for x in (1.0, 2.0):
        playing.instrument.move_to(x, 0.0)
        settled(playing, qtbot)
    second = playing.instrument.result
    assert compare.is_beside
    assert compare.sides == (first, second)
    assert compare.pin("b")
    playing.instrument.move_to(0.5, 0.5)
    assert compare.sides == (first, second)
    assert not compare.pin("b")  # its picture has not come yet
    settled(playing, qtbot)
    playing.instrument.go_to(first)
    assert compare.pin("a")  # again: it is taken off
    assert compare.pinned("a") is None
    compare.show_beside(False)
    assert not compare.is_beside
    playing.choice.put_down()
    assert compare.sides == (None, None)

"""A search that goes on after a picture was found at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.studio.closer import SLOT
from tests.cli.conftest import write_picture
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio

    Told = list[object]


def looking(studio: Studio, path: Path, qtbot: QtBot, *, seen: float = 0.0) -> None:
    """The search goes on, and has come that far."""
    studio.explorer.find(write_picture(path))
    qtbot.waitUntil(lambda: studio.closer.is_looking and studio.closer.part > seen, timeout=20_000)


def last(studio: Studio) -> float:
    """The number of the point that the search changes."""
    assert studio.instrument.code is not None
    return float(studio.instrument.code[-1])


def test_it_lands_on_the_best_point_and_tells_how_good_it_is(
    playing: Studio, told: Told, tmp_path: Path, qtbot: QtBot
) -> None:
    parts: list[float] = []
    playing.closer.changed.connect(lambda: parts.append(playing.closer.part))
    playing.explorer.find(write_picture(tmp_path / "fox.png"))
    qtbot.waitUntil(lambda: "Found with 21.3 dB." in told, timeout=20_000)
    assert not playing.closer.is_looking
    assert parts == sorted(parts)
    assert 0 < parts[-1] < 1
    settled(playing, qtbot)
    assert last(playing) == 1.0
    assert playing.instrument.position == (0.5, 0.5)
    result = playing.instrument.result
    assert result is not None
    assert result.recipe.operation == "decode"


def test_better_pictures_are_shown_and_are_no_results(
    playing: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    shown: list[object] = []
    playing.instrument.picture.connect(shown.append)
    looking(playing, tmp_path / "slow.png", qtbot, seen=0.1)
    before = len(playing.instrument.trail)
    qtbot.waitUntil(lambda: len(shown) > 4, timeout=20_000)
    assert 0.5 < last(playing) < 1.0
    assert len(playing.instrument.trail) == before
    playing.closer.stop()


def test_who_moves_on_ends_it(playing: Studio, told: Told, tmp_path: Path, qtbot: QtBot) -> None:
    looking(playing, tmp_path / "slow.png", qtbot, seen=0.05)
    playing.instrument.move_to(2.0, 2.0)
    assert not playing.closer.is_looking
    assert not playing.player.is_working(SLOT)
    settled(playing, qtbot)
    qtbot.wait(700)
    assert playing.instrument.position == pytest.approx((2.0, 2.0))
    assert told == []


def test_who_is_content_keeps_the_best_so_far(
    playing: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    looking(playing, tmp_path / "slow.png", qtbot, seen=0.1)
    playing.closer.stop()
    here = last(playing)
    assert 0.5 < here < 1.0
    settled(playing, qtbot)
    assert last(playing) == here
    assert not playing.closer.is_looking


def test_another_model_ends_it(playing: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    looking(playing, tmp_path / "slow.png", qtbot)
    playing.session.close()
    assert not playing.closer.is_looking


def test_what_fails_leaves_what_was_found(
    playing: Studio, told: Told, tmp_path: Path, qtbot: QtBot
) -> None:
    looking(playing, tmp_path / "slow.png", qtbot, seen=0.1)
    playing.closer._asking.failed.emit(StudioError("The search broke."))
    assert not playing.closer.is_looking
    assert isinstance(told[-1], StudioError)
    settled(playing, qtbot)
    assert last(playing) < 1.0

"""Walks of chance: they go on, give way, and become loops of the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.document.canvas import unpacked
from aigc_studio.document.timeline import Film
from tests.studio.conftest import canvas_of
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from aigc_studio.document.canvas import Layer
    from aigc_studio.studio.studio import Studio


def walked(studio: Studio, qtbot: QtBot, seed: int = 3) -> None:
    """It walks, and has left where it began."""
    start = studio.instrument.position
    studio.wander.set_speed(4)
    studio.wander.start(seed)
    qtbot.waitUntil(lambda: studio.instrument.position != pytest.approx(start, abs=0.1))


def test_it_walks_until_it_is_stopped_and_rests_there(playing: Studio, qtbot: QtBot) -> None:
    walked(playing, qtbot)
    assert len(playing.instrument.trail) == 1
    playing.wander.toggle()
    assert not playing.wander.is_walking
    there = playing.instrument.position
    settled(playing, qtbot)
    assert playing.instrument.position == there
    assert len(playing.instrument.trail) == 2


def test_who_goes_elsewhere_ends_it(playing: Studio, qtbot: QtBot) -> None:
    walked(playing, qtbot)
    playing.instrument.move_to(2.0, 2.0)
    assert not playing.wander.is_walking
    settled(playing, qtbot)
    assert playing.instrument.position == pytest.approx((2.0, 2.0))


def test_what_is_locked_stays(playing: Studio, qtbot: QtBot) -> None:
    playing.instrument.move_to(1.0, 0.0)
    settled(playing, qtbot)
    playing.directions.hold(playing.directions.of("pca")[0], True)
    walked(playing, qtbot)
    assert playing.instrument.position[0] == pytest.approx(1.0, abs=1e-4)
    playing.wander.set_reach(0.2)
    assert playing.wander.is_walking
    playing.wander.stop()
    settled(playing, qtbot)


def test_a_walk_of_a_layer_is_one_step_and_recorded_when_armed(
    staged: Studio, layer: Layer, qtbot: QtBot
) -> None:
    before = len(staged.session.steps)
    staged.recorder.arm(True)
    walked(staged, qtbot)
    qtbot.wait(200)
    staged.wander.stop()
    settled(staged, qtbot)
    keys = [key for key in canvas_of(staged).timeline.keyframes if key.layer == layer.id]
    assert len(keys) > 3
    assert not staged.recorder.armed
    assert len(staged.session.steps) <= before + 2  # the move, and where it rests


def test_a_drag_takes_over_and_is_one_step(staged: Studio, layer: Layer, qtbot: QtBot) -> None:
    walked(staged, qtbot)
    before = len(staged.session.steps)
    staged.living.hold(True)
    assert not staged.wander.is_walking
    for x in (0.5, 1.0):
        staged.instrument.move_to(x, 0.0)
        settled(staged, qtbot)
    assert len(staged.session.steps) == before
    staged.living.hold(False)
    assert len(staged.session.steps) == before + 1


def test_a_loop_is_written_without_a_seam_and_taken_back_in_one_step(
    staged: Studio, layer: Layer, qtbot: QtBot
) -> None:
    steps = len(staged.session.steps)
    assert staged.wander.loop(3.0, seed=1)
    timeline = canvas_of(staged).timeline
    assert timeline.loop
    assert timeline.frames == 72
    film = Film(canvas_of(staged))
    codes = [unpacked(film.point_at(layer, frame).code) for frame in range(72)]
    leaps = np.linalg.norm(np.diff(codes, axis=0, prepend=codes[-1:]), axis=1)
    assert 0 < leaps[0] < 2 * np.median(leaps)  # the seam is a step like any other
    assert len(staged.session.steps) == steps + 1
    staged.session.undo()
    assert not canvas_of(staged).timeline.keyframes


def test_without_a_layer_there_is_no_loop(playing: Studio, told: list[object]) -> None:
    playing.wander.loop(3.0)
    (error,) = told
    assert isinstance(error, StudioError)
    assert not playing.wander.is_walking

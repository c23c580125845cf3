"""Directions that are gone along, learned, kept and held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Space
from aigc_studio.document.canvas import unpacked
from aigc_studio.document.direction_edits import add_direction
from aigc_studio.document.tracks import direction_track
from aigc_studio.studio.directions import KEPT
from aigc_studio.studio.presets import dislike, star
from aigc_studio.studio.steering import Steering
from tests.cli.models import write_model
from tests.studio.conftest import canvas_of
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.document.canvas import Layer
    from aigc_studio.studio.studio import Studio
    from aigc_studio.studio.trail import Played


def went(studio: Studio, qtbot: QtBot, x: float, y: float) -> Played:
    """The result there."""
    studio.instrument.move_to(x, y)
    settled(studio, qtbot)
    result = studio.instrument.result
    assert result is not None
    return result


@pytest.fixture
def judged(playing: Studio, qtbot: QtBot) -> Studio:
    """Two results to the right are liked, two to the left disliked."""
    for x, y in ((1.5, 0.4), (2.0, -0.4)):
        star(playing.session, playing.instrument, went(playing, qtbot, x, y), starred=True)
        dislike(playing.session, playing.instrument, went(playing, qtbot, -x, y))
    return playing


def test_a_direction_is_gone_along(playing: Studio, qtbot: QtBot) -> None:
    first, second = playing.directions.of("pca")[:2]
    playing.directions.go({first: 1.25, second: -0.5})
    assert playing.instrument.position == pytest.approx((1.25, -0.5))
    assert playing.directions.amount(first) == pytest.approx(1.25)
    settled(playing, qtbot)


def test_a_liked_direction_is_learned_kept_renamed_and_taken_back(
    judged: Studio, qtbot: QtBot
) -> None:
    assert [len(lessons) for lessons in judged.directions.lessons] == [2, 2]
    with qtbot.waitSignal(judged.directions.changed):
        assert judged.directions.learn()
    (liked,) = judged.directions.of(KEPT)
    assert liked.name == "Liked"
    went(judged, qtbot, 0.0, 0.0)
    judged.directions.go({liked: 1.0})
    settled(judged, qtbot)
    x, y = judged.instrument.position
    assert x > 0.9
    assert abs(y) < 0.3
    assert judged.directions.rename(liked, "brighter")
    assert [each.name for each in judged.directions.of(KEPT)] == ["brighter"]
    judged.session.undo()
    judged.session.undo()
    assert judged.directions.of(KEPT) == []


def test_too_little_to_learn_from_is_told(playing: Studio, told: list[object]) -> None:
    assert not playing.directions.learn()
    (error,) = told
    assert isinstance(error, StudioError)
    assert error.kind == "input"
    assert playing.directions.of(KEPT) == []


def test_a_like_takes_a_dislike_back_and_the_other_way_round(playing: Studio, qtbot: QtBot) -> None:
    trail, instrument = playing.instrument.trail, playing.instrument
    result = went(playing, qtbot, 1.0, 0.0)
    dislike(playing.session, instrument, result)
    assert trail[-1].disliked
    star(playing.session, instrument, trail[-1], starred=True)
    assert trail[-1].starred
    assert not trail[-1].disliked
    assert len(playing.session.project.presets) == 1
    dislike(playing.session, instrument, trail[-1])
    assert trail[-1].disliked
    assert not trail[-1].starred
    assert not playing.session.project.presets
    dislike(playing.session, instrument, trail[-1])
    assert not trail[-1].disliked


def test_kept_directions_are_offered_to_every_model_of_such_a_space(
    playing: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    own = playing.directions.of("pca")[1]
    assert playing.directions.keep(own, "wider")
    playing.session.do(
        lambda project: add_direction(project, "of w", "0" * 64, "w", np.ones(8, np.float32))
    )
    playing.session.do(
        lambda project: add_direction(project, "small", "0" * 64, "z", np.ones(3, np.float32))
    )
    assert [each.name for each in playing.directions.of(KEPT)] == ["wider"]
    write_model(tmp_path / "owls", value=5.0, name="owls-vae")
    assert playing.choice.use(playing.session.store.adopt_model(tmp_path / "owls").id)
    (wider,) = playing.directions.of(KEPT)
    assert wider.elsewhere
    playing.directions.go({wider: 2.0})
    assert playing.instrument.position == pytest.approx((0.0, 2.0))
    settled(playing, qtbot)


def test_what_is_held_stays_whatever_explores(playing: Studio, qtbot: QtBot) -> None:
    across, up = playing.directions.of("pca")[:2]
    went(playing, qtbot, 0.7, -0.3)
    playing.directions.hold(across, True)
    assert playing.directions.is_held(across)
    playing.instrument.move_to(2.0, 1.0)
    assert playing.instrument.position == pytest.approx((0.7, 1.0), abs=1e-5)
    playing.explorer.random(5)
    qtbot.waitUntil(lambda: playing.instrument.position[1] != pytest.approx(1.0), timeout=20_000)
    assert playing.instrument.position[0] == pytest.approx(0.7, abs=1e-5)
    settled(playing, qtbot)
    with qtbot.waitSignal(playing.picking.shown, timeout=20_000):
        playing.picking.begin(seed=1)
    assert playing.picking.now is not None
    found = playing.picking.now.shown
    assert [each.code[0] for each in found] == pytest.approx([0.7] * len(found), abs=1e-5)
    assert len({float(each.code[1]) for each in found}) == len(found)
    playing.instrument.mix(found[0].code * 3, found[1].code, 0.3)
    assert playing.instrument.position[0] == pytest.approx(0.7, abs=1e-5)
    settled(playing, qtbot)
    playing.directions.hold(across, False)
    playing.directions.hold(up, False)  # it was not held
    assert went(playing, qtbot, 2.0, 1.0).code[0] == pytest.approx(2.0)


def test_one_of_the_strongest_is_let_go_by_itself(playing: Studio) -> None:
    first, second = playing.directions.of("pca")
    playing.lock.hold_strongest(9)
    assert playing.lock.strongest == 2
    assert playing.directions.is_held(second)
    playing.directions.hold(first, False)
    assert not playing.directions.is_held(first)
    assert playing.directions.is_held(second)
    assert playing.lock.count == 1
    playing.lock.let_go()
    assert playing.lock.count == 0


def test_a_lock_ends_with_its_direction_and_its_model(playing: Studio, tmp_path: Path) -> None:
    assert playing.directions.keep(playing.directions.of("pca")[0], "wider")
    (wider,) = playing.directions.of(KEPT)
    playing.directions.hold(wider, True)
    assert playing.lock.count == 1
    assert playing.directions.remove(wider)
    assert playing.lock.count == 0
    playing.lock.hold_layers("fine")  # this model has no layers
    assert playing.lock.layers == ""
    playing.lock.hold_strongest(1)
    write_model(tmp_path / "owls", value=5.0, name="owls-vae")
    assert playing.choice.use(playing.session.store.adopt_model(tmp_path / "owls").id)
    assert playing.lock.count == 0


def test_a_recipe_and_a_result_are_whole_points_that_no_lock_changes(
    playing: Studio, qtbot: QtBot
) -> None:
    first = playing.instrument.trail[0]
    went(playing, qtbot, 1.0, 1.0)
    playing.lock.hold_strongest(2)
    playing.instrument.go_to(first)
    assert playing.instrument.position == pytest.approx((0.0, 0.0))
    settled(playing, qtbot)


def test_a_film_goes_along_a_kept_direction_and_outlives_it(
    layer: Layer, staged: Studio, told: list[object], qtbot: QtBot
) -> None:
    directions, recorder = staged.directions, staged.recorder
    assert directions.keep(directions.of("pca")[1], "smile")
    (smile,) = directions.of(KEPT)
    track = direction_track(smile.direction_id)
    for frame, amount in ((0, -1.0), (24, 2.0)):
        staged.head.show_frame(frame)
        directions.go({smile: amount})
        settled(staged, qtbot)
        assert recorder.set_number(layer.id, track, recorder.number(layer, track))
    assert recorder.is_keyed(track)
    assert recorder.key_is_here(track)

    def seen(frame: int) -> float:
        staged.head.show_frame(frame)
        code = unpacked(staged.head.point(canvas_of(staged).layers[0]))
        steering = staged.choice.steering
        assert steering is not None
        return steering.amount(code, smile.vector)

    assert [seen(frame) for frame in (0, 24)] == pytest.approx([-1.0, 2.0], abs=1e-4)
    assert directions.remove(smile)
    assert [str(each) for each in told] == [
        '"smile" is not offered any more. The film of "Foxes" keeps it.'
    ]
    assert directions.of(KEPT) == []
    assert [seen(frame) for frame in (0, 24)] == pytest.approx([-1.0, 2.0], abs=1e-4)
    staged.session.undo()
    assert [each.name for each in directions.of(KEPT)] == ["smile"]
    settled(staged, qtbot)


def test_a_direction_of_one_row_is_offered_for_all_layers(playing: Studio, qtbot: QtBot) -> None:
    row = np.arange(8, dtype=np.float32)
    project = playing.session.project
    playing.session.apply(add_direction(project, "smile", "0" * 64, "w", row))
    assert playing.directions.of(KEPT) == []  # what is played is no such space
    settled(playing, qtbot)
    playing.choice.steering = Steering(Space("w+", (3, 8), "euclid", layers=3))
    (smile,) = playing.directions.of(KEPT)
    assert (smile.name, smile.elsewhere) == ("smile", True)
    np.testing.assert_array_equal(smile.vector.reshape(3, 8), np.tile(row, (3, 1)))

"""The play head, the film that plays, and keys that are recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigc_studio.document.timeline_edits import set_timeline
from aigc_studio.studio import play_head
from tests.studio.conftest import canvas_of
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from aigc_studio.document.canvas import Layer
    from aigc_studio.studio.studio import Studio


@pytest.fixture
def film(layer: Layer, staged: Studio, qtbot: QtBot) -> Studio:
    """A layer that goes from -2 to 2 in a second."""
    for frame, x in ((0, -2.0), (24, 2.0)):
        staged.head.show_frame(frame)
        staged.instrument.move_to(x, 0.0)
        settled(staged, qtbot)
        assert staged.recorder.add_key()
    staged.head.show_frame(0)
    return staged


def frames_of(studio: Studio) -> list[int]:
    """The frames that have keys."""
    return [key.frame for key in canvas_of(studio).timeline.keyframes]


def lengthen(studio: Studio, frames: int) -> None:
    """Another length of the film."""
    key = canvas_of(studio).id
    studio.session.do(lambda project: set_timeline(project, key, frames=frames))


def test_the_head_stays_within_the_film(film: Studio) -> None:
    film.head.show_frame(10_000)
    assert film.head.frame == canvas_of(film).timeline.frames - 1
    film.head.show_frame(-5)
    assert film.head.frame == 0


def test_a_shorter_film_takes_the_head_along(film: Studio) -> None:
    film.head.show_frame(40)
    lengthen(film, 30)
    assert film.head.frame == 29


def test_another_canvas_begins_at_its_beginning(film: Studio, qtbot: QtBot) -> None:
    film.head.play()
    film.stage.work_on("")
    assert film.head.frame == 0
    assert not film.head.playing


def test_a_film_without_keys_does_not_play(layer: Layer, staged: Studio) -> None:
    staged.head.toggle()
    assert not staged.head.playing


def test_a_canvas_that_goes_away_ends_the_film(film: Studio, qtbot: QtBot) -> None:
    film.head.play()
    film.session.close()
    assert not film.head.playing


def test_a_long_film_asks_for_what_comes_next(
    film: Studio, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(play_head, "AHEAD", 4)
    shown: set[int] = set()
    film.stage.live.connect(lambda _layer, picture: shown.add(picture.pixelColor(0, 0).red()))
    film.head.play()
    qtbot.waitUntil(lambda: len(shown) > 12, timeout=20_000)
    film.head.pause()
    settled(film, qtbot)


def test_auto_key_is_part_of_the_same_step(layer: Layer, staged: Studio, qtbot: QtBot) -> None:
    staged.recorder.set_auto_key(True)
    staged.head.show_frame(10)
    staged.instrument.move_to(1.0, 0.0)
    settled(staged, qtbot)
    assert frames_of(staged) == [10]
    staged.session.undo()
    assert canvas_of(staged).layers == (layer,)
    assert frames_of(staged) == []


def test_a_drag_is_recorded_and_the_film_is_long_enough(film: Studio, qtbot: QtBot) -> None:
    lengthen(film, 26)
    film.head.show_frame(25)
    film.recorder.arm(True)
    film.living.hold(True)
    film.instrument.move_to(0.5, 0.0)
    qtbot.wait(120)
    film.instrument.move_to(1.0, 0.0)
    film.living.hold(False)
    assert not film.recorder.armed
    recorded = frames_of(film)
    assert recorded[:3] == [0, 24, 25]
    assert recorded[-1] > 26
    assert canvas_of(film).timeline.frames == recorded[-1] + 1
    settled(film, qtbot)


def test_a_drag_that_is_given_up_is_not_recorded(film: Studio, qtbot: QtBot) -> None:
    film.recorder.arm(True)
    film.living.hold(True)
    film.instrument.move_to(0.5, 0.0)
    film.recorder.give_up_drag()
    film.living.hold(False)
    settled(film, qtbot)
    assert frames_of(film) == [0, 24]


def test_a_press_without_a_move_records_nothing(film: Studio) -> None:
    film.recorder.arm(True)
    film.living.hold(True)
    film.living.hold(False)
    assert frames_of(film) == [0, 24]
    assert film.recorder.armed


def test_the_film_goes_on_without_its_model(film: Studio, told: list[object]) -> None:
    before = canvas_of(film)
    film.session.store.model_folder(film.choice.word).joinpath("weights.safetensors").unlink()
    film.session.closed.emit()  # what is known of models is forgotten
    film.stage.work_on(before.id)
    film.head.show_frame(12)
    assert film.head.frame == 12
    assert told
    assert canvas_of(film) == before


def test_a_loop_has_time_for_the_way_back(film: Studio) -> None:
    film.keys.make_loop()
    timeline = canvas_of(film).timeline
    assert timeline.loop
    assert timeline.frames == 48

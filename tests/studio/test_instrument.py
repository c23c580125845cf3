"""The instrument moves, shows what it moved to, and remembers what rested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.document import changes
from tests.cli.models import write_model
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio


def test_it_begins_at_the_most_typical_point(playing: Studio) -> None:
    instrument = playing.instrument
    assert instrument.position == (0.0, 0.0)
    assert [entry.name for entry in instrument.trail] == ["foxes-vae 001"]
    result = instrument.result
    assert result is not None
    assert result.pixels[0, 0].tolist() == [128, 128, 0, 255]


def test_the_newest_of_many_moves_wins(playing: Studio, qtbot: QtBot) -> None:
    instrument = playing.instrument
    for step in range(50):
        instrument.move_to(step / 25, 0.0)
    assert instrument.result is None
    settled(playing, qtbot)
    result = instrument.result
    assert result is not None
    assert result.code[0] == pytest.approx(49 / 25)
    assert result.pixels[0, 0, 0] == round(128 + 40 * 49 / 25)
    assert len(instrument.trail) == 2


def test_one_seed_always_gives_one_result(playing: Studio, qtbot: QtBot) -> None:
    instrument = playing.instrument
    instrument.random(7)
    settled(playing, qtbot)
    first = instrument.result
    assert first is not None
    instrument.move_to(0.0, 0.0)
    settled(playing, qtbot)
    instrument.random(7)
    settled(playing, qtbot)
    assert instrument.result is first
    assert first.recipe.seed == 7


def test_random_without_a_seed_is_another_each_time(playing: Studio, qtbot: QtBot) -> None:
    found = []
    for _ in range(2):
        playing.instrument.random()
        settled(playing, qtbot)
        assert playing.instrument.code is not None
        found.append(playing.instrument.code.tobytes())
    assert found[0] != found[1]


def test_truncation_shows_what_it_pulls(playing: Studio, qtbot: QtBot) -> None:
    instrument = playing.instrument
    instrument.move_to(2.0, -1.0)
    settled(playing, qtbot)
    told: list[float] = []
    instrument.truncation_changed.connect(told.append)
    for factor in (0.5, 1.7, 1.0):
        instrument.set_truncation(factor)
    settled(playing, qtbot)
    assert told == [0.5, 1.7, 1.0]
    assert instrument.position == pytest.approx((2.0, -1.0), abs=1e-5)


def test_a_result_is_gone_to_at_once(playing: Studio, qtbot: QtBot) -> None:
    instrument = playing.instrument
    first = instrument.trail[0]
    instrument.set_truncation(0.5)
    instrument.move_to(2.0, 2.0)
    instrument.go_to(first)
    assert instrument.result is first
    assert instrument.position == (0.0, 0.0)
    assert instrument.truncation == 1.0
    settled(playing, qtbot)
    assert len(instrument.trail) == 1


def test_a_point_of_another_space_is_told(playing: Studio, told: list[object]) -> None:
    word = playing.choice.word
    assert not playing.instrument.play_at(word, np.zeros(3, np.float32))
    assert isinstance(told[0], StudioError)
    assert playing.instrument.position == (0.0, 0.0)


def test_a_result_of_a_removed_model_is_told(
    playing: Studio, told: list[object], tmp_path: Path, qtbot: QtBot
) -> None:
    entry, gone = playing.instrument.trail[0], playing.choice.word
    write_model(tmp_path / "second", value=2.0, name="owls-vae")
    playing.session.store.adopt_model(tmp_path / "second")
    playing.session.do(lambda project: changes.remove_model(project, gone))
    assert playing.choice.word not in (gone, "")
    settled(playing, qtbot)
    playing.instrument.go_to(entry)
    assert isinstance(told[-1], StudioError)
    assert playing.choice.word != gone


def test_closing_the_project_while_it_is_asked_ends_it(
    playing: Studio, told: list[object], qtbot: QtBot
) -> None:
    instrument = playing.instrument
    pictures: list[object] = []
    instrument.move_to(1.0, 1.0)
    instrument.picture.connect(pictures.append)
    playing.session.close()
    qtbot.wait(300)
    assert instrument.code is None
    assert instrument.result is None
    assert len(instrument.trail) == 0
    assert (pictures, told) == ([], [])


def test_without_a_model_nothing_happens(studio: Studio, told: list[object]) -> None:
    instrument = studio.instrument
    instrument.move_to(1.0, 1.0)
    instrument.set_truncation(0.5)
    instrument.random()
    instrument.mix(np.zeros(8, np.float32), np.ones(8, np.float32), 0.5)
    studio.picking.begin()
    assert instrument.code is None
    assert told == []


def test_a_kept_result_is_one_step(playing: Studio) -> None:
    entry = playing.instrument.trail[0]
    for _ in range(2):
        assert playing.instrument.keep(entry, "Kept")
    project = playing.session.project
    (kept,) = [each for each in project.collections.values() if each.name == "Kept"]
    assert {project.assets[key].name for key in kept.items} == {entry.name}
    playing.session.undo()
    playing.session.undo()
    assert [each.name for each in playing.session.project.collections.values()] == ["foxes"]


def test_a_film_that_is_followed_becomes_a_result_where_it_rests(
    playing: Studio, qtbot: QtBot
) -> None:
    instrument = playing.instrument
    for step in range(5):
        instrument.follow(np.full(8, step, np.float32), rests=False)
    assert instrument.result is None
    assert len(instrument.trail) == 1
    instrument.follow(np.full(8, 1.0, np.float32))
    settled(playing, qtbot)
    assert len(instrument.trail) == 2
    assert instrument.position == (1.0, 1.0)


def test_what_was_asked_elsewhere_never_shows_at_a_new_place(playing: Studio, qtbot: QtBot) -> None:
    instrument = playing.instrument
    seen: list[object] = []
    chosen = instrument.choice.model
    assert chosen is not None
    assert instrument.code is not None
    instrument.picture.connect(seen.append)
    there = instrument.code + 1
    for step in range(4):
        instrument.move_to(float(step), 0.0)
        qtbot.wait(5)  # so that some of these are on their way
    seen.clear()
    assert instrument.play_at(chosen.word, there)
    settled(playing, qtbot)
    assert len(seen) == 1
    assert instrument.result is not None
    assert (instrument.result.code == there).all()

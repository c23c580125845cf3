"""The pace of a film is evened out by what is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from pydantic import ValidationError

from aigc_studio.catalog.even_pace import largest_step, way_id
from aigc_studio.document.canvas import packed, unpacked
from aigc_studio.document.timeline import Film
from aigc_studio.document.timeline_edits import add_keys, set_timeline
from aigc_studio.document.tracks import Pace
from tests.studio.conftest import canvas_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from aigc_studio.document.canvas import Layer
    from aigc_studio.studio.studio import Studio

FRAMES = 25


@pytest.fixture
def film(layer: Layer, staged: Studio) -> Studio:
    """A layer that goes half round the shell: its colour changes unevenly."""
    codes = {0: np.zeros(8, np.float32), FRAMES - 1: np.zeros(8, np.float32)}
    codes[0][:2], codes[FRAMES - 1][:2] = (3.0, 0.4), (-2.5, 1.5)
    key = canvas_of(staged).id
    staged.session.do(lambda project: add_keys(project, key, layer.id, codes))
    staged.session.do(lambda project: set_timeline(project, key, frames=FRAMES))
    return staged


def steps(studio: Studio, layer: Layer) -> list[float]:
    """How much the painted colour changes from frame to frame."""
    film = Film(canvas_of(studio))
    codes = [unpacked(film.point_at(layer, frame).code)[:2] for frame in range(FRAMES)]
    colours = np.clip(128 + 40 * np.array(codes), 0, 255)
    return [float(step) for step in np.abs(np.diff(colours, axis=0)).sum(axis=1)]


def test_every_step_looks_alike_and_undo_brings_the_old_pace(
    film: Studio, layer: Layer, qtbot: QtBot
) -> None:
    before = steps(film, layer)
    film.evening.toggle()
    qtbot.waitUntil(lambda: film.evening.is_even, timeout=20_000)
    after = steps(film, layer)
    assert largest_step(after) < largest_step(before)
    assert largest_step(after) < 1.3
    ends = [Film(canvas_of(film)).point_at(layer, at).code for at in (0, FRAMES - 1)]
    assert ends == [key.code for key in canvas_of(film).timeline.keyframes]
    film.session.undo()
    assert steps(film, layer) == before
    assert not film.evening.is_even


def test_it_can_be_switched_off(film: Studio, layer: Layer, qtbot: QtBot) -> None:
    film.evening.toggle()
    qtbot.waitUntil(lambda: film.evening.is_even, timeout=20_000)
    film.evening.toggle()
    assert not film.evening.is_even
    assert all(key.pace is None for key in canvas_of(film).timeline.keyframes)


def test_a_pace_of_another_way_is_not_followed(film: Studio, layer: Layer) -> None:
    one, other = canvas_of(film).timeline.keyframes
    pace = Pace(way=way_id(one.code, packed(np.ones(8, np.float32))), parts=(0.0, 0.9, 1.0))
    moved = one.model_copy(update={"pace": pace})
    timeline = canvas_of(film).timeline.model_copy(update={"keyframes": (moved, other)})
    changed = canvas_of(film).model_copy(update={"timeline": timeline})
    assert Film(changed).point_at(layer, 12).code == Film(canvas_of(film)).point_at(layer, 12).code


def test_leaving_the_canvas_gives_it_up(film: Studio, qtbot: QtBot) -> None:
    working: list[bool] = []
    film.evening.working.connect(working.append)
    film.evening.begin()
    film.stage.work_on("")
    qtbot.wait(200)
    assert working == [True, False]


@pytest.mark.parametrize("parts", [(0.0, 0.6, 0.5, 1.0), (0.1, 1.0), (0.0, 0.9), (0.0,)])
def test_a_pace_that_goes_back_is_refused(parts: tuple[float, ...]) -> None:
    with pytest.raises(ValidationError):
        Pace(way="0" * 16, parts=parts)

"""Pictures of frames: within a budget, the farthest goes first, at rest they come by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.document.canvas import packed
from aigc_studio.document.timeline_edits import add_keys, set_timeline
from aigc_studio.studio.frames import Frames, Point
from tests.studio.conftest import canvas_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from aigc_studio.document.canvas import Layer
    from aigc_studio.studio.studio import Studio

PICTURE = 16 * 16 * 4  # bytes


@pytest.fixture
def frames(playing: Studio) -> Frames:
    return Frames(playing.session, playing.player, "test", playing)


def points(studio: Studio, *numbers: float) -> list[Point]:
    """A point for each number."""
    model = studio.choice.model
    assert model is not None
    codes = (np.full(8, number, np.float32) for number in numbers)
    return [Point(model.ref.id, packed(code)) for code in codes]


def test_what_is_wanted_first_stays_and_the_farthest_goes(
    playing: Studio, frames: Frames, qtbot: QtBot
) -> None:
    wanted = points(playing, *range(6))
    frames.set_budget(3 * PICTURE)
    frames.want(wanted)
    qtbot.waitUntil(lambda: all(frames.knows(point) for point in wanted[:3]), timeout=20_000)
    qtbot.wait(100)
    assert [frames.knows(point) for point in wanted] == [True] * 3 + [False] * 3


def test_what_is_wanted_no_more_goes_before_what_is(
    playing: Studio, frames: Frames, qtbot: QtBot
) -> None:
    before, after = points(playing, 0, 1), points(playing, 2, 3)
    frames.set_budget(3 * PICTURE)
    frames.want(before)
    qtbot.waitUntil(lambda: all(frames.knows(point) for point in before), timeout=20_000)
    frames.want(after)
    qtbot.waitUntil(lambda: all(frames.knows(point) for point in after), timeout=20_000)
    assert [frames.knows(point) for point in before] == [False, True]


def test_a_smaller_budget_acts_at_once(playing: Studio, frames: Frames, qtbot: QtBot) -> None:
    wanted = points(playing, *range(4))
    frames.want(wanted)
    qtbot.waitUntil(lambda: all(frames.knows(point) for point in wanted), timeout=20_000)
    frames.set_budget(2 * PICTURE)
    assert [frames.knows(point) for point in wanted] == [True, True, False, False]


def test_at_rest_the_frames_come_by_themselves_within_the_budget(
    layer: Layer, staged: Studio, qtbot: QtBot
) -> None:
    codes = {frame: np.full(8, frame / 8, np.float32) for frame in (0, 11)}
    key = canvas_of(staged).id
    staged.session.do(lambda project: add_keys(project, key, layer.id, codes))
    staged.session.do(lambda project: set_timeline(project, key, frames=12))
    staged.head.show_frame(3)
    filling = staged.head.filling
    qtbot.waitUntil(lambda: len(filling.known) == 12, timeout=30_000)
    staged.settings.change(film_memory=32)
    assert len(filling.known) == 12  # these are small
    staged.session.do(lambda project: set_timeline(project, key, frames=24))
    qtbot.waitUntil(lambda: len(filling.known) == 24, timeout=30_000)

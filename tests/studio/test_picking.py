"""Nine variations after nine, steered by what is picked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.studio.picking import COUNT, Generation
from tests.cli.models import write_model
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio


def drawn(studio: Studio, qtbot: QtBot, seed: int | None = None) -> Generation:
    """The first nine of a seed; without one, those that follow."""
    with qtbot.waitSignal(studio.picking.shown, timeout=20_000):
        if seed is None:
            studio.picking.go_on()
        else:
            studio.picking.begin(seed)
    now = studio.picking.now
    assert now is not None
    assert len(now.shown) == COUNT
    return now


def codes(generation: Generation) -> list[list[float]]:
    return [played.code.tolist() for played in generation.shown]


def test_variations_repeat_with_their_seed(playing: Studio, qtbot: QtBot) -> None:
    first, again, others = (codes(drawn(playing, qtbot, seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != others
    assert len(playing.instrument.trail) == 1


def test_what_is_picked_leads_there(playing: Studio, qtbot: QtBot) -> None:
    now = drawn(playing, qtbot, 1)
    for _ in range(8):
        across = [played.code[0] for played in now.shown]
        for index in np.argsort(across)[-2:]:
            playing.picking.pick(int(index))
        now = drawn(playing, qtbot)
    assert np.mean([played.code[0] for played in now.shown]) > 1.0
    assert playing.picking.number == 9


def test_a_generation_before_comes_back_as_it_was(playing: Studio, qtbot: QtBot) -> None:
    first = drawn(playing, qtbot, 1)
    playing.picking.pick(3)
    second = drawn(playing, qtbot)
    assert codes(first) != codes(second)
    playing.picking.go_back()
    now = playing.picking.now
    assert now is not None
    assert codes(now) == codes(first)
    assert now.picked == (3,)
    assert codes(drawn(playing, qtbot)) == codes(second)
    playing.picking.go_back()
    playing.picking.go_back()  # there is none before the first
    assert playing.picking.number == 1


def test_the_end_is_what_was_picked(playing: Studio, qtbot: QtBot) -> None:
    now = drawn(playing, qtbot, 1)
    playing.picking.pick(4)
    playing.picking.finish()
    settled(playing, qtbot)
    assert playing.instrument.code is not None
    assert playing.instrument.code.tolist() == now.shown[4].code.tolist()
    playing.picking.pick(5)
    playing.picking.finish()
    middle = playing.instrument.code
    assert middle.tolist() not in codes(now)
    settled(playing, qtbot)
    playing.picking.pick(4)
    playing.picking.pick(5)
    playing.picking.finish()
    np.testing.assert_allclose(playing.instrument.position, (0.0, 0.0), atol=1e-5)
    settled(playing, qtbot)


def test_who_waits_or_goes_away_is_not_bothered(
    playing: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    playing.picking.begin(1)
    assert playing.picking.is_waiting
    playing.picking.pick(2)
    playing.picking.go_on()
    assert playing.picking.number == 1
    write_model(tmp_path / "owls", value=5.0, name="owls-vae")
    assert playing.choice.use(playing.session.store.adopt_model(tmp_path / "owls").id)
    assert playing.picking.now is None
    playing.picking.finish()
    assert playing.instrument.position == pytest.approx((0.0, 0.0))
    settled(playing, qtbot)

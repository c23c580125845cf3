"""A model whose points have a row for each layer, played: the crossover and the lock of layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.catalog.latent_maths import crossed
from aigc_studio.document.preset_edits import edit_preset
from aigc_studio.studio.presets import keep_preset, recall
from tests.cli.models import write_model
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.studio.studio import Studio
    from aigc_studio.studio.trail import Played

LAYERS, WIDE = 8, 8


@pytest.fixture
def layered(playing: Studio, tmp_path: Path, qtbot: QtBot) -> Studio:
    """A style-based GAN is played."""
    write_model(tmp_path / "gan", value=7.0, name="foxes-gan", family="image-gan")
    assert playing.choice.use(playing.session.store.adopt_model(tmp_path / "gan").id)
    drawn(playing, 1, qtbot)
    return playing


def drawn(studio: Studio, seed: int, qtbot: QtBot) -> Played:
    """The result of a seed."""
    before = studio.instrument.result
    studio.instrument.random(seed)
    qtbot.waitUntil(lambda: studio.instrument.result is not before, timeout=20_000)
    settled(studio, qtbot)
    result = studio.instrument.result
    assert result is not None
    return result


def test_the_mix_crosses_from_coarse_to_fine(layered: Studio, qtbot: QtBot) -> None:
    one, other = drawn(layered, 1, qtbot), drawn(layered, 2, qtbot)
    assert one.code.shape == (LAYERS, WIDE)
    assert layered.blend.layers == LAYERS
    assert layered.blend.add_result(one)
    assert layered.blend.add_result(other)
    layered.blend.set_crossover(3)
    wanted = crossed(one.code, other.code, 3)
    qtbot.waitUntil(
        lambda: (
            (result := layered.instrument.result) is not None
            and np.array_equal(result.code, wanted)
        ),
        timeout=20_000,
    )


@pytest.mark.parametrize(("half", "rows"), [("coarse", slice(0, 4)), ("fine", slice(4, 8))])
def test_locked_layers_stay_to_the_bit(
    layered: Studio, qtbot: QtBot, half: str, rows: slice
) -> None:
    here = layered.instrument.code
    assert here is not None
    layered.instrument.lock.hold_layers(half)  # type: ignore[arg-type]
    layered.explorer.random(5)
    qtbot.waitUntil(lambda: layered.instrument.code is not here, timeout=20_000)
    there = layered.instrument.code
    assert there is not None
    assert np.array_equal(there[rows], here[rows])
    assert not np.array_equal(there, here)


def test_a_preset_keeps_what_was_locked(layered: Studio, qtbot: QtBot) -> None:
    here, lock = drawn(layered, 3, qtbot), layered.lock
    lock.hold_layers("coarse")
    lock.hold_strongest(1)
    second = layered.directions.of("pca")[1]
    layered.directions.hold(second, True)
    assert keep_preset(layered.session, here, lock.names)
    (preset,) = layered.session.project.presets.values()
    assert preset.lock == ("strongest:1", "layers:coarse", "pca:1")
    lock.let_go()
    assert recall(layered.instrument, layered.directions, preset)
    assert (lock.strongest, lock.layers) == (1, "coarse")
    assert lock.directions == frozenset({"pca:1"})
    assert lock.holds_axes(0, 1)
    assert keep_preset(layered.session, here)  # whoever holds nothing changes no preset
    assert layered.session.project.presets[preset.id] == preset
    assert keep_preset(layered.session, here, ("layers:fine",))
    assert layered.session.project.presets[preset.id].lock == ("layers:fine",)
    strange = ("layers:all", "strongest:-1", "strongest:many", "pca:999", "kept:gone", "x")
    layered.session.do(lambda project: edit_preset(project, preset.id, lock=strange))
    assert recall(
        layered.instrument, layered.directions, layered.session.project.presets[preset.id]
    )
    assert lock.count == 0

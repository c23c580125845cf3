"""Mixes of several results and pictures, and of layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from aigc_studio.catalog.latent import Space
from aigc_studio.studio.blend import MOST, Blend
from aigc_studio.studio.steering import Steering
from tests.catalog.spaces import points_of
from tests.cli.models import write_model
from tests.studio.helpers import settled

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from aigc_studio.catalog.latent import Floats
    from aigc_studio.studio.chart import Chart
    from aigc_studio.studio.instrument import Instrument
    from aigc_studio.studio.studio import Studio


def at(studio: Studio, qtbot: QtBot, x: float, y: float) -> None:
    studio.instrument.move_to(x, y)
    settled(studio, qtbot)


@pytest.fixture
def three(playing: Studio, qtbot: QtBot) -> Studio:
    """Three results are mixed, alike."""
    for x, y in ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)):
        at(playing, qtbot, x, y)
        assert playing.blend.add_here()
    settled(playing, qtbot)
    return playing


def test_two_are_gone_between(playing: Studio, qtbot: QtBot) -> None:
    for x in (-2.0, 2.0):
        at(playing, qtbot, x, 0.5)
        playing.blend.add_here()
    assert playing.blend.is_ready
    assert playing.blend.part == 1.0  # we stand at the second
    assert playing.instrument.position == pytest.approx((2.0, 0.5))
    playing.blend.set_part(0.0)
    assert playing.instrument.position == pytest.approx((-2.0, 0.5))
    settled(playing, qtbot)


def test_weights_of_three_lead_to_each(three: Studio, qtbot: QtBot) -> None:
    code = three.instrument.code
    assert code is not None
    assert np.linalg.norm(code) == pytest.approx(1.0, abs=1e-4)  # round the shell
    one, _, other = three.blend.sources
    for source in three.blend.sources[:2]:
        three.blend.set_weight(source.number, 0.0)
    assert three.instrument.position == pytest.approx((-1.0, 0.0), abs=1e-5)
    three.blend.set_weight(one.number, 1.0)
    three.blend.remove(other.number)
    assert three.instrument.position == pytest.approx((1.0, 0.0), abs=1e-5)
    settled(three, qtbot)


def test_pictures_are_mixed_once_the_model_has_seen_them(playing: Studio, qtbot: QtBot) -> None:
    assets = list(playing.session.project.assets)[:3]
    for asset in assets:
        assert playing.blend.add_asset(asset)
    qtbot.waitUntil(lambda: playing.blend.is_ready, timeout=20_000)
    x, y = playing.instrument.position
    assert x == pytest.approx(y, abs=1e-4)
    assert 0.5 <= x < 0.7  # round the shell: a mean no shorter than they are
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    with qtbot.waitSignal(playing.blend.changed):
        playing.blend.show_asset(assets[0], picture)
    assert playing.blend.sources[0].picture == picture
    settled(playing, qtbot)


def test_a_full_mix_and_a_strange_result_are_refused(
    three: Studio, tmp_path: Path, told: list[object]
) -> None:
    result = three.instrument.trail[0]
    while len(three.blend.sources) < MOST:
        assert three.blend.add_result(result)
    assert not three.blend.add_result(result)
    assert "full" in str(told[-1])
    write_model(tmp_path / "owls", value=5.0, name="owls-vae")
    assert three.choice.use(three.session.store.adopt_model(tmp_path / "owls").id)
    assert three.blend.sources == ()
    assert not three.blend.add_result(result)
    assert "another model" in str(told[-1])


class _Choice(QObject):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.steering, self.word = Steering(Space("w+", (4, 8), "euclid", layers=4)), "it"


class _Instrument:
    def __init__(self) -> None:
        self.choice, self.result = _Choice(), None
        self.went: list[Floats] = []

    def explore(self, code: Floats) -> None:
        self.went.append(code)

    def mix(self, one: Floats, other: Floats, t: float) -> None:
        self.went.append(one + np.float32(t) * (other - one))


class _Chart(QObject):
    placed = Signal(object)

    def code(self, asset_id: str) -> Floats:
        return points_of(int(asset_id), 4)

    def find(self, asset_id: str) -> None:
        """It is known."""


def test_the_layout_of_one_and_the_colours_of_others() -> None:
    instrument = _Instrument()
    blend = Blend(cast("Instrument", instrument), cast("Chart", _Chart()))
    for number in "012":
        blend.add_asset(number)
    blend.set_crossover(3)
    mixed = instrument.went[-1]
    assert np.array_equal(mixed[:3], points_of(0, 4)[:3])
    middle = (points_of(1, 4)[3] + points_of(2, 4)[3]) / 2
    np.testing.assert_allclose(mixed[3], middle, atol=1e-6)
    blend.set_crossover(99)
    assert blend.crossover == blend.layers == 4
    blend.set_crossover(0)
    np.testing.assert_allclose(
        instrument.went[-1], np.mean([points_of(n, 4) for n in range(3)], axis=0), atol=1e-6
    )

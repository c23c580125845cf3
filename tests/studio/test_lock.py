"""What the lock holds in a space of layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal

from aigc_studio.catalog.latent import Space
from aigc_studio.studio.lock import Lock
from aigc_studio.studio.steering import Steering
from tests.catalog.spaces import points_of

if TYPE_CHECKING:
    from aigc_studio.studio.model_choice import ModelChoice

LAYERS, WIDE = 5, 8


class _Choice(QObject):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.steering = Steering(Space("w+", (LAYERS, WIDE), "euclid", layers=LAYERS))


@pytest.fixture
def lock() -> Lock:
    return Lock(cast("ModelChoice", _Choice()))


@pytest.mark.parametrize(("half", "rows"), [("coarse", range(3)), ("fine", range(3, LAYERS))])
def test_half_of_the_layers_stays(lock: Lock, half: str, rows: range) -> None:
    here, there = points_of(0, 2 * LAYERS).reshape(2, LAYERS, WIDE)
    lock.hold_layers(half)  # type: ignore[arg-type]
    kept = lock.kept(here, there)
    for row in range(LAYERS):
        assert np.array_equal(kept[row], (here if row in rows else there)[row])
    lock.hold_layers("")
    assert lock.kept(here, there) is there


def test_from_nowhere_everything_can_be_gone_to(lock: Lock) -> None:
    there = points_of(0, LAYERS)
    lock.hold_strongest(2)
    assert lock.count == 2
    assert lock.kept(None, there) is there

"""Pictures are announced while they come, where that takes long enough to be seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest

from aigc_studio.worker.glimpses import glimpsed

if TYPE_CHECKING:
    from aigc_studio.media.image import Pixels

STEPS = 20


@dataclass
class Heard:
    """A reporter that notes what is shown."""

    steps: list[int] = field(default_factory=list)

    def preview(self, step: int, picture: Pixels) -> None:
        assert picture.shape == (4, 4, 3)
        self.steps.append(step)


class Stepping:
    """A model whose steps take so long."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.clock, self.made = seconds, 0.0, 0

    def watched(self, seen: Any) -> Stepping:
        self.seen = seen
        return self

    def play(self) -> None:
        for step in range(STEPS):
            self.clock += self.seconds
            self.seen(step, STEPS, self.picture)

    def picture(self) -> Pixels:
        self.made += 1
        return np.zeros((4, 4, 3), np.uint8)


def shown(seconds: float) -> tuple[list[int], int]:
    """Steps that were shown, and pictures that were made for it."""
    heard, model = Heard(), Stepping(seconds)
    glimpsed(cast("Any", model), cast("Any", heard), lambda: model.clock)
    model.play()
    return heard.steps, model.made


def test_quick_pictures_are_not_announced() -> None:
    assert shown(0.005) == ([], 0)


def test_slow_ones_are_shown_at_every_step_but_the_last() -> None:
    steps, made = shown(0.1)
    assert steps == list(range(1, STEPS - 1))
    assert made == len(steps)


def test_glimpses_keep_a_distance() -> None:
    steps, _ = shown(0.02)
    assert 1 < len(steps) < STEPS / 2


def test_a_model_of_one_step_is_left_as_it_is() -> None:
    plain = cast("Any", object())
    assert glimpsed(plain, cast("Any", Heard())) is plain


@pytest.mark.parametrize("channels", [1, 4])
def test_shapes(channels: int) -> None:
    seen: list[Pixels] = []
    heard = cast(
        "Any", type("H", (), {"preview": lambda self, step, pixels: seen.append(pixels)})()
    )
    model = Stepping(0.1)
    glimpsed(cast("Any", model), heard, lambda: model.clock)
    model.picture = lambda: np.full((4, 4, channels), 9, np.uint8)  # type: ignore[method-assign]
    model.play()
    assert {pixels.shape for pixels in seen} == {(4, 4, channels)}

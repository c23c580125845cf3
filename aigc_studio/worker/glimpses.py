"""What a picture will be, told while it comes: only where that takes long enough to be seen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

from aigc_studio.media.image import Image

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.protocol import Gradual, LatentModel
    from aigc_studio.worker.reporter import Reporter

SLOW = 0.15  # seconds; a picture that comes sooner is not announced
APART = 0.04  # seconds between two glimpses


def glimpsed(
    model: LatentModel,
    reporter: Reporter,
    now: Callable[[], float] = time.perf_counter,
    finish: Callable[[Pixels], Pixels] | None = None,
) -> LatentModel:
    """The model, telling of its pictures step by step as `Preview`, if it can.

    Args:
        finish: from what the model makes, premultiplied, to what is shown, straight alpha.
    """
    if not hasattr(model, "watched"):
        return model
    return cast("Gradual", model).watched(_Glimpses(reporter, now, finish or _straight).seen)


class _Glimpses:
    def __init__(
        self,
        reporter: Reporter,
        now: Callable[[], float],
        finish: Callable[[Pixels], Pixels],
    ) -> None:
        self._reporter, self._now, self._finish = reporter, now, finish
        self._began = self._next = 0.0

    def seen(self, step: int, steps: int, picture: Callable[[], Pixels]) -> None:
        now = self._now()
        if step == 0:
            # The first step is the measure: from its end on it is known how long it takes.
            self._began = self._next = now
            return
        spent = (now - self._began) / step
        if spent * steps < SLOW or now < self._next or step + 1 == steps:
            return
        self._reporter.preview(step, self._finish(picture()))
        self._next = self._now() + APART


def _straight(pixels: Pixels) -> Pixels:
    return Image.from_premultiplied(pixels).pixels if pixels.shape[2] == 4 else pixels

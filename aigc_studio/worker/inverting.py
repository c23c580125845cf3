"""Searching for a picture in a model: previews while it goes, its point at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Cap
from aigc_studio.media.prepare import restore
from aigc_studio.ml.device import use_cores
from aigc_studio.ml.metrics.pictures import psnr
from aigc_studio.worker.playing import (
    LAYERED,
    like,
    on_shelf,
    preparation_of,
    prepared,
    terms,
    told,
)

if TYPE_CHECKING:
    from aigc_studio.catalog.latent import Code
    from aigc_studio.jobs.specs import Invert
    from aigc_studio.media.image import Image, Pixels
    from aigc_studio.ml.protocol import Invertible, LatentModel
    from aigc_studio.worker.control import Control
    from aigc_studio.worker.reporter import Reporter

PREVIEWS = 12


def handle(spec: Invert, reporter: Reporter, control: Control) -> None:
    """Search until the steps are done or a stop is wished; the best point so far counts then.

    Raises:
        StudioError: unusable model or input, a model that cannot search, or that knows no words.
    """
    use_cores()
    model = told(on_shelf(spec.model, spec.device), spec.conditions)
    if Cap.INVERT not in model.caps:
        raise StudioError(
            "This model cannot search for a picture.",
            kind="input",
            todo="Leave out the search: it finds pictures at once, or not at all.",
        )
    space = spec.space or (LAYERED if LAYERED in model.spaces else model.home)
    original, seen = prepared(model, spec.input)
    own = like(model, seen)
    shown = _Shown(own, original, reporter)
    code, said = _searched(own, seen, space, spec.steps, shown, control)
    made = shown.show(code)
    found = psnr(seen[None], made[None])
    if own is not model and spec.conditions.domain != "both":
        shown.show_of(model, code)
    reporter.code(model.id, space, code.to_bytes(), quality=(found,))
    reporter.result({**terms(model, spec.device, space), "psnr": [found], "psnr_at_start": said})


def _searched(
    model: LatentModel, seen: Pixels, space: str, steps: int, shown: _Shown, control: Control
) -> tuple[Code, float]:
    """The best point, and the PSNR in dB at which the search began."""
    looks = cast("Invertible", model).invert(seen, space, steps)
    code, began = next(looks)
    every = max(1, steps // 10 // PREVIEWS)
    shown.show(code)
    best = began
    for number, (point, decibels) in enumerate(looks, start=1):
        shown.tell(number, steps // 10 + 1)
        if number % every == 0 and decibels > best:
            shown.show(point)
        code, best = point, decibels
        if control.poll() in ("stop", "suspend"):
            break
    return code, began


class _Shown:
    """Shows points as pictures of the input's size, one after the other."""

    def __init__(self, model: LatentModel, original: Image, reporter: Reporter) -> None:
        self._model, self._original, self._reporter = model, original, reporter
        self._index = 0

    def show(self, code: Code) -> Pixels:
        """Send a point's picture; the picture as the model makes it."""
        return self.show_of(self._model, code)

    def show_of(self, model: LatentModel, code: Code) -> Pixels:
        """The same, by a model that shows something else of it."""
        made = model.decode(code)[0]
        size = (self._original.width, self._original.height)
        picture = restore(made, size, preparation_of(self._model), self._original)
        count = max(self._index + 1, PREVIEWS)
        self._reporter.media(self._index, count, picture.pixels, code=code.to_bytes())
        self._index += 1
        return made

    def tell(self, done: int, total: int) -> None:
        """Say how far the search is."""
        self._reporter.parts("searching")(done, max(total, done + 1))

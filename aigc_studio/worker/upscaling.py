"""Pictures of any mode and size through a model that enlarges, each to exactly its factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from aigc_studio import __version__
from aigc_studio.base.errors import StudioError
from aigc_studio.media.decode import MAX_PIXELS, decode_image
from aigc_studio.media.image import Image
from aigc_studio.media.placing import MAX_SIDE
from aigc_studio.ml.device import resolve_device, use_cores
from aigc_studio.worker.playing import SHELF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aigc_studio.jobs.specs import Upscale
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.protocol import Upscaler
    from aigc_studio.worker.control import Control
    from aigc_studio.worker.reporter import Reporter

    Tell = Callable[[float], None]

_CLEAR, _SOLID = 0, 255
_PARTS = 1000  # of one picture, for progress


def handle(spec: Upscale, payload: bytes, reporter: Reporter, control: Control) -> None:
    """Enlarge every picture; a stop that is wished for ends it between two tiles.

    Raises:
        StudioError: unusable model or picture, a result too large, or it was stopped.
    """
    use_cores()
    model = SHELF.upscaler(spec.model, resolve_device(spec.device))
    count = len(spec.inputs) or len(spec.shapes)
    for index, image in enumerate(_pictures(spec, payload)):

        def tell(part: float, index: int = index) -> None:
            if control.poll() in ("stop", "suspend"):
                raise StudioError("It was cancelled.", kept="Nothing was written.")
            done = round((index + part) * _PARTS)
            total = count * _PARTS + 1  # one more, so that a panel does not take this for the end
            reporter.progress(done, total, seconds=0.0, activity="enlarging")

        reporter.media(index, count, enlarged(model, image, tell).pixels)
    reporter.result(
        {
            "versions": {"studio": __version__, "torch": torch.__version__},
            "device": resolve_device(spec.device),
            "space": "",
            "factor": model.factor,
        }
    )


def enlarged(model: Upscaler, image: Image, tell: Tell | None = None) -> Image:
    """A picture `factor` times as large, in its own mode.

    What a model without alpha is shown are premultiplied colours, then the alpha by itself, so
    that no fringe grows. What is wholly clear or solid around stays exactly so.

    Raises:
        StudioError: kind "input", the result would be too large.
    """
    _require_room(image, model.factor)
    clear = image.channels == 4
    planes = image.premultiplied() if clear else image.pixels
    made = _through(model, planes, tell)
    if not clear:
        return Image(made)
    made[..., 3] = _settled(made[..., 3], image.alpha(), model.factor)
    made[..., :3] = np.minimum(made[..., :3], made[..., 3:])
    return Image.from_premultiplied(made)


def _through(model: Upscaler, planes: Pixels, tell: Tell | None) -> Pixels:
    """Planes (H, W, C), premultiplied where C is 4, enlarged by a model of any channels."""
    have, wants = planes.shape[2], model.channels
    if have == wants:
        return model.upscale(planes, tell)
    if wants == 1:
        parts = [model.upscale(planes[..., [at]], tell) for at in range(have)]
        return np.concatenate(parts, axis=2)
    if have == 4:
        alpha = _through(model, planes[..., 3:], None)
        return np.concatenate([model.upscale(planes[..., :3], tell), alpha], axis=2)
    if wants == 4:
        solid = np.full((*planes.shape[:2], 1), _SOLID, np.uint8)
        colour = np.repeat(planes, 3, axis=2) if have == 1 else planes
        made = model.upscale(np.concatenate([colour, solid], axis=2), tell)[..., :3]
    else:
        made = model.upscale(np.repeat(planes, 3, axis=2), tell)
    return made if have == 3 else _mean(made)


def _mean(colours: Pixels) -> Pixels:
    means: Pixels = np.rint(colours.astype(np.float32).mean(2, keepdims=True)).astype(np.uint8)
    return means


def _settled(made: Pixels, alpha: Pixels, factor: int) -> Pixels:
    """Enlarged alpha (H, W); clear or solid where the input's pixel and its neighbours are."""
    around = np.pad(alpha, 1, mode="edge")
    near = np.lib.stride_tricks.sliding_window_view(around, (3, 3))
    for value in (_CLEAR, _SOLID):
        same = (near == value).all((2, 3)).repeat(factor, axis=0).repeat(factor, axis=1)
        made = np.where(same, np.uint8(value), made)
    return made


def _require_room(image: Image, factor: int) -> None:
    width, height = image.width * factor, image.height * factor
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise StudioError(
            f"Enlarged {factor} times the picture would have {width} x {height} pixels.",
            todo=f"Choose a smaller picture; {MAX_SIDE} pixels a side are the most.",
            kind="input",
        )


def _pictures(spec: Upscale, payload: bytes) -> Iterator[Image]:
    if spec.inputs:
        yield from (decode_image(path) for path in spec.inputs)
        return
    sizes = [int(np.prod(shape)) for shape in spec.shapes]
    if sum(sizes) != len(payload) or any(min(shape) < 1 for shape in spec.shapes):
        raise StudioError("The pictures to enlarge arrived incomplete.", todo="Try again.")
    start = 0
    for shape, size in zip(spec.shapes, sizes, strict=True):
        pixels = np.frombuffer(payload, np.uint8, size, start).reshape(shape)
        try:
            yield Image(pixels)
        except ValueError as error:
            raise StudioError(f"A picture cannot be enlarged: {error}.", kind="input") from error
        start += size

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

    from aigc_studio.catalog.latent import Floats
    from aigc_studio.jobs.specs import Upscale
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.protocol import Upscaler
    from aigc_studio.worker.control import Control
    from aigc_studio.worker.reporter import Reporter

    Tell = Callable[[float], None]

_CLEAR, _SOLID = 0, 255
_HARDLY = 16.0  # of 255: alpha below which colours are those round it, the more the less of it
_TINY = 1e-6
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

    Of one with alpha the colours are enlarged as a solid picture, into whose clear parts those
    beside them go on, and the alpha by itself. Premultiplied colours would have edges of their
    own where the alpha has them: a net draws the two never quite alike, and what it makes of
    the colours too dark is a dark rim. What is wholly clear or solid around stays exactly so.

    Raises:
        StudioError: kind "input", the result would be too large.
    """
    _require_room(image, model.factor)
    if image.channels != 4:
        return Image(_through(model, image.pixels, tell))
    colours = _through(model, spread_colours(image), _within(tell, 0, 0.5))
    alpha = _alpha_through(model, image, _within(tell, 0.5, 1))
    alpha = _settled(alpha, image.alpha(), model.factor)[..., None]
    return Image(np.concatenate([np.where(alpha > 0, colours, np.uint8(0)), alpha], axis=2))


def _alpha_through(model: Upscaler, image: Image, tell: Tell | None) -> Pixels:
    """Enlarged alpha (H, W); a model of cut-out pictures is shown all of it, as it learned."""
    if model.channels == 4:
        return model.upscale(image.premultiplied(), tell)[..., 3]
    return _through(model, image.pixels[..., 3:], tell)[..., 0]


def _within(tell: Tell | None, start: float, end: float) -> Tell | None:
    """Tell of one part of the work."""
    return tell and (lambda done: tell(start + (end - start) * done))


def _through(model: Upscaler, planes: Pixels, tell: Tell | None) -> Pixels:
    """Solid planes (H, W, 1 | 3), enlarged by a model of any channels."""
    have, wants = planes.shape[2], model.channels
    if have == wants:
        return model.upscale(planes, tell)
    if wants == 1:
        parts = [model.upscale(planes[..., [at]], tell) for at in range(have)]
        return np.concatenate(parts, axis=2)
    if wants == 4:
        solid = np.full((*planes.shape[:2], 1), _SOLID, np.uint8)
        colour = np.repeat(planes, 3, axis=2) if have == 1 else planes
        made = model.upscale(np.concatenate([colour, solid], axis=2), tell)[..., :3]
    else:
        made = model.upscale(np.repeat(planes, 3, axis=2), tell)
    return made if have == 3 else _mean(made)


def spread_colours(image: Image) -> Pixels:
    """The colours (H, W, 3) of a picture with alpha, going on where it is clear.

    Gortler et al., "The lumigraph" (1996), section 3.4.2: means of what is seen, of ever larger
    squares, fill what smaller ones leave open. What is hardly seen has no colour to speak of.
    """
    weight = np.minimum(image.alpha().astype(np.float32) / _HARDLY, 1)[..., None]
    colours = image.pixels[..., :3].astype(np.float32)
    filled = np.rint(_filled(colours * weight, weight)).astype(np.uint8)
    return np.where(weight == 1, image.pixels[..., :3], filled)


def _filled(sums: Floats, weight: Floats) -> Floats:
    """`sums`, colours times weights, with what the next coarser level has for the rest."""
    height, width = weight.shape[:2]
    one = np.float32(1)
    if max(height, width) == 1:
        return np.divide(sums, np.maximum(weight, _TINY), dtype=np.float32)
    more, most = _halved(sums), _halved(weight)
    known = np.divide(more, np.maximum(most, one), dtype=np.float32)
    coarse = _filled(known, np.minimum(most, one))
    large = coarse.repeat(2, axis=0).repeat(2, axis=1)[:height, :width]
    return sums + (one - weight) * large


def _halved(planes: Floats) -> Floats:
    """Sums over squares of 2 x 2, (H, W, C) to half of it, rounded up."""
    height, width, channels = planes.shape
    even = np.pad(planes, ((0, height % 2), (0, width % 2), (0, 0)))
    halved: Floats = even.reshape(-(-height // 2), 2, -(-width // 2), 2, channels).sum((1, 3))
    return halved


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

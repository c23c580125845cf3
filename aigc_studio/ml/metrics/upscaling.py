"""How good enlarged pictures are, beside what plain interpolation makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from PIL import Image as Pillow

from aigc_studio.ml.metrics.pictures import psnr, ssim

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import JsonValue

    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.protocol import Upscaler

    Figures = dict[str, JsonValue]

Plain = Literal["bicubic", "lanczos"]
_FILTERS = {"bicubic": Pillow.Resampling.BICUBIC, "lanczos": Pillow.Resampling.LANCZOS}


def upscaling(model: Upscaler, pixels: Pixels, tell: Callable[[], None] | None = None) -> Figures:
    """Pictures are made `factor` times smaller by area averaging, enlarged, and compared.

    Args:
        model: enlarges them.
        pixels: uint8 (N, S, S, C) as the model sees them; not trained on.
        tell: called after each picture.

    Returns:
        `psnr` and `ssim` of the model, `psnr_bicubic` and `psnr_lanczos`, and `gain`, the
        model's lead over Lanczos; means, in dB.
    """
    small = averaged(pixels, model.factor)
    made = np.empty_like(pixels)
    for index, picture in enumerate(small):
        made[index] = model.upscale(picture)
        if tell:
            tell()
    plain = {
        f"psnr_{way}": psnr(pixels, enlarged_plainly(small, model.factor, way))
        for way in ("bicubic", "lanczos")
    }
    reached = psnr(pixels, made)
    return {
        "psnr": reached,
        "ssim": ssim(pixels, made),
        **plain,
        "gain": reached - plain["psnr_lanczos"],
        "factor": model.factor,
    }


def averaged(pixels: Pixels, factor: int) -> Pixels:
    """Pictures (N, H, W, C) whose sides `factor` divides, by area averaging, rounded."""
    count, height, width, channels = pixels.shape
    cells = pixels.reshape(count, height // factor, factor, width // factor, factor, channels)
    means: Pixels = np.rint(cells.mean((2, 4))).astype(np.uint8)
    return means


def enlarged_plainly(pixels: Pixels, factor: int, way: Plain) -> Pixels:
    """Pictures (N, H, W, C) by interpolation, each channel for itself: alpha is one of them."""
    count, height, width, channels = pixels.shape
    made = np.empty((count, height * factor, width * factor, channels), np.uint8)
    for index in np.ndindex(count, channels):
        plane = Pillow.fromarray(np.ascontiguousarray(pixels[index[0], ..., index[1]]))
        large = plane.resize((width * factor, height * factor), _FILTERS[way])
        made[index[0], ..., index[1]] = np.asarray(large)
    return made

"""Patches of pictures at their full size: the training items of families that add detail."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.media.preparation import supported_size
from aigc_studio.media.prepare import fill_of, in_mode, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aigc_studio.media.image import Image, Mode, Pixels
    from aigc_studio.media.preparation import Preparation
    from aigc_studio.media.prepare import PictureInfo

LARGEST = 96  # pixels a side; four times 24, and that is wider than what a small net sees
MOST = 8000  # patches of a collection in all: 300 MB on disk at 96 pixels with alpha


def resolve_patches(preparation: Preparation, infos: Sequence[PictureInfo]) -> Preparation:
    """Settle what was left open: colour as for whole pictures, and the side of a patch.

    The side is that of the median picture's shorter side, rounded down to a supported one, and
    at most 96 pixels.

    Raises:
        StudioError: kind "input" when there is no picture.
    """
    settled = resolve(preparation, infos)
    if preparation.size is not None:
        return settled
    shorter = statistics.median_low(min(info.width, info.height) for info in infos)
    return settled.model_copy(update={"size": min(LARGEST, supported_size(shorter))})


def patches_each(wished: int, pictures: int) -> int:
    """How many patches each of so many pictures gives at most."""
    return max(1, min(wished, MOST // max(1, pictures)))


def patches_of(image: Image, preparation: Preparation, count: int) -> list[Pixels]:
    """At most `count` patches of a picture, at least one, spread over what is to be seen in it.

    Nothing is scaled. A picture smaller than a patch gets a margin, as for whole pictures.

    Args:
        preparation: with size and colour settled.

    Returns:
        uint8 (size, size, C) each; with C = 4 colours are premultiplied by alpha.
    """
    if preparation.size is None or preparation.colour == "auto":
        raise ValueError("the preparation has no size or colour yet; see resolve_patches()")
    side, mode = preparation.size, preparation.colour
    flat = in_mode(image, mode, preparation.background)
    wide, high = max(flat.width, side), max(flat.height, side)
    whole = flat.padded(wide, high, fill_of(flat, preparation.background))
    patches = [_pixels(whole.cropped(*at, side, side), mode) for at in _places(whole, side)]
    told = [patch for patch in patches if np.any(patch != patch[:1, :1])] or patches[:1]
    picked = np.linspace(0, len(told) - 1, min(count, len(told))).round().astype(int)
    return [told[index] for index in picked]


def _places(image: Image, side: int) -> Iterator[tuple[int, int]]:
    """Left upper corners of as few patches as cover the picture."""
    for top in _starts(image.height, side):
        for left in _starts(image.width, side):
            yield left, top


def _starts(length: int, side: int) -> list[int]:
    count = -(-length // side)
    return [int(start) for start in np.linspace(0, length - side, count).round()]


def _pixels(patch: Image, mode: Mode) -> Pixels:
    return patch.premultiplied() if mode == "rgba" else patch.pixels.copy()

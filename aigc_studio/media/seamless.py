"""Seamless tiles: a picture whose right edge goes on at its left, and its lower at its upper one.

The ends of the picture are laid over each other and joined along the way where they differ least
(Efros and Freeman, "Image quilting for texture synthesis and transfer", 2001, section 2), first
across, then down. What is left is brought back to the size of the picture, round the corner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image as Pillow

from aigc_studio.base.errors import StudioError
from aigc_studio.media.image import Image

if TYPE_CHECKING:
    from aigc_studio.media.image import Pixels

    Numbers = npt.NDArray[np.float32]

OVERLAP = 0.25
LEAST_OVERLAP, MOST_OVERLAP = 0.05, 0.45
_SMALLEST = 8  # pixels a side
_FEATHER = 3.0  # pixels over which one end becomes the other
_ROUND = 8  # pixels beyond the edge that a filter may look at


def seamless(image: Image, overlap: float = OVERLAP) -> Image:
    """The picture as a tile, of the same size and mode.

    Args:
        overlap: part of each side that is laid over its other end.

    Raises:
        StudioError: kind "input", the picture is too small or the overlap out of bounds.
    """
    if min(image.size) < _SMALLEST or not LEAST_OVERLAP <= overlap <= MOST_OVERLAP:
        raise StudioError(
            f"A picture of {image.width} x {image.height} pixels makes no seamless tile with an "
            f"overlap of {overlap:g}.",
            kept="Nothing was changed.",
            todo=f"Take at least {_SMALLEST} pixels a side, and an overlap of {LEAST_OVERLAP:g} "
            f"to {MOST_OVERLAP:g}.",
            kind="input",
        )
    straight = image.channels < 4
    pixels = (image.pixels if straight else image.premultiplied()).astype(np.float32)
    across = _closed(pixels, max(round(image.width * overlap), 2))
    down = _closed(across.swapaxes(0, 1), max(round(image.height * overlap), 2)).swapaxes(0, 1)
    whole = np.clip(np.rint(down), 0, 255).astype(np.uint8)
    sized = _resized(whole, image.width, image.height, Pillow.Resampling.BILINEAR)
    return Image(sized) if straight else Image.from_premultiplied(sized)


def enlarged_round(tile: Image, width: int, height: int) -> Image:
    """The tile in another size; at its edges the filter sees what lies round the corner."""
    straight = tile.channels < 4
    sized = _resized(
        tile.pixels if straight else tile.premultiplied(), width, height, Pillow.Resampling.LANCZOS
    )
    return Image(sized) if straight else Image.from_premultiplied(sized)


def repeated(image: Image, across: int, down: int) -> Image:
    """The tile so many times beside and below itself, to look at it."""
    return Image(np.tile(image.pixels, (down, across, 1)))


def _closed(pixels: Numbers, overlap: int) -> Numbers:
    """Narrower by `overlap`: the right end lies over the left one, (H, W - overlap, C)."""
    left, right = pixels[:, :overlap], pixels[:, -overlap:]
    cut = _least_cut(((left - right) ** 2).sum(axis=2))
    places = np.arange(overlap, dtype=np.float32) + 0.5
    feather = min(_FEATHER, overlap / 2)
    share = np.clip((places - cut[:, None] - 0.5) / feather + 0.5, 0, 1)[..., None]
    # Beyond both borders of the overlap the picture goes on with the end that lies there.
    share[:, 0], share[:, -1] = 0, 1
    joined = right * (1 - share) + left * share
    return np.concatenate([joined, pixels[:, overlap : pixels.shape[1] - overlap]], axis=1)


def _least_cut(errors: Numbers) -> npt.NDArray[np.intp]:
    """The column of each row of the cheapest way from the top to the bottom, by one a step.

    E(i, j) = e(i, j) + min(E(i-1, j-1), E(i-1, j), E(i-1, j+1)), equation (1) of the paper. The
    way ends in the column where it began, so that the next tile below goes on there.
    """
    rows, columns = errors.shape
    start = int(np.argmin(errors.sum(axis=0)))
    far = np.float32(np.inf)
    costs = np.full((rows, columns), far, np.float32)
    costs[0, start] = errors[0, start]
    for row in range(1, rows):
        costs[row] = errors[row] + _reached(costs[row - 1]).min(axis=0)
    way = np.empty(rows, np.intp)
    way[-1] = min(max(start, 0), columns - 1)
    for row in range(rows - 2, -1, -1):
        way[row] = way[row + 1] + int(np.argmin(_reached(costs[row])[:, way[row + 1]])) - 1
    return way


def _reached(before: Numbers) -> Numbers:
    """What it costs to come from the left, from above and from the right, (3, columns)."""
    side = np.pad(before, 1, constant_values=np.float32(np.inf))
    return np.stack([side[:-2], side[1:-1], side[2:]])


def _resized(pixels: Pixels, width: int, height: int, method: Pillow.Resampling) -> Pixels:
    """Brought to a size; at the edges the filter sees what lies round the corner."""
    high, wide = pixels.shape[:2]
    if (wide, high) == (width, height):
        return pixels
    margin = min(_ROUND, wide, high)
    padded = np.pad(pixels, ((margin, margin), (margin, margin), (0, 0)), mode="wrap")
    box = (margin, margin, margin + wide, margin + high)
    bands = [
        Pillow.fromarray(np.ascontiguousarray(padded[..., band])).resize(
            (width, height), method, box
        )
        for band in range(pixels.shape[2])
    ]
    return np.stack([np.asarray(band, np.uint8) for band in bands], axis=2)

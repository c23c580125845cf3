"""Clean line drawings of pictures: the strongest edges as dark lines of one width."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as Pillow
from PIL import ImageFilter

from aigc_studio.media.image import Image

if TYPE_CHECKING:
    import numpy.typing as npt

    from aigc_studio.media.image import Pixels

    Floats = npt.NDArray[np.floating]
    Marks = npt.NDArray[np.bool_]

_SMOOTH = 0.012  # of the longer side: what is finer is texture
_LEAST_SMOOTH = 0.6  # pixels
_STRONG, _FAINT = 0.12, 0.05  # of the step from black to white
_INK = 30


def outlined(image: Image) -> Image:
    """The picture as dark lines of one pixel or so, on white; deterministic, no model.

    Slopes of the smoothed colours are thinned to their ridges, and a faint ridge stays where it
    is joined to a strong one: Canny, "A computational approach to edge detection" (1986). The
    rim of a shape with alpha is a line too; what is clear stays clear.

    Returns:
        Grey for grey and RGB, RGBA for RGBA; of the same size.
    """
    radius = max(_LEAST_SMOOTH, _SMOOTH * max(image.size))
    across, down = _slopes(_smoothed(image, radius))
    # A step smoothed by a Gaussian has its height over sqrt(2 pi) radius as slope: so a line is
    # found at any size of the picture. Sobel's differences span two pixels.
    strength = np.hypot(across, down) * (radius * math.sqrt(2 * math.pi) / 2)
    ridge = _thinned(strength, across, down)
    lines = _joined(ridge & (strength >= _STRONG), ridge & (strength >= _FAINT))
    return _drawn(lines, image)


def _smoothed(image: Image, radius: float) -> list[Floats]:
    # Premultiplied, and alpha among the planes: a black shape on nothing has a rim as well.
    pixels = image.premultiplied() if image.channels == 4 else image.pixels
    return [
        np.asarray(
            Pillow.fromarray(np.ascontiguousarray(plane)).filter(ImageFilter.GaussianBlur(radius)),
            np.float32,
        )
        / 255
        for plane in np.moveaxis(pixels, 2, 0)
    ]


def _slopes(planes: list[Floats]) -> tuple[Floats, Floats]:
    """Of each pixel the slope, across and down, of the plane that is steepest there."""
    slopes = [_sobel(plane) for plane in planes]
    steep = np.stack([np.hypot(across, down) for across, down in slopes]).argmax(0)[None]
    across, down = (np.stack(parts) for parts in zip(*slopes, strict=True))
    return np.take_along_axis(across, steep, 0)[0], np.take_along_axis(down, steep, 0)[0]


def _sobel(plane: Floats) -> tuple[Floats, Floats]:
    p = np.pad(plane, 1, mode="edge")
    rows = p[:-2] + 2 * p[1:-1] + p[2:]
    columns = p[:, :-2] + 2 * p[:, 1:-1] + p[:, 2:]
    return (rows[:, 2:] - rows[:, :-2]) / 4, (columns[2:] - columns[:-2]) / 4


def _thinned(strength: Floats, across: Floats, down: Floats) -> Marks:
    """Pixels that are not weaker than both their neighbours along the slope."""
    p = np.pad(strength, 1)
    height, width = strength.shape
    sector = np.rint(np.arctan2(down, across) / (np.pi / 4)).astype(int) % 4
    ridge = np.zeros(strength.shape, bool)
    for number, (x, y) in enumerate(((1, 0), (1, 1), (0, 1), (-1, 1))):
        before = p[1 - y : 1 - y + height, 1 - x : 1 - x + width]
        behind = p[1 + y : 1 + y + height, 1 + x : 1 + x + width]
        # Of two that are alike one stays, else a soft edge were a double line.
        ridge |= (sector == number) & (strength > before) & (strength >= behind)
    return ridge


def _joined(strong: Marks, faint: Marks) -> Marks:
    """Faint marks that are reached from strong ones, with these."""
    found = strong
    while True:
        p = np.pad(found, 1)
        height, width = found.shape
        near = np.zeros_like(found)
        for y in range(3):
            for x in range(3):
                near |= p[y : y + height, x : x + width]
        grown = near & faint | found
        if np.array_equal(grown, found):
            return found
        found = grown


def _drawn(lines: Marks, image: Image) -> Image:
    paper: Pixels = np.where(lines, _INK, 255).astype(np.uint8)
    if image.channels != 4:
        return Image(paper[..., None])
    alpha = np.where(lines, 255, image.alpha()).astype(np.uint8)
    seen = np.where(alpha > 0, paper, 0).astype(np.uint8)
    return Image(np.dstack([seen, seen, seen, alpha]))

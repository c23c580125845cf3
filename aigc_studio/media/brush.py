"""A brush: stamps along a line, what they cover, and what that does to pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from aigc_studio.media.blending import blended

if TYPE_CHECKING:
    import numpy.typing as npt

    from aigc_studio.media.image import RGB, Pixels

    Cover = npt.NDArray[np.float32]
    Part = tuple[slice, slice]

SMALLEST, LARGEST = 1.0, 1000.0
_SPACING = 0.12  # between stamps, in diameters: no pearls are seen
_LEAST_STEP = 0.5  # pixels
Ink = Literal["paint", "erase", "show", "hide"]


@dataclass(frozen=True)
class Brush:
    """What a stroke is drawn with.

    Attributes:
        size: diameter at full pressure, in pixels of the canvas.
        hardness: the part of the radius that covers in full, 0 to 1.
        opacity: of the whole stroke, however often it crosses itself.
        ink: of pictures "paint" and "erase"; of masks "show" (white) and "hide" (black).
    """

    size: float = 32.0
    hardness: float = 0.7
    opacity: float = 1.0
    colour: RGB = (0, 0, 0)
    ink: Ink = "paint"


class Stroke:
    """Covers more and more of a picture; places are in its pixels.

    Args:
        width, height: of the picture.
        scale: pixels of the picture for one of the canvas.
    """

    def __init__(self, brush: Brush, width: int, height: int, scale: float = 1.0) -> None:
        self.brush = brush
        self.cover: Cover = np.zeros((height, width), np.float32)
        self._scale = scale
        self._last: tuple[float, float, float] | None = None
        self._rest = 0.0

    def to(self, x: float, y: float, pressure: float = 1.0) -> Part | None:
        """Go on to a place.

        Args:
            pressure: of a pen, 0 to 1; it makes the brush smaller.

        Returns:
            The rows and columns that may be covered otherwise now; None for none.
        """
        touched: Part | None = None
        for at in self._stamps(x, y, pressure):
            touched = joined(touched, self._stamp(*at))
        return touched

    def _stamps(self, x: float, y: float, pressure: float) -> list[tuple[float, float, float]]:
        last, self._last = self._last, (x, y, pressure)
        if last is None:
            return [(x, y, pressure)]
        length = math.hypot(x - last[0], y - last[1])
        if not length:
            return []
        step = max(self._radius(pressure) * 2 * _SPACING, _LEAST_STEP)
        made, way = [], max(step - self._rest, 0.0)  # a lighter hand has less of a step to go
        while way <= length:
            part = way / length
            made.append(
                tuple(a + (b - a) * part for a, b in zip(last, (x, y, pressure), strict=True))
            )
            way += step
        self._rest = length - (way - step)
        return [(a, b, c) for a, b, c in made]

    def _radius(self, pressure: float) -> float:
        return max(self.brush.size * self._scale * max(pressure, 0.05) / 2, 0.5)

    def _stamp(self, x: float, y: float, pressure: float) -> Part | None:
        radius = self._radius(pressure)
        height, width = self.cover.shape
        left, right = max(math.floor(x - radius - 1), 0), min(math.ceil(x + radius + 1), width)
        top, bottom = max(math.floor(y - radius - 1), 0), min(math.ceil(y + radius + 1), height)
        if left >= right or top >= bottom:
            return None
        across = np.arange(left, right, dtype=np.float32) + 0.5 - np.float32(x)
        down = np.arange(top, bottom, dtype=np.float32) + 0.5 - np.float32(y)
        distance = np.sqrt(across**2 + down[:, None] ** 2)
        soft = max(radius * (1 - self.brush.hardness), 1.0)  # at least one pixel: no steps
        dab = np.clip((radius + 0.5 - distance) / soft, 0, 1)
        part = slice(top, bottom), slice(left, right)
        self.cover[part] = np.maximum(self.cover[part], dab * dab * (3 - 2 * dab))
        return part

    def inked(self, pixels: Pixels, part: Part) -> Pixels:
        """A part of a picture with what the stroke does to it.

        Args:
            pixels: uint8 (h, w, 4) of a picture, or (h, w, 1) of a mask: that part alone, as
                it was before the stroke.
        """
        cover = self.cover[part] * np.float32(self.brush.opacity)
        match self.brush.ink:
            case "paint":
                source = np.empty((*cover.shape, 4), np.uint8)
                source[..., :3] = self.brush.colour
                source[..., 3] = np.rint(cover * 255)
                return blended(pixels, source, "normal")
            case "erase":
                result = pixels.copy()
                result[..., 3] = np.rint(pixels[..., 3] * (1 - cover))
                return result
            case "show" | "hide":
                goal = np.float32(255 if self.brush.ink == "show" else 0)
                value = pixels[..., 0] + (goal - pixels[..., 0]) * cover
                return np.rint(value).astype(np.uint8)[..., None]


def joined(one: Part | None, other: Part | None) -> Part | None:
    """The smallest part that both lie in."""
    if one is None or other is None:
        return one or other
    rows, columns = (
        slice(min(a.start, b.start), max(a.stop, b.stop)) for a, b in zip(one, other, strict=True)
    )
    return rows, columns

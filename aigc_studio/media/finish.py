"""Finishing touches on a picture: crop, brightness, contrast, saturation, hue."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as Pillow

from aigc_studio.media.image import Image

if TYPE_CHECKING:
    import numpy.typing as npt

    from aigc_studio.media.image import Pixels

    Matrix = npt.NDArray[np.float32]

# Rec. 709 luma: what stays while saturation and hue change.
_LUMA = np.array((0.2126, 0.7152, 0.0722), np.float32)
_MIDDLE = 127.5


def crop(image: Image, left: int, top: int, width: int, height: int) -> Image:
    """The rectangle at (left, top), in pixels.

    Raises:
        StudioError: kind "input", when it does not lie inside the picture.
    """
    return image.cropped(left, top, width, height)


def adjust(
    image: Image,
    *,
    brightness: float = 0.0,
    contrast: float = 0.0,
    saturation: float = 0.0,
    hue: float = 0.0,
) -> Image:
    """Change a picture's colours; alpha stays. All values at 0 change nothing.

    Args:
        image: grey pictures have no saturation and hue to change.
        brightness: -1 (black) to 1 (twice as bright).
        contrast: -1 (flat grey) to 1 (twice the contrast), about middle grey.
        saturation: -1 (grey) to 1 (twice as colourful).
        hue: turn of the colour wheel in degrees, at constant luma.
    """
    gain = (1 + brightness) * (1 + contrast)
    offset = _MIDDLE * -contrast
    if image.channels != 1 and (saturation or hue):
        return _mixed(image, gain * (_saturate(1 + saturation) @ _turn(hue)), offset)
    table = np.clip(np.rint(np.arange(256) * gain + offset), 0, 255).astype(np.uint8)
    colours = min(image.channels, 3)
    changed = table[image.pixels[..., :colours]]
    return Image(_with_alpha(changed, image))


def _mixed(image: Image, matrix: Matrix, offset: float) -> Image:
    # Pillow's own loop over the pixels is five times as fast as a matrix product.
    rows = np.column_stack([matrix, np.full(3, offset)]).ravel().tolist()
    colours = Pillow.fromarray(np.ascontiguousarray(image.pixels[..., :3]))
    return Image(_with_alpha(np.asarray(colours.convert("RGB", tuple(rows))), image))


def _with_alpha(colours: Pixels, image: Image) -> Pixels:
    if image.channels != 4:
        return colours
    return np.concatenate([colours, image.pixels[..., 3:]], axis=2)


def _saturate(factor: float) -> Matrix:
    grey = np.tile(_LUMA, (3, 1))
    return (grey + factor * (np.eye(3, dtype=np.float32) - grey)).astype(np.float32)


def _turn(degrees: float) -> Matrix:
    # A rotation about the grey axis (Rodrigues), then sheared so that luma is kept.
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    axis = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]) / math.sqrt(3)
    rotation = cos * np.eye(3) + sin * axis + (1 - cos) * np.full((3, 3), 1 / 3)
    luma_error = _LUMA - _LUMA @ rotation
    return (rotation + np.outer(np.ones(3), luma_error)).astype(np.float32)

"""Finishing touches on a picture: crop, brightness, contrast, saturation, hue."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.media.image import Image

if TYPE_CHECKING:
    import numpy.typing as npt

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
    colours = 1 if image.channels == 1 else 3
    values = image.pixels[..., :colours].astype(np.float32)
    if colours == 3 and (saturation or hue):
        values = values @ (_saturate(1 + saturation) @ _turn(hue)).T
    values = values * (1 + brightness)
    values = (values - _MIDDLE) * (1 + contrast) + _MIDDLE
    changed = np.clip(np.rint(values), 0, 255).astype(np.uint8)
    return Image(np.concatenate([changed, image.pixels[..., colours:]], axis=2))


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

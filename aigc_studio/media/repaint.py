"""Masks of what may change in a picture, and laying what was made into what is kept."""

from __future__ import annotations

import numpy as np
from PIL import Image as Pillow
from PIL import ImageFilter

from aigc_studio.base.errors import StudioError
from aigc_studio.media.image import Image

_HALF = 128
_SOFT = 1 / 48  # of the longer side: how far inside the mask its edge fades


def mask_of(picture: Image, size: tuple[int, int]) -> Image:
    """What may change, as a grey picture of `size` that is 0 or 255.

    Light and opaque parts of `picture` may change, dark and transparent ones may not.

    Raises:
        StudioError: kind "input", nothing may change.
    """
    grey = picture.to_mode("rgba").to_mode("grey", (0, 0, 0)).resized(*size).pixels
    chosen = grey >= _HALF
    if not chosen.any():
        raise StudioError(
            "The mask is black all over: nothing would change.",
            kind="input",
            todo="Paint white what is to be made anew.",
        )
    return Image(np.where(chosen, np.uint8(255), np.uint8(0)))


def pasted(made: Image, kept: Image, mask: Image) -> Image:
    """`made` where the mask is white, `kept` bit for bit where it is black, a soft edge inside.

    Args:
        made, kept: of one size.
        mask: as `mask_of` gives it.
    """
    weight = _faded(mask)[..., None]
    mode = "rgba" if 4 in (made.channels, kept.channels) else kept.mode
    above, below = (picture.to_mode(mode) for picture in (made, kept))
    if mode == "rgba":
        mixed = _mixed(above.premultiplied(), below.premultiplied(), weight)
        result = Image.from_premultiplied(mixed).pixels
    else:
        result = _mixed(above.pixels, below.pixels, weight)
    return Image(np.where(weight == 0, below.pixels, result))


def _mixed(
    above: np.typing.NDArray[np.uint8],
    below: np.typing.NDArray[np.uint8],
    weight: np.typing.NDArray[np.float32],
) -> np.typing.NDArray[np.uint8]:
    return np.rint(weight * above + (1 - weight) * below).astype(np.uint8)


def _faded(mask: Image) -> np.typing.NDArray[np.float32]:
    """How much of the new shows, (H, W) in [0, 1]; 0 outside the mask, 1 well inside it."""
    radius = max(mask.size) * _SOFT
    # Repeated beyond the picture's own border, at which nothing has to fade.
    rim = int(np.ceil(3 * radius))
    wide = Pillow.fromarray(np.pad(mask.pixels[..., 0], rim, mode="edge"))
    blurred = np.asarray(wide.filter(ImageFilter.GaussianBlur(radius)), np.float32) / 255
    inside = blurred[rim:-rim, rim:-rim] * 2 - 1
    return np.where(mask.pixels[..., 0] > 0, np.clip(inside, 0, 1), 0).astype(np.float32)

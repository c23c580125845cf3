"""How the pictures of a collection become training items: a plain value, shown in previews."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from aigc_studio.base.frozen import Frozen

Fit = Literal["pad", "crop", "stretch"]
Colour = Literal["auto", "grey", "rgb", "rgba"]
SIZES = (32, 48, 64, 96, 128, 192, 256)
SMALLEST_SIDE = 8


class Preparation(Frozen):
    """From a picture of any shape to a square of `size` pixels.

    Attributes:
        size: side in pixels; None takes the collection's median size rounded down to a
            supported one (28 is padded to 32). Pictures are never scaled up.
        fit: "pad" keeps all and adds margin, "crop" fills the square, "stretch" distorts.
        colour: "auto" takes grey, colour or alpha from what the collection holds.
        background: colour behind transparent pictures trained without alpha, and of the
            margin; None is transparent black with alpha, else the picture's edge colour.
        smallest: pictures with a shorter side than this are left out, in pixels.
    """

    size: int | None = Field(default=None, ge=16, le=1024)
    fit: Fit = "pad"
    colour: Colour = "auto"
    background: tuple[int, int, int] | None = None
    smallest: int = Field(default=SMALLEST_SIDE, ge=1)


def supported_size(side: int) -> int:
    """The training size for pictures of `side` pixels: rounded down, at least 32."""
    return max((size for size in SIZES if size <= side), default=SIZES[0])

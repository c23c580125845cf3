"""What is done to a picture before it lies on a canvas: plain values, bounded."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
from PIL import Image as Pillow
from pydantic import Field

from aigc_studio.base.frozen import Frozen
from aigc_studio.media.filters import filtered
from aigc_studio.media.finish import adjust
from aigc_studio.media.image import Image

if TYPE_CHECKING:
    from aigc_studio.media.blending import Blend
    from aigc_studio.media.filters import Filter
    from aigc_studio.media.image import Pixels

MAX_SIDE = 16_384
SMALLEST_SCALE, LARGEST_SCALE = 0.01, 1000.0
Sampling = Literal["smooth", "pixels"]
Amount = Annotated[float, Field(ge=-1, le=1)]
Place = Annotated[int, Field(ge=0, le=1 << 20)]
Length = Annotated[int, Field(ge=1, le=1 << 20)]


class Adjust(Frozen):
    """Changes of colour, see `finish.adjust`; all at 0 change nothing. Hue in degrees."""

    brightness: Amount = 0.0
    contrast: Amount = 0.0
    saturation: Amount = 0.0
    hue: float = Field(default=0.0, ge=-180, le=180)


class Crop(Frozen):
    """A rectangle of a picture, in its own pixels."""

    left: Place
    top: Place
    width: Length
    height: Length

    def fits(self, width: int, height: int) -> bool:
        """Whether it lies inside a picture of this size."""
        return self.left + self.width <= width and self.top + self.height <= height


PLAIN = Adjust()


@dataclass(frozen=True)
class Placed:
    """A picture and where it lies.

    Attributes:
        x, y: where the middle of the (cropped) picture lies, in pixels from the canvas's
            left upper corner.
        scale: pixels of the canvas for one of the picture.
        rotation: in degrees, clockwise, about the middle.
        opacity: 0 (not there) to 1.
        sampling: "smooth" is bilinear, "pixels" keeps the edges of pixels hard.
        crop: what is shown of the picture; one that does not fit it is passed over.
        mirrored: left and right change places, before it is turned.
        blend: how its colours meet those below.
        filters: what is done to the whole picture, after `adjust`.
        mask: what of the picture shows, a grey picture of the same size (another size is
            stretched): white shows, black hides.
    """

    image: Image
    x: float
    y: float
    scale: float = 1.0
    rotation: float = 0.0
    opacity: float = 1.0
    sampling: Sampling = "smooth"
    adjust: Adjust = PLAIN
    crop: Crop | None = None
    mirrored: bool = False
    blend: Blend = "normal"
    filters: tuple[Filter, ...] = ()
    mask: Image | None = None

    def finished(self) -> Image:
        """The picture with its colours, filters and mask, cropped and mirrored."""
        image, part = self.image, self.crop
        if self.filters:  # they may look beyond the part that shows
            image = filtered(self._adjusted(image), self.filters)
        if self.mask is not None:
            image = masked(image, self.mask)
        if part is not None and part.fits(*image.size):
            image = image.cropped(part.left, part.top, part.width, part.height)
        if not self.filters:
            image = self._adjusted(image)
        return Image(image.pixels[:, ::-1]) if self.mirrored else image

    def _adjusted(self, image: Image) -> Image:
        return image if self.adjust == PLAIN else adjust(image, **dict(self.adjust))


@dataclass(frozen=True)
class Stack:
    """A group: laid over each other on a clear sheet of their own, then laid as one picture.

    Attributes:
        members: the lowest first.
        mask: grey, and where it lies; beyond its edges everything shows.
    """

    members: tuple[Placed | Stack, ...]
    opacity: float = 1.0
    blend: Blend = "normal"
    mask: Placed | None = None


def masked(image: Image, mask: Image) -> Image:
    """A picture of which only shows what a mask shows, with its alpha times the mask."""
    if mask.size != image.size:
        smooth = Pillow.Resampling.BILINEAR
        mask = Image.from_pillow(mask.to_mode("grey").to_pillow().resize(image.size, smooth))
    return Image(np.dstack([image.to_mode("rgba").pixels[..., :3], covered(image, mask)]))


def covered(image: Image, mask: Image) -> Pixels:
    """The alpha of a picture times a mask of its size, uint8 (H, W)."""
    product = image.alpha().astype(np.uint32) * mask.to_mode("grey").pixels[..., 0]
    return ((product + 127) // 255).astype(np.uint8)


def inverted(mask: Image) -> Image:
    """A mask that shows what another one hides."""
    return Image(255 - mask.to_mode("grey").pixels)


def upright(width: float, height: float, rotation: float) -> tuple[float, float]:
    """Width and height of the upright rectangle round a turned one (degrees)."""
    angle = math.radians(rotation)
    cos, sin = abs(math.cos(angle)), abs(math.sin(angle))
    return width * cos + height * sin, width * sin + height * cos

"""What is done to a picture before it lies on a canvas: plain values, bounded."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from aigc_studio.base.frozen import Frozen
from aigc_studio.media.finish import adjust

if TYPE_CHECKING:
    from aigc_studio.media.image import Image

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

    def finished(self) -> Image:
        """The picture, cropped and with its colours adjusted."""
        image, part = self.image, self.crop
        if part is not None and part.fits(*image.size):
            image = image.cropped(part.left, part.top, part.width, part.height)
        return image if self.adjust == PLAIN else adjust(image, **dict(self.adjust))


def upright(width: float, height: float, rotation: float) -> tuple[float, float]:
    """Width and height of the upright rectangle round a turned one (degrees)."""
    angle = math.radians(rotation)
    cos, sin = abs(math.cos(angle)), abs(math.sin(angle))
    return width * cos + height * sin, width * sin + height * cos

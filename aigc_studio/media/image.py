"""A picture as a plain value: uint8 pixels, straight alpha; and changes of its shape."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from PIL import Image as Pillow

from aigc_studio.base.errors import StudioError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8]

Mode = Literal["grey", "rgb", "rgba"]
RGB = tuple[int, int, int]
Box = tuple[int, int, int, int]

CHANNELS: dict[Mode, int] = {"grey": 1, "rgb": 3, "rgba": 4}
WHITE: RGB = (255, 255, 255)
_MODES: dict[int, Mode] = {channels: mode for mode, channels in CHANNELS.items()}
# Rec. 601 luma in 1/65536; the weights sum to 65536, so that R = G = B stays what it is.
_LUMA = np.array((19595, 38470, 7471), np.uint32)
_CHECKER_SIDE = 8
_CHECKER_DARK, _CHECKER_LIGHT = 204, 255


@dataclass(frozen=True, eq=False)
class Image:
    """A picture.

    Attributes:
        pixels: uint8 of shape (H, W, C), C = 1 (grey), 3 (RGB) or 4 (RGBA, straight alpha),
            sRGB; contiguous and read-only, so that a picture may be shared between threads.
    """

    pixels: Pixels

    def __post_init__(self) -> None:
        shape, dtype = self.pixels.shape, self.pixels.dtype
        if len(shape) != 3 or shape[2] not in _MODES or 0 in shape or dtype != np.uint8:
            raise ValueError(f"pixels must be uint8 (H, W, 1|3|4), not {dtype} {shape}")
        view = np.ascontiguousarray(self.pixels).view()
        view.setflags(write=False)
        object.__setattr__(self, "pixels", view)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Image):
            return NotImplemented
        return np.array_equal(self.pixels, other.pixels)

    def __hash__(self) -> int:
        return hash((self.pixels.shape, self.pixels.tobytes()))

    def __repr__(self) -> str:
        return f"Image({self.width} x {self.height} {self.mode})"

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return int(self.pixels.shape[0])

    @property
    def size(self) -> tuple[int, int]:
        """(width, height)."""
        return (self.width, self.height)

    @property
    def channels(self) -> int:
        """1, 3 or 4."""
        return int(self.pixels.shape[2])

    @property
    def mode(self) -> Mode:
        """ "grey", "rgb" or "rgba"."""
        return _MODES[self.channels]

    def to_mode(self, mode: Mode, background: RGB = WHITE) -> Image:
        """The same picture in another mode; transparent parts are laid over `background`."""
        if mode not in get_args(Mode):
            raise ValueError(f"no such mode: {mode}")
        if mode == self.mode:
            return self
        if mode == "rgba":
            return Image(np.dstack([self._as_rgb(background), self.alpha()]))
        rgb = self._as_rgb(background) if self.channels != 1 else self.pixels
        if mode == "rgb":
            return Image(np.repeat(rgb, 3, axis=2) if rgb.shape[2] == 1 else rgb)
        return Image(_luma(rgb))

    def _as_rgb(self, background: RGB) -> Pixels:
        if self.channels == 1:
            return np.repeat(self.pixels, 3, axis=2)
        if self.channels == 3:
            return self.pixels
        clear = _times(np.asarray(background, np.uint8), 255 - self.pixels[..., 3:])
        return self.premultiplied()[..., :3] + clear

    def alpha(self) -> Pixels:
        """Opacity, uint8 (H, W); 255 everywhere for grey and RGB."""
        if self.channels == 4:
            return self.pixels[..., 3]
        return np.full(self.pixels.shape[:2], 255, np.uint8)

    def premultiplied(self) -> Pixels:
        """RGBA with colours times alpha, uint8 (H, W, 4): what models of alpha are trained on."""
        rgba = self.to_mode("rgba").pixels
        if self.channels != 4:
            return rgba.copy()
        return np.concatenate([_times(rgba[..., :3], rgba[..., 3:]), rgba[..., 3:]], axis=2)

    @staticmethod
    def from_premultiplied(pixels: Pixels) -> Image:
        """The inverse of `premultiplied`; colours brighter than their alpha are clipped.

        Args:
            pixels: uint8 (H, W, 4).
        """
        alpha = pixels[..., 3:].astype(np.uint32)
        # Half of the divisor is added, so that the quotient is rounded and not cut.
        colour = (pixels[..., :3].astype(np.uint32) * 255 + alpha // 2) // np.maximum(alpha, 1)
        colour = np.where(alpha == 0, 0, np.minimum(colour, 255)).astype(np.uint8)
        return Image(np.concatenate([colour, pixels[..., 3:]], axis=2))

    def to_pillow(self) -> Pillow.Image:
        """The picture as Pillow's L, RGB or RGBA."""
        return Pillow.fromarray(self.pixels[..., 0] if self.channels == 1 else self.pixels)

    @staticmethod
    def from_pillow(picture: Pillow.Image) -> Image:
        """The value of a Pillow picture of mode L, RGB or RGBA."""
        pixels = np.array(picture, np.uint8)
        return Image(pixels[..., None] if pixels.ndim == 2 else pixels)

    def resized(self, width: int, height: int) -> Image:
        """The picture at another size: Lanczos, through premultiplied colours (no fringes)."""
        if (width, height) == self.size:
            return self
        scaled = self.to_pillow().resize(
            (width, height), Pillow.Resampling.LANCZOS, reducing_gap=3.0
        )
        return Image.from_pillow(scaled)

    def cropped(self, left: int, top: int, width: int, height: int) -> Image:
        """The rectangle at (left, top), in pixels.

        Raises:
            StudioError: kind "input", when it is empty or does not lie inside the picture.
        """
        fits = left + width <= self.width and top + height <= self.height
        if not fits or min(left, top) < 0 or min(width, height) < 1:
            raise StudioError(
                f"The rectangle {width} x {height} at ({left}, {top}) does not lie inside a "
                f"picture of {self.width} x {self.height} pixels.",
                todo="Choose a smaller rectangle.",
                kind="input",
            )
        return Image(self.pixels[top : top + height, left : left + width])

    def padded(self, width: int, height: int, fill: Sequence[int]) -> Image:
        """The picture in the centre of a larger one whose margin has the colour `fill`.

        Args:
            width, height: at least the picture's own, in pixels.
            fill: one value a channel, 0 to 255.
        """
        canvas = np.empty((height, width, self.channels), np.uint8)
        canvas[:] = np.asarray(fill, np.uint8)
        left, top = (width - self.width) // 2, (height - self.height) // 2
        canvas[top : top + self.height, left : left + self.width] = self.pixels
        return Image(canvas)


def _times(colour: Pixels, alpha: Pixels) -> Pixels:
    product = colour.astype(np.uint16) * alpha.astype(np.uint16)
    return ((product.astype(np.uint32) + 127) // 255).astype(np.uint8)


def _luma(rgb: Pixels) -> Pixels:
    summed = rgb.astype(np.uint32) @ _LUMA
    return ((summed + 0x8000) >> 16).astype(np.uint8)[..., None]


def checkerboard(width: int, height: int) -> Pixels:
    """The grey and white squares that stand for transparency, uint8 (height, width, 3)."""
    rows, columns = np.ogrid[:height, :width]
    dark = (rows // _CHECKER_SIDE + columns // _CHECKER_SIDE) % 2 == 1
    grey = np.where(dark, _CHECKER_DARK, _CHECKER_LIGHT).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)


def over(image: Image, backdrop: Pixels) -> Pixels:
    """`image` laid over RGB pixels of the same height and width; uint8 (H, W, 3)."""
    ink = image.premultiplied()
    return ink[..., :3] + _times(backdrop, 255 - ink[..., 3:])


def grid(
    images: Sequence[Image], columns: int = 0, gap: int = 2, background: RGB | None = None
) -> Image:
    """A contact sheet: pictures in rows, each centred in a cell of the largest one's size.

    Args:
        images: at least one.
        columns: pictures a row; 0 makes the sheet about square.
        gap: pixels between cells.
        background: colour of gaps and behind transparency; None is white with a checkerboard
            behind transparent pictures.

    Returns:
        An RGB picture.
    """
    if not images:
        raise StudioError("There is no picture to show.", kind="input")
    columns = min(columns or math.ceil(math.sqrt(len(images))), len(images))
    rows = math.ceil(len(images) / columns)
    wide, high = max(i.width for i in images), max(i.height for i in images)
    shape = (rows * (high + gap) - gap, columns * (wide + gap) - gap, 3)
    sheet = np.empty(shape, np.uint8)
    sheet[:] = background or WHITE
    for index, image in enumerate(images):
        row, column = divmod(index, columns)
        top = row * (high + gap) + (high - image.height) // 2
        left = column * (wide + gap) + (wide - image.width) // 2
        cell = sheet[top : top + image.height, left : left + image.width]
        show_clear = background is None and image.channels == 4
        cell[:] = over(image, checkerboard(*image.size) if show_clear else cell)
    return Image(sheet)

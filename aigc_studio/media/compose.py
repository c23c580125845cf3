"""Pictures laid over each other on a canvas; what is exported is what the screen shows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as Pillow
from PIL import ImageChops

from aigc_studio.base.errors import StudioError
from aigc_studio.media.blending import Blend, blended
from aigc_studio.media.image import RGB, WHITE, Image
from aigc_studio.media.placing import MAX_SIDE, Placed, Stack, upright

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from aigc_studio.media.image import Pixels

    Tile = tuple[Pillow.Image, tuple[int, int]]

# Positions are rounded to thousandths of a pixel, so that sums which were meant to meet the
# grid of pixels do meet it, and nothing is resampled without need.
_DIGITS = 3
_QUARTER = 90.0
# Pixels beyond the shown ones that a smooth filter may look at.
_REACH = 2
_CLEAR = (0, 0, 0, 0)


def composed(
    width: int, height: int, placed: Iterable[Placed | Stack], background: RGB | None = None
) -> Image:
    """Lay pictures and groups of them over each other, the first one lowest.

    Args:
        width, height: of the canvas, in pixels.
        placed: what lies on it; parts outside are cut off.
        background: colour behind everything; None is transparent.

    Returns:
        RGB with a background, else RGBA with straight alpha.

    Raises:
        StudioError: kind "input", the canvas has no pixels or too many.
    """
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise StudioError(
            f"A canvas of {width} x {height} pixels cannot be drawn.",
            todo=f"Choose sides of 1 to {MAX_SIDE} pixels.",
            kind="input",
        )
    colour = _CLEAR if background is None else (*background, 255)
    sheet = Pillow.new("RGBA", (width, height), colour)
    for each in placed:
        _lay_any(sheet, each)
    return Image.from_pillow(sheet if background is None else sheet.convert("RGB"))


def _lay_any(sheet: Pillow.Image, each: Placed | Stack) -> None:
    if each.opacity <= 0:
        return
    if isinstance(each, Placed):
        _draw(sheet, each)
        return
    own = Pillow.new("RGBA", sheet.size, _CLEAR)
    for member in each.members:
        _lay_any(own, member)
    if each.mask is not None:
        own.putalpha(ImageChops.multiply(own.getchannel("A"), _sheet_of(each.mask, sheet.size)))
    _lay(sheet, own, (0, 0), each.opacity, each.blend)


def _sheet_of(mask: Placed, size: tuple[int, int]) -> Pillow.Image:
    """A mask where it lies on a white sheet, grey."""
    sheet = Pillow.new("RGBA", size, (*WHITE, 255))
    _draw(sheet, mask)
    return sheet.getchannel("R")


def _draw(sheet: Pillow.Image, placed: Placed) -> None:
    turns, rest = divmod(placed.rotation % 360, _QUARTER)
    pixels = np.rot90(placed.finished().pixels, -int(turns))
    if pixels.shape[2] == 1:
        pixels = np.repeat(pixels, 3, axis=2)
    if rest:
        drawn = _turned(sheet.size, pixels, placed, rest)
    else:
        drawn = _upright(sheet.size, pixels, placed)
    if drawn is not None:
        _lay(sheet, *drawn, placed.opacity, placed.blend)


def _lay(
    sheet: Pillow.Image, tile: Pillow.Image, corner: tuple[int, int], opacity: float, blend: Blend
) -> None:
    if blend != "normal" or (opacity < 1 and tile.mode == "RGBA"):  # rounded once only
        _blend(sheet, tile, corner, opacity, blend)
        return
    if opacity < 1:
        tile = tile.convert("RGBA")
        tile.putalpha(round(255 * opacity))
    if tile.mode == "RGB":
        sheet.paste(tile, corner)
    else:
        sheet.alpha_composite(tile, corner)


def _blend(
    sheet: Pillow.Image, tile: Pillow.Image, corner: tuple[int, int], opacity: float, blend: Blend
) -> None:
    left, top = corner
    below = np.asarray(sheet.crop((left, top, left + tile.width, top + tile.height)))
    mixed = blended(below, np.asarray(tile.convert("RGBA")), blend, opacity)
    sheet.paste(Pillow.fromarray(mixed), corner)


@dataclass(frozen=True)
class _Span:
    """One axis of an upright picture on the canvas.

    Attributes:
        start, end: where the picture begins and ends, in pixels of the canvas.
        first, last: the pixels [first, last) of the canvas that show it.
        length: of the picture, in its own pixels.
        scale: pixels of the canvas for one of the picture.
    """

    start: float
    end: float
    first: int
    last: int
    length: int
    scale: float

    @staticmethod
    def of(middle: float, length: int, placed: Placed, room: int) -> _Span:
        start = round(middle - length * placed.scale / 2, _DIGITS)
        end = round(start + length * placed.scale, _DIGITS)
        if placed.sampling == "pixels":  # whole pixels: those whose middle it covers
            first, last = math.ceil(start - 0.5), math.ceil(end - 0.5)
        else:
            first, last = math.floor(start), math.ceil(end)
        return _Span(start, end, max(first, 0), min(last, room), length, placed.scale)

    @property
    def size(self) -> int:
        return self.last - self.first

    def whole(self) -> slice:
        """The shown part of the picture where both grids of pixels meet."""
        return slice(self.first - int(self.start), self.last - int(self.start))

    def nearest(self) -> npt.NDArray[np.intp]:
        """For each shown pixel the picture's pixel that lies there."""
        places = (np.arange(self.first, self.last) + 0.5 - self.start) / self.scale
        return np.clip(places.astype(np.intp), 0, self.length - 1)

    def cover(self) -> npt.NDArray[np.float64]:
        """How much of each shown pixel the picture covers, 0 to 1."""
        left = np.arange(self.first, self.last)
        return np.minimum(left + 1, self.end) - np.maximum(left, self.start)

    def part(self) -> tuple[slice, tuple[int, int], float, float]:
        """What of the picture to resample, what to add at both ends, and the box within."""
        start, end = ((edge - self.start) / self.scale for edge in (self.first, self.last))
        reach = math.ceil(_REACH / min(self.scale, 1))
        low = max(math.floor(start) - reach, 0)
        high = min(math.ceil(end) + reach, self.length)
        before, after = max(math.ceil(-start), 0), max(math.ceil(end - self.length), 0)
        shift = before - low
        most = float(high - low + before + after)
        return slice(low, high), (before, after), max(start + shift, 0), min(end + shift, most)


def _upright(size: tuple[int, int], pixels: Pixels, placed: Placed) -> Tile | None:
    across = _Span.of(placed.x, pixels.shape[1], placed, size[0])
    down = _Span.of(placed.y, pixels.shape[0], placed, size[1])
    if across.size < 1 or down.size < 1:
        return None
    corner = (across.first, down.first)
    if placed.scale == 1 and across.start.is_integer() and down.start.is_integer():
        shown = pixels[down.whole(), across.whole()]
        return Pillow.fromarray(np.ascontiguousarray(shown)), corner
    if placed.sampling == "pixels":
        return Pillow.fromarray(pixels[down.nearest()[:, None], across.nearest()]), corner
    return _faded(_resampled(pixels, across, down), across, down), corner


def _resampled(pixels: Pixels, across: _Span, down: _Span) -> Pillow.Image:
    columns, add_columns, left, right = across.part()
    rows, add_rows, top, bottom = down.part()
    part = pixels[rows, columns]
    if any((*add_rows, *add_columns)):
        # Beyond its edge a picture goes on in the colour of the edge, so that nothing bleeds in.
        part = np.pad(part, (add_rows, add_columns, (0, 0)), "edge")
    picture = Pillow.fromarray(np.ascontiguousarray(part))
    size, box = (across.size, down.size), (left, top, right, bottom)
    return picture.resize(size, Pillow.Resampling.BILINEAR, box)


def _faded(tile: Pillow.Image, across: _Span, down: _Span) -> Pillow.Image:
    """`tile`, of which pixels on the edge show as much as the picture covers of them."""
    cover = np.outer(down.cover(), across.cover())
    if cover.min() >= 1:
        return tile
    tile = tile.convert("RGBA")
    mask = Pillow.fromarray(np.rint(cover * 255).astype(np.uint8))
    tile.putalpha(ImageChops.multiply(tile.getchannel("A"), mask))
    return tile


def _turned(size: tuple[int, int], pixels: Pixels, placed: Placed, degrees: float) -> Tile | None:
    """The picture turned by an angle that is no quarter turn."""
    high, wide = pixels.shape[:2]
    frame = upright(wide * placed.scale, high * placed.scale, degrees)
    spans = [
        (max(math.floor(middle - length / 2) - 1, 0), min(math.ceil(middle + length / 2) + 1, room))
        for middle, length, room in zip((placed.x, placed.y), frame, size, strict=True)
    ]
    (left, right), (top, bottom) = spans
    if left >= right or top >= bottom:
        return None
    place = _Turn(placed, math.radians(degrees), wide, high)
    rows, columns = place.shown(left, top, right, bottom)
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return None
    sheet, zoom, margin = _ready(pixels[rows, columns], placed)
    matrix = place.inverse((left, top), (columns.start, rows.start), zoom, margin)
    hard = placed.sampling == "pixels"
    method = Pillow.Resampling.NEAREST if hard else Pillow.Resampling.BILINEAR
    tile = sheet.transform((right - left, bottom - top), Pillow.Transform.AFFINE, matrix, method)
    return tile.convert("RGBA"), (left, top)


def _ready(part: Pixels, placed: Placed) -> tuple[Pillow.Image, tuple[float, float], int]:
    """A part of the picture ready to be turned; how it was zoomed, and the margin round it."""
    picture = Pillow.fromarray(np.ascontiguousarray(part)).convert("RGBA")
    if placed.sampling == "pixels":
        return picture, (1.0, 1.0), 0
    # Brought to its size first: a turn alone would leave out pixels or have ragged edges.
    wide, high = (max(round(length * placed.scale), 1) for length in picture.size)
    zoom = (wide / picture.width, high / picture.height)
    if (wide, high) != picture.size:
        picture = picture.resize((wide, high), Pillow.Resampling.BILINEAR)
    sheet = Pillow.new("RGBa", (wide + 2, high + 2))
    sheet.paste(picture.convert("RGBa"), (1, 1))
    return sheet, zoom, 1


class _Turn:
    """The way from the canvas back into a turned picture of `wide` x `high` pixels."""

    def __init__(self, placed: Placed, angle: float, wide: int, high: int) -> None:
        self._placed = placed
        self._wide, self._high = wide, high
        self._cos, self._sin = math.cos(angle), math.sin(angle)

    def back(self, x: float, y: float) -> tuple[float, float]:
        """The place in the picture that lies at (x, y) of the canvas."""
        placed, cos, sin = self._placed, self._cos, self._sin
        right, down = (x - placed.x) / placed.scale, (y - placed.y) / placed.scale
        return (
            self._wide / 2 + cos * right + sin * down,
            self._high / 2 - sin * right + cos * down,
        )

    def shown(self, left: int, top: int, right: int, bottom: int) -> tuple[slice, slice]:
        """Rows and columns of the picture that a rectangle of the canvas may show."""
        corners = [self.back(x, y) for x in (left, right) for y in (top, bottom)]
        reach = math.ceil(_REACH / min(self._placed.scale, 1))
        columns, rows = (
            slice(max(math.floor(min(edge)) - reach, 0), min(math.ceil(max(edge)) + reach, length))
            for edge, length in zip(
                zip(*corners, strict=True), (self._wide, self._high), strict=True
            )
        )
        return rows, columns

    def inverse(
        self, corner: tuple[int, int], part: tuple[int, int], zoom: tuple[float, float], margin: int
    ) -> tuple[float, ...]:
        """Pillow's six numbers: from pixels of the tile at `corner` to those of the part."""
        x, y = self.back(*corner)
        cos, sin = self._cos / self._placed.scale, self._sin / self._placed.scale
        across, down = zoom
        return (
            cos * across, sin * across, (x - part[0]) * across + margin,
            -sin * down, cos * down, (y - part[1]) * down + margin,
        )  # fmt: skip

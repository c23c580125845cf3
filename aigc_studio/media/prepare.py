"""From a picture of any shape to the square a model is trained on, and back again."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.base.errors import StudioError
from aigc_studio.media.image import RGB, WHITE, Image
from aigc_studio.media.preparation import Preparation, supported_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigc_studio.media.image import Mode, Pixels

# A stray soft pixel does not make a picture transparent; rounded corners of an icon do.
FAIR_SHARE = 0.0005
# One cut-out among a thousand photographs does not make all of them train with alpha.
FAIR_PICTURES = 0.05


@dataclass(frozen=True)
class PictureInfo:
    """What `resolve` needs to know of a picture, by its content.

    Attributes:
        width, height: in pixels.
        has_alpha: a fair share of its pixels is transparent, wholly or in part.
        is_grey: every visible pixel has R = G = B.
    """

    width: int
    height: int
    has_alpha: bool
    is_grey: bool


@dataclass(frozen=True)
class _Layout:
    """Where a picture lies in the square.

    The scaled picture's rectangle (left, top, width, height) lands at (x, y) of the square.
    """

    scaled: tuple[int, int]
    left: int
    top: int
    width: int
    height: int
    x: int
    y: int


def info_of(image: Image) -> PictureInfo:
    """What `resolve` needs to know of a picture."""
    alpha = image.alpha()
    clear = float(np.mean(alpha < 255)) if image.channels == 4 else 0.0
    grey = image.channels == 1
    if not grey:
        colours = image.premultiplied()[..., :3] if clear else image.pixels[..., :3]
        grey = bool(np.all(colours == colours[..., :1]))
    return PictureInfo(image.width, image.height, clear >= FAIR_SHARE, grey)


def resolve(preparation: Preparation, infos: Sequence[PictureInfo]) -> Preparation:
    """Settle what was left open: the size and the colour that fit this collection.

    The size is the median of the side that must not be scaled up (the longer one for "pad",
    the shorter one otherwise), rounded down to a supported one.

    Raises:
        StudioError: kind "input" when there is no picture.
    """
    if not infos:
        raise StudioError(
            "There is no picture to prepare.", todo="Add some pictures first.", kind="input"
        )
    changes: dict[str, object] = {}
    if preparation.size is None:
        side = max if preparation.fit == "pad" else min
        median = statistics.median_low(side(info.width, info.height) for info in infos)
        changes["size"] = supported_size(median)
    if preparation.colour == "auto":
        changes["colour"] = _colour(infos)
    return preparation.model_copy(update=changes)


def _colour(infos: Sequence[PictureInfo]) -> Mode:
    with_alpha = sum(info.has_alpha for info in infos)
    if with_alpha and with_alpha >= FAIR_PICTURES * len(infos):
        return "rgba"
    return "grey" if all(info.is_grey for info in infos) else "rgb"


def prepare(image: Image, preparation: Preparation) -> Pixels:
    """The training item of a picture; never scaled up, scaled down by Lanczos.

    Args:
        preparation: with `size` and `colour` settled, see `resolve`.

    Returns:
        uint8 (size, size, C); with C = 4 colours are premultiplied by alpha.
    """
    size, mode = _settled(preparation)
    layout = _layout(image.size, size, preparation)
    flat = in_mode(image, mode, preparation.background)
    fill = fill_of(flat, preparation.background)
    scaled = flat.resized(*layout.scaled)
    kept = scaled.cropped(layout.left, layout.top, layout.width, layout.height)
    square = kept.padded(size, size, fill)
    return square.premultiplied() if mode == "rgba" else square.pixels.copy()


def restore(
    pixels: Pixels,
    original_size: tuple[int, int],
    preparation: Preparation,
    around: Image | None = None,
) -> Image:
    """The inverse of `prepare`: a model's square at the input's size again.

    Args:
        pixels: uint8 (size, size, C), premultiplied when C = 4.
        original_size: (width, height) of the picture that was prepared.
        around: the input; what "crop" cut off is taken from it. Without it the nearest
            pixels are repeated.
    """
    size, mode = _settled(preparation)
    layout = _layout(original_size, size, preparation)
    square = Image.from_premultiplied(pixels) if mode == "rgba" else Image(pixels)
    kept = square.cropped(layout.x, layout.y, layout.width, layout.height)
    if (layout.width, layout.height) == layout.scaled:
        return kept.resized(*original_size)
    return _fill_rim(kept, layout, original_size, around)


def _fill_rim(kept: Image, layout: _Layout, size: tuple[int, int], around: Image | None) -> Image:
    across, down = size[0] / layout.scaled[0], size[1] / layout.scaled[1]
    left, top = round(layout.left * across), round(layout.top * down)
    width = min(size[0] - left, round(layout.width * across))
    height = min(size[1] - top, round(layout.height * down))
    middle = kept.resized(width, height)
    if around is None:
        margins = ((top, size[1] - top - height), (left, size[0] - left - width), (0, 0))
        return Image(np.pad(middle.pixels, margins, mode="edge"))
    canvas = around.to_mode(kept.mode).pixels.copy()
    canvas[top : top + height, left : left + width] = middle.pixels
    return Image(canvas)


def _settled(preparation: Preparation) -> tuple[int, Mode]:
    if preparation.size is None or preparation.colour == "auto":
        raise ValueError("the preparation has no size or colour yet; see resolve()")
    return preparation.size, preparation.colour


def _layout(original: tuple[int, int], size: int, preparation: Preparation) -> _Layout:
    width, height = _scaled(original, size, preparation)
    kept_width, kept_height = min(width, size), min(height, size)
    return _Layout(
        scaled=(width, height),
        left=(width - kept_width) // 2,
        top=(height - kept_height) // 2,
        width=kept_width,
        height=kept_height,
        x=(size - kept_width) // 2,
        y=(size - kept_height) // 2,
    )


def _scaled(original: tuple[int, int], size: int, preparation: Preparation) -> tuple[int, int]:
    width, height = original
    if preparation.fit == "stretch":
        return min(width, size), min(height, size)
    side = max(original) if preparation.fit == "pad" else min(original)
    if side <= size:
        return original
    # Whole numbers, rounded half up: the same on every machine.
    return (
        max(1, (2 * width * size + side) // (2 * side)),
        max(1, (2 * height * size + side) // (2 * side)),
    )


def in_mode(image: Image, mode: Mode, background: RGB | None) -> Image:
    """The picture in a training colour; what is clear lies over `background`, else its edge."""
    if image.channels != 4 or mode == "rgba":
        return image.to_mode(mode)
    return image.to_mode(mode, background or edge_colour(image))


def fill_of(image: Image, background: RGB | None) -> tuple[int, ...]:
    """What a margin around a picture is filled with, one value a channel."""
    if image.mode == "rgba":
        return (0, 0, 0, 0) if background is None else (*background, 255)
    colour = edge_colour(image) if background is None else background
    patch = np.asarray(colour, np.uint8).reshape(1, 1, 3)
    return tuple(int(value) for value in Image(patch).to_mode(image.mode).pixels[0, 0])


def edge_colour(image: Image) -> RGB:
    """The median colour of the outermost pixels that can be seen; white when none can."""
    rgba = image.to_mode("rgba").pixels
    rim = np.concatenate([rgba[0], rgba[-1], rgba[1:-1, 0], rgba[1:-1, -1]])
    seen = rim[rim[:, 3] >= 128]
    if not len(seen):
        return WHITE
    middle = np.sort(seen[:, :3], axis=0)[len(seen) // 2]
    return (int(middle[0]), int(middle[1]), int(middle[2]))

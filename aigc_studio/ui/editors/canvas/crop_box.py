"""Sums of cropping: a rectangle in a picture that is pulled, moved and held to a shape."""

from __future__ import annotations

from aigc_studio.media.placing import Crop

Size = tuple[int, int]
# Which edges a handle moves: -1 the left or upper one, 1 the right or lower one, 0 neither.
Handle = tuple[int, int]
HANDLES: tuple[Handle, ...] = (
    (-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0),
)  # fmt: skip


def whole(size: Size) -> Crop:
    """All of it."""
    return Crop(left=0, top=0, width=size[0], height=size[1])


def moved(crop: Crop, right: float, down: float, size: Size) -> Crop:
    """The rectangle elsewhere, inside the picture."""
    left = min(max(round(crop.left + right), 0), size[0] - crop.width)
    top = min(max(round(crop.top + down), 0), size[1] - crop.height)
    return Crop(left=left, top=top, width=crop.width, height=crop.height)


def fitted(crop: Crop, size: Size) -> Crop:
    """What of the rectangle lies inside the picture, at least a pixel."""
    left, top = min(crop.left, size[0] - 1), min(crop.top, size[1] - 1)
    width, height = min(crop.width, size[0] - left), min(crop.height, size[1] - top)
    return Crop(left=left, top=top, width=width, height=height)


def shaped(crop: Crop, ratio: float | None, size: Size) -> Crop:
    """The largest rectangle of a shape (width / height) inside another, about its middle."""
    if ratio is None:
        return crop
    width = max(round(min(crop.width, crop.height * ratio)), 1)
    height = max(round(width / ratio), 1)
    left = crop.left + (crop.width - width) // 2
    top = crop.top + (crop.height - height) // 2
    return moved(Crop(left=max(left, 0), top=max(top, 0), width=width, height=height), 0, 0, size)


def pulled(
    crop: Crop, handle: Handle, at: tuple[float, float], size: Size, ratio: float | None = None
) -> Crop:
    """The rectangle after a handle was dragged to a place; what is opposite stays.

    Args:
        at: in pixels of the picture.
        ratio: width / height to keep; None for any.
    """
    wide, most_wide = _length(crop.left, crop.width, handle[0], at[0], size[0])
    high, most_high = _length(crop.top, crop.height, handle[1], at[1], size[1])
    if ratio is not None:
        wide = max(wide, high * ratio) if all(handle) else wide if handle[0] else high * ratio
        wide = min(wide, most_wide, most_high * ratio)
        high = wide / ratio
    left, width = _placed(crop.left, crop.width, handle[0], wide, size[0])
    top, height = _placed(crop.top, crop.height, handle[1], high, size[1])
    return Crop(left=left, top=top, width=width, height=height)


def _length(start: int, length: int, edge: int, at: float, room: int) -> tuple[float, float]:
    """How long an axis would be, and how long it may be."""
    if edge == 0:
        middle = start + length / 2
        return length, 2 * min(middle, room - middle)
    most = start + length if edge < 0 else room - start
    wanted = start + length - at if edge < 0 else at - start
    return min(max(wanted, 1), most), most


def _placed(start: int, length: int, edge: int, wanted: float, room: int) -> tuple[int, int]:
    """Start and length of an axis, in whole pixels."""
    after = min(max(round(wanted), 1), room)
    if edge < 0:
        start = start + length - after
    elif edge == 0:
        start = round(start + (length - after) / 2)
    return min(max(start, 0), room - after), after

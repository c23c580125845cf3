"""Which grids a style-based network works on, and how wide it is on each."""

from __future__ import annotations

from typing import NamedTuple

from aigc_studio.catalog.image_gan import sides_of

_FEWEST_CHANNELS = 16
_ATTENTIVE = (16, 33)  # cells a side, from and below


class Grid(NamedTuple):
    """One grid.

    Attributes:
        side: cells along each side.
        channels: features of each cell.
        attentive: whether cells may look at all others there, where attention is asked for.
    """

    side: int
    channels: int
    attentive: bool


def grids_of(size: int, width: int, *, wide: int = 4, fold: int = 1) -> tuple[Grid, ...]:
    """Grids from the coarsest, of 4 to 9 cells a side, to the finest; each is doubled.

    Where channels halve as cells double, every grid costs alike: on a CPU the fine grids would
    else take nearly all the time.

    Args:
        size: side of the picture in pixels.
        width: channels of the coarsest grid.
        wide: cells a side up to which the whole width is kept.
        fold: a cell of the finest grid stands for fold x fold pixels.
    """
    grids = []
    channels, (least, most) = width, _ATTENTIVE
    for side in sides_of(size, fold):
        grids.append(Grid(side, max(channels, min(width, _FEWEST_CHANNELS)), least <= side < most))
        channels //= 2 if 2 * side > wide else 1
    return tuple(grids)

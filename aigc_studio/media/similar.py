"""Pictures that look almost the same: a short print of each, and groups of near ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image as Pillow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aigc_studio.media.image import Image

NEAR_BITS = 6  # of 64 that may differ; those of unrelated pictures differ in about 32
NEAR_COLOURS = 9.0  # of 255, the root mean square difference of the coarse colours
_SIDE, _COARSE = 8, 16
_AT_ONCE = 256

_SET = np.array([value.bit_count() for value in range(256)], np.uint8)

Numbers = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Print:
    """What is left of a picture for comparing.

    Attributes:
        bits: 64 of them in 8 bytes: where it grows brighter from left to right, on a grid of
            8 x 8 (the difference hash). Size, compression and slight blur hardly change them.
        colours: mean colours on a grid of 16 x 16, so that a red book is no blue one and a
            smile no frown; uint8 (768,).
    """

    bits: Numbers
    colours: Numbers


def print_of(image: Image) -> Print:
    """The print of a picture, laid over white."""
    picture = image.to_mode("rgb").to_pillow()
    box = Pillow.Resampling.BOX
    grey = np.asarray(picture.convert("L").resize((_SIDE + 1, _SIDE), box), np.int16)
    brighter = grey[:, 1:] > grey[:, :-1]
    coarse = np.asarray(picture.resize((_COARSE, _COARSE), box), np.uint8)
    return Print(np.packbits(brighter), coarse.reshape(-1))


def near_groups(prints: Sequence[Print]) -> list[list[int]]:
    """Indices of pictures that look almost the same, in groups of two or more.

    A group is what is joined by near pairs, one to the next (union-find); each in the order
    given. Every pair is compared, in blocks: 5,000 pictures take about a second.
    """
    parents = list(range(len(prints)))
    for one, other in _near_pairs(prints):
        first, second = sorted((_root(parents, one), _root(parents, other)))
        parents[second] = first
    groups: dict[int, list[int]] = {}
    for index in range(len(prints)):
        groups.setdefault(_root(parents, index), []).append(index)
    return [group for group in groups.values() if len(group) > 1]


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index


def _near_pairs(prints: Sequence[Print]) -> Iterator[tuple[int, int]]:
    if not prints:
        return
    bits = np.stack([each.bits for each in prints])
    colours = [each.colours for each in prints]
    for start in range(0, len(prints), _AT_ONCE):
        rows = bits[start : start + _AT_ONCE]
        apart = _SET[rows[:, None] ^ bits[None, start:]].sum(2, dtype=np.uint8)
        for row, column in np.argwhere(apart <= NEAR_BITS):
            one, other = start + int(row), start + int(column)
            if one < other and _apart(colours[one], colours[other]) <= NEAR_COLOURS:
                yield one, other


def _apart(one: Numbers, other: Numbers) -> float:
    return float(np.sqrt(np.square(one.astype(np.float32) - other).mean()))

"""Even visual steps: a way is gone so that each frame differs from the last as much as any other.

The way is measured by what is seen: pictures at even parts of it, and how much neighbours differ
(mean absolute difference of pixels). Re-timing by that length is the arc-length parametrisation
of curves, with pictures in the place of points.
"""

from __future__ import annotations

import hashlib
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST, MOST = 17, 129  # pictures that a way is measured by
_NOTHING = 1e-9


def measured_at(steps: int) -> list[float]:
    """The parts of a way at which to look, both ends counted."""
    count = min(max(steps, FEWEST), MOST)
    return [index / (count - 1) for index in range(count)]


def differences(pictures: Sequence[npt.NDArray[np.uint8]]) -> list[float]:
    """How much each picture differs from the one before, in levels of 0 to 255."""
    wide = [picture.astype(np.int16) for picture in pictures]
    return [float(np.abs(b - a).mean()) for a, b in pairwise(wide)]


def even_parts(steps: Sequence[float], count: int) -> list[float]:
    """The parts of a way at which `count` pictures are evenly apart; exactly 0 and 1 at the ends.

    Args:
        steps: `differences` of pictures at even parts of the way. Where nothing changes, that
            stretch is passed over; where nothing changes at all, the parts are even.
        count: at least 2.
    """
    parts = np.linspace(0.0, 1.0, len(steps) + 1)
    length = np.concatenate([[0.0], np.cumsum(steps)])
    if length[-1] < _NOTHING:
        return [float(part) for part in np.linspace(0.0, 1.0, count)]
    found = np.interp(np.linspace(0.0, length[-1], count), length, parts)
    found[0], found[-1] = 0.0, 1.0
    return [float(part) for part in found]


def largest_step(steps: Sequence[float]) -> float:
    """The largest difference between neighbours, in medians of all; 1 when nothing changes."""
    middle = float(np.median(steps))
    return float(max(steps)) / middle if middle > _NOTHING else 1.0


def way_id(start: bytes, end: bytes) -> str:
    """Names a way by its ends, so that what was measured of another is not taken for it."""
    return hashlib.sha256(len(start).to_bytes(8, "big") + start + end).hexdigest()[:16]

"""Does a model hand out its training pictures? A check against plain copying."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aigc_studio.ml.metrics.distances import Distances, Points, between

QUANTILE = 0.05
RULE = (
    "a picture counts as a copy when the Euclidean distance of its features to the nearest "
    "training picture is at most the 5 % quantile of the distances from each training picture "
    "to the training picture nearest to it"
)
_ROWS_AT_ONCE = 512


@dataclass(frozen=True)
class Memorisation:
    """Result of the check.

    Attributes:
        rate: share of the pictures that count as copies, in [0, 1]; pictures that are as new
            as training pictures are to each other give about `quantile`.
        threshold: the distance at and below which a picture counts as a copy.
        quantile: which quantile of the training pictures' own distances that is.
        nearest: index of the training picture nearest to each picture, (N,).
        distances: distance to it, (N,).
    """

    rate: float
    threshold: float
    quantile: float
    nearest: npt.NDArray[np.int64]
    distances: Distances


def memorisation(made: Points, training: Points, *, quantile: float = QUANTILE) -> Memorisation:
    """Share of points (N, D) closer to a training point (M, D) than those are to each other.

    With t_j the distance from training point j to the nearest other training point, the
    threshold is the `quantile` of all t_j by linear interpolation, and a point counts when
    min_j |x - x_j| <= threshold. The quantile is low because near-duplicates in the training
    set must not excuse copies. Compare with the rate of pictures that were never trained on.
    """
    if len(training) < 2:
        raise ValueError("the check needs at least 2 training pictures")
    threshold = float(np.quantile(_nearest(training, training, itself=True)[0], quantile))
    distances, nearest = _nearest(made, training)
    rate = float((distances <= threshold).mean())
    return Memorisation(rate, threshold, quantile, nearest, distances)


def _nearest(
    points: Points, others: Points, *, itself: bool = False
) -> tuple[Distances, npt.NDArray[np.int64]]:
    # In strips, so that 5,000 training pictures do not need a table of 200 MB.
    strips = []
    for start in range(0, len(points), _ROWS_AT_ONCE):
        table = between(points[start : start + _ROWS_AT_ONCE], others)
        if itself:
            rows = np.arange(len(table))
            table[rows, start + rows] = np.inf
        strips.append((table.min(1), table.argmin(1)))
    distances, indices = zip(*strips, strict=True)
    return np.concatenate(distances), np.concatenate(indices)

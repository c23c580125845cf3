"""Euclidean distances between points, exact where points are equal."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Distances = npt.NDArray[np.float64]
Points = npt.NDArray[np.floating]
_NOISE = 1e-12  # part of the squared lengths below which a squared distance is rounding


def between(ours: Points, theirs: Points) -> Distances:
    """All distances, (N, M), of points (N, D) and (M, D).

    By the product rule in float64, which is far quicker than by differences; what is left of
    equal points by rounding is set to 0.
    """
    a, b = ours.astype(np.float64), theirs.astype(np.float64)
    lengths = (a * a).sum(1)[:, None] + (b * b).sum(1)[None]
    squared = lengths - 2 * (a @ b.T)
    squared[squared <= _NOISE * lengths] = 0.0
    root: Distances = np.sqrt(squared, out=squared)
    return root


def among(points: Points) -> Distances:
    """All distances, (N, N), from each point to the others; inf on the diagonal."""
    table = between(points, points)
    np.fill_diagonal(table, np.inf)
    return table

"""What lies near a latent point, in standard deviations, and what lies between neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.catalog.mixing import blended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigc_studio.catalog.latent import Floats, Geometry
    from aigc_studio.catalog.whitening import Doubles, Whitening

_ON_IT, _ALIKE = 1e-9, 1e-9


def distances(whitening: Whitening, point: Floats, points: Floats) -> Doubles:
    """How far points (n, Z) lie from one, (n,): root mean square of the standard deviations."""
    flat = points.reshape(-1, whitening.size).astype(np.float64)
    steps = whitening.turn(flat - point.reshape(-1))
    far: Doubles = np.linalg.norm(steps, axis=1) / np.sqrt(whitening.size)
    return far


def elbow_room(whitening: Whitening, points: Floats) -> float:
    """How far points (n, Z) commonly lie from their nearest neighbour: the median; 0 for one."""
    if len(points) < 2:
        return 0.0
    white = whitening.inside(points.reshape(-1, whitening.size))
    squares = np.sum(white**2, axis=1)
    apart = squares[:, None] + squares[None] - 2 * white @ white.T
    np.fill_diagonal(apart, np.inf)
    nearest = np.sqrt(np.maximum(apart.min(axis=1), 0.0) / whitening.size)
    return float(np.median(nearest))


def between(
    places: Doubles,
    at: tuple[float, float],
    points: Sequence[Floats],
    geometry: Geometry,
    *,
    count: int = 4,
) -> Floats:
    """The point for a place on a map of points: the nearest ones, mixed by inverse squares.

    Shepard, "A two-dimensional interpolation function for irregularly-spaced data" (1968). On a
    place of the map it is exactly its point.

    Args:
        places: where each point lies on the map, (n, 2).
        count: how many of the nearest are mixed.
    """
    far = np.sum((places - np.asarray(at)) ** 2, axis=1)
    nearest = np.argsort(far, kind="stable")[:count]
    if far[nearest[0]] < _ON_IT:
        return points[int(nearest[0])]
    # Less what the first left out would weigh, so that nothing jumps when another comes near.
    edge = np.partition(far, count)[count] if len(far) > count else np.inf
    weights = np.maximum(1 / far[nearest] - 1 / edge, 0.0)
    if weights.sum() < _ALIKE / far[nearest[0]]:
        weights = np.ones(len(nearest))  # all lie as far as the first left out
    return blended([points[int(i)] for i in nearest], [float(w) for w in weights], geometry)

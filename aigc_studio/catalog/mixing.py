"""Mixes of many latent points, by the geometry of their space alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigc_studio.catalog.latent import Floats, Geometry
    from aigc_studio.catalog.whitening import Doubles

_ROUNDS, _STILL = 64, 1e-12


def blended(points: Sequence[Floats], weights: Sequence[float], geometry: Geometry) -> Floats:
    """The weighted mean of points, as the space bends.

    Round a sphere it is the point whose weighted ways to all others add up to nothing (Buss and
    Fillmore, "Spherical averages and applications to spherical splines", 2001, algorithm A1),
    its length the weighted mean of theirs; of two points it is `slerp`. Elsewhere it is the
    plain mean.

    Args:
        points: of one shape, at least one.
        weights: as many, none below 0; only their proportions count, all 0 means all alike.
    """
    shares = np.maximum(np.asarray(weights, np.float64), 0.0)
    shares = shares / shares.sum() if shares.sum() > 0 else np.full(len(points), 1 / len(points))
    counting = np.flatnonzero(shares)
    if len(counting) == 1:
        alone = int(counting[0])
        return points[alone]
    flat = np.stack([points[int(i)].reshape(-1).astype(np.float64) for i in counting])
    bent = geometry in ("gaussian", "sphere")
    found = (_round if bent else _straight)(flat, shares[counting])
    return found.reshape(points[0].shape).astype(np.float32)


def _straight(points: Doubles, shares: Doubles) -> Doubles:
    mean: Doubles = shares @ points
    return mean


def _round(points: Doubles, shares: Doubles) -> Doubles:
    lengths = np.linalg.norm(points, axis=1)
    if lengths.min() < 1e-4:
        return _straight(points, shares)  # a point at the origin lies in no direction
    units = points / lengths[:, None]
    middle = shares @ units
    if float(np.linalg.norm(middle)) < 1e-4:
        return _straight(points, shares)  # opposite points have no middle
    middle = middle / np.linalg.norm(middle)
    for _ in range(_ROUNDS):
        step = shares @ _ways(middle, units)
        far = float(np.linalg.norm(step))
        if far < _STILL:
            break
        middle = np.cos(far) * middle + np.sin(far) * step / far
        middle = middle / np.linalg.norm(middle)
    found: Doubles = middle * float(shares @ lengths)
    return found


def _ways(middle: Doubles, units: Doubles) -> Doubles:
    """From one point of the unit sphere to others: direction and angle of each, (n, Z)."""
    across = units - (units @ middle)[:, None] * middle
    sines = np.linalg.norm(across, axis=1)
    angles = np.arctan2(sines, units @ middle)
    ways: Doubles = across * (angles / np.maximum(sines, 1e-300))[:, None]
    return ways

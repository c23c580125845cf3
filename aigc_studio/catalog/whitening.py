"""Latent spaces measured in standard deviations: the same length is as rare in every direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from aigc_studio.catalog.latent import Floats, Space

Doubles = npt.NDArray[np.float64]
_SMALLEST = 1e-6


class Whitening:
    """Turns steps of a space into standard deviations and back, without leaving its numbers.

    A step d becomes A^T diag(1/s) A d + (I - A^T A) d / r: along the named axes A it is counted
    in their spread s, across all of them in the spread r that is left. Points are flat here, Z
    numbers each.

    Attributes:
        mean: the typical point, (Z,).
        axes: the space's directions at right angles and of unit length, (k, Z).
        spread: standard deviation along each, (k,).
        rest: the same across all of them.
    """

    def __init__(self, space: Space) -> None:
        size = int(np.prod(space.shape))
        self.mean = _flat(space.mean, np.zeros(size))
        std = _flat(space.std, np.ones(size))
        given = np.zeros((0, size)) if space.axes is None else space.axes.reshape(-1, size)
        self.axes = orthonormal(given.astype(np.float64))
        along = np.sum((self.axes * std) ** 2, axis=1)
        self.spread: Doubles = np.maximum(np.sqrt(along), _SMALLEST)
        left = (np.sum(std**2) - along.sum()) / max(size - len(self.axes), 1)
        self.rest = max(float(np.sqrt(max(left, 0.0))), _SMALLEST)

    @property
    def size(self) -> int:
        """How many numbers a point has."""
        return int(self.mean.size)

    def turn(self, steps: npt.NDArray[np.floating]) -> Doubles:
        """Steps of the space, (..., Z), in standard deviations."""
        return self._scaled(steps, 1 / self.spread, 1 / self.rest)

    def back(self, steps: Doubles) -> Doubles:
        """Steps in standard deviations, (..., Z), as steps of the space."""
        return self._scaled(steps, self.spread, self.rest)

    def inside(self, points: npt.NDArray[np.floating]) -> Doubles:
        """Points (..., Z), or of the space's shape, as steps from the mean in deviations."""
        flat = points.reshape(-1, self.size) if points.shape[-1] != self.size else points
        return self.turn(flat - self.mean)

    def outside(self, steps: Doubles) -> Doubles:
        """The points that lie so many deviations from the mean."""
        return self.mean + self.back(steps)

    def _scaled(self, steps: npt.NDArray[np.floating], along: Doubles, rest: float) -> Doubles:
        wide = np.asarray(steps, np.float64)
        parts = wide @ self.axes.T
        scaled: Doubles = (parts * (along - rest)) @ self.axes + wide * rest
        return scaled


def orthonormal(vectors: Doubles) -> Doubles:
    """The vectors (k, Z) at right angles and of unit length, each turned as little as can be.

    What depends on those before it is left out, so that there may be fewer.
    """
    kept: list[Doubles] = []
    for vector in vectors:
        length = float(np.linalg.norm(vector))
        if length < _SMALLEST**2:
            continue
        rest = vector / length
        for _ in range(2):  # a second time for the sake of rounding
            for other in kept:
                rest = rest - (other @ rest) * other
        if (left := float(np.linalg.norm(rest))) > _SMALLEST:
            kept.append(rest / left)
    return np.array(kept).reshape(-1, vectors.shape[-1])


def _flat(given: Floats | None, otherwise: Doubles) -> Doubles:
    return np.asarray(otherwise if given is None else given, np.float64).reshape(-1)

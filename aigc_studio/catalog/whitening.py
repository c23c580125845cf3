"""Latent spaces measured in standard deviations: the same length is as rare in every direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from aigc_studio.catalog.latent import Floats, Space

Doubles = npt.NDArray[np.float64]
_SMALLEST = 1e-6
_APART = 0.25  # how far layers stray from each other, of how far all go together


class Whitening:
    """Turns steps of a space into standard deviations and back, without leaving its numbers.

    A step d becomes A^T diag(1/s) A d + (I - A^T A) d / r: along the named axes A it is counted
    in their spread s, across all of them in the spread r that is left. Points are flat here, Z
    numbers each.

    Where all layers of a typical point are the same row (see `alike`), that holds of what the
    layers have in common, and what sets them apart is counted in a part of r, so that chance
    keeps layers together as they are in pictures the model has learned to make.

    Attributes:
        mean: the typical point, (Z,).
        layers: rows of a point that are alike; 1 where a point is one row.
        axes: the space's directions at right angles and of unit length, (k, Z / layers).
        spread: standard deviation along each when all rows move, (k,).
        rest: the same across all of them.
        apart: standard deviation of each number from the mean of its layers.
    """

    def __init__(self, space: Space) -> None:
        size = int(np.prod(space.shape))
        self.mean = _flat(space.mean, np.zeros(size))
        self.layers = alike(space)
        row = size // self.layers
        std = _flat(space.std, np.ones(size))[:row]
        given = np.zeros((0, row)) if space.axes is None else space.axes.reshape(-1, size)[:, :row]
        self.axes = orthonormal(given.astype(np.float64))
        along = np.sum((self.axes * std) ** 2, axis=1)
        left = (np.sum(std**2) - along.sum()) / max(row - len(self.axes), 1)
        rest = max(float(np.sqrt(max(left, 0.0))), _SMALLEST)
        # A row that all layers move by is so much longer as a step of the whole point.
        longer = float(np.sqrt(self.layers))
        self.spread: Doubles = np.maximum(np.sqrt(along), _SMALLEST) * longer
        self.rest, self.apart = rest * longer, rest * _APART

    @property
    def size(self) -> int:
        """How many numbers a point has."""
        return int(self.mean.size)

    def turn(self, steps: npt.NDArray[np.floating]) -> Doubles:
        """Steps of the space, (..., Z), in standard deviations."""
        return self._scaled(steps, 1 / self.spread, 1 / self.rest, 1 / self.apart)

    def back(self, steps: Doubles) -> Doubles:
        """Steps in standard deviations, (..., Z), as steps of the space."""
        return self._scaled(steps, self.spread, self.rest, self.apart)

    def inside(self, points: npt.NDArray[np.floating]) -> Doubles:
        """Points (..., Z), or of the space's shape, as steps from the mean in deviations."""
        flat = points.reshape(-1, self.size) if points.shape[-1] != self.size else points
        return self.turn(flat - self.mean)

    def outside(self, steps: Doubles) -> Doubles:
        """The points that lie so many deviations from the mean."""
        return self.mean + self.back(steps)

    def _scaled(
        self, steps: npt.NDArray[np.floating], along: Doubles, rest: float, apart: float
    ) -> Doubles:
        wide = np.asarray(steps, np.float64)
        if self.layers == 1:
            return self._scaled_row(wide, along, rest)
        rows = wide.reshape(*wide.shape[:-1], self.layers, -1)
        common = rows.mean(axis=-2, keepdims=True)
        scaled: Doubles = self._scaled_row(common, along, rest) + (rows - common) * apart
        return scaled.reshape(wide.shape)

    def _scaled_row(self, wide: Doubles, along: Doubles, rest: float) -> Doubles:
        parts = wide @ self.axes.T
        scaled: Doubles = (parts * (along - rest)) @ self.axes + wide * rest
        return scaled


def alike(space: Space) -> int:
    """How many layers of a typical point are the same row: statistics and axes say so; or 1."""
    parts = (space.mean, space.std, space.axes)
    if space.layers < 2 or space.shape[0] != space.layers or any(part is None for part in parts):
        return 1
    rows = [part.reshape(-1, *space.shape) for part in parts if part is not None]
    same = all(np.array_equal(each, np.broadcast_to(each[:, :1], each.shape)) for each in rows)
    return space.layers if same else 1


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

"""Where a latent point lies on the pad, and where a movement on the pad takes it: plain numpy."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.directions import amount_along, moved_along
from aigc_studio.catalog.latent import Code
from aigc_studio.catalog.latent_maths import MOVES, method_of
from aigc_studio.catalog.mixing import blended
from aigc_studio.catalog.whitening import Whitening, alike

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aigc_studio.catalog.latent import Floats, Geometry, Space

_SMALLEST = 1e-6


class Steering:
    """Movements in one latent space; points are float32 of the space's shape.

    An amount along an axis is counted from the space's mean, in standard deviations.

    Attributes:
        space: the space.
        mean: its typical point.
        axes: unit directions (k, Z), strongest first; where the space names none, the first two
            numbers of the point.
        spread: standard deviation along each axis, (k,).
    """

    def __init__(self, space: Space) -> None:
        size = int(np.prod(space.shape))
        self.space = space
        self.mean: Floats = _flat(space.mean, np.zeros(size))
        std = _flat(space.std, np.ones(size))
        given = np.eye(min(2, size), size) if space.axes is None else space.axes
        self.axes: Floats = np.asarray(given, np.float32).reshape(-1, size)
        along = np.sqrt(alike(space) * np.sum((self.axes * std) ** 2, axis=1))
        self.spread: Floats = np.maximum(along, _SMALLEST).astype(np.float32)

    @property
    def geometry(self) -> Geometry:
        """How points of the space are gone between."""
        return self.space.geometry

    @cached_property
    def whitening(self) -> Whitening:
        """The space measured in standard deviations in every direction."""
        return Whitening(self.space)

    @property
    def layers(self) -> int:
        """How many layers take a row of the point each, (L, W); 0 where a point has none."""
        shape, layers = self.space.shape, self.space.layers
        return layers if len(shape) > 1 and shape[0] == layers > 1 else 0

    def amount(self, code: Floats, direction: Floats) -> float:
        """How far a point lies along any direction, in standard deviations from the mean."""
        return amount_along(self.whitening, direction, code)

    def along(self, code: Floats, direction: Floats, amount: float) -> Floats:
        """The point with another amount along any direction."""
        return moved_along(self.whitening, direction, code, amount)

    def amounts(self, code: Floats) -> Floats:
        """How far a point lies along every axis, (k,)."""
        found = (self.axes @ (code.reshape(-1) - self.mean)) / self.spread
        return found.astype(np.float32)

    def moved(self, code: Floats, amounts: Mapping[int, float]) -> Floats:
        """The point with other amounts along some axes, held along all others.

        Axes that the space does not have are left out.
        """
        here = self.amounts(code)
        point = code.reshape(-1).astype(np.float64)
        for axis, amount in amounts.items():
            if axis >= len(here):
                continue
            point = point + (amount - here[axis]) * self.spread[axis] * self.axes[axis]
        return self.shaped(point)

    def pulled(self, code: Floats, factor: float) -> Floats:
        """The point `factor` times as far from the mean (truncation)."""
        return self.shaped(self.mean + np.float32(factor) * (code.reshape(-1) - self.mean))

    def typical(self) -> Floats:
        """The mean as a point."""
        return self.shaped(self.mean)

    def between(self, start: Floats, end: Floats, t: float) -> Floats:
        """The point a part `t` of the way from one point to another, as the space bends."""
        return MOVES[method_of(self.space.geometry)](start, end, t)

    def blend(self, codes: Sequence[Floats], weights: Sequence[float]) -> Floats:
        """The weighted mean of points, as the space bends."""
        return blended(codes, weights, self.space.geometry)

    def fitted(self, code: Floats) -> Floats:
        """A point given as plain numbers, in the space's shape; one row stands for all layers.

        Raises:
            StudioError: kind "input", there are too few or too many.
        """
        if self.layers and code.size == self.space.shape[-1]:
            return self._rows(code)
        if code.size != self.mean.size:
            raise StudioError(
                "This point belongs to another latent space.",
                kept="Nothing was changed.",
                todo="Choose the model that it was made with.",
                kind="input",
            )
        return code.reshape(self.space.shape)

    def as_code(self, model_id: str, *points: Floats) -> Code:
        """Points as a batch of the worker's."""
        batch = np.stack([point.reshape(self.space.shape) for point in points])
        return Code(model_id, self.space.name, {self.space.name: batch.astype(np.float32)})

    def from_bytes(self, data: bytes, model_id: str) -> list[Floats]:
        """The points in what a worker or a recipe holds; one row of w stands for all of w+.

        Raises:
            ValueError: they are no points of this space.
        """
        tensors = Code.from_bytes(data, model_id, self.space.name).tensors
        points, row = tensors.get(self.space.name), tensors.get(self.space.name.rstrip("+"))
        if points is None and self.layers and row is not None:
            fits = row.ndim == 2 and row.shape[1:] == self.space.shape[1:]
            points = np.stack([self._rows(each) for each in row]) if fits and len(row) else None
        if points is None or points.shape[1:] != self.space.shape:
            raise ValueError("it belongs to another latent space")
        if not np.isfinite(points).all():
            raise ValueError("it holds something other than numbers")
        return list(points)

    def _rows(self, row: Floats) -> Floats:
        return np.repeat(row.reshape(1, -1), self.layers, axis=0).astype(np.float32)

    def shaped(self, point: np.typing.NDArray[np.floating]) -> Floats:
        """As many numbers as a point has, in the space's shape."""
        return point.reshape(self.space.shape).astype(np.float32)


def _flat(given: Floats | None, otherwise: np.typing.NDArray[np.float64]) -> Floats:
    return np.asarray(otherwise if given is None else given, np.float32).reshape(-1)

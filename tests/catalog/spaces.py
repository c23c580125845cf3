"""Spaces and points that tests of latent maths share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.catalog.latent import Space
from aigc_studio.catalog.whitening import Whitening

if TYPE_CHECKING:
    from aigc_studio.catalog.latent import Floats, Geometry

SIZE, AXES = 8, 5


def space_of(seed: int, geometry: Geometry = "gaussian", size: int = SIZE) -> Space:
    """A space with statistics; its axes are at right angles, as those of a PCA are."""
    dice = np.random.default_rng(seed)
    axes = np.linalg.qr(dice.standard_normal((size, AXES)))[0].T.astype(np.float32)
    mean = dice.standard_normal(size).astype(np.float32)
    std = dice.uniform(0.2, 2, size).astype(np.float32)
    return Space("z", (size,), geometry, mean=mean, std=std, axes=axes)


def whitening_of(seed: int, size: int = SIZE) -> Whitening:
    """Its measure."""
    return Whitening(space_of(seed, size=size))


def points_of(seed: int, count: int, size: int = SIZE) -> Floats:
    """Points, (count, size)."""
    drawn = np.random.default_rng((seed, 7)).standard_normal((count, size))
    return drawn.astype(np.float32)

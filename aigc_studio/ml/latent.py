"""Moving through latent spaces; acts on Codes by their space's geometry alone.

Spherical interpolation: Shoemake, "Animating rotation with quaternion curves" (1985), and
White, "Sampling generative networks" (2016), for Gaussian latents.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from aigc_studio.base.errors import StudioError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aigc_studio.catalog.latent import Code, Floats, Geometry

Method = Literal["slerp", "lerp"]
_NEARLY_PARALLEL = 1e-4
DEFAULT_METHOD: dict[str, Method] = {"gaussian": "slerp", "sphere": "slerp", "euclid": "lerp"}


def lerp(start: Floats, end: Floats, t: float) -> Floats:
    """The point a part `t` of the straight way; exact at both ends. Any shape, float32."""
    if t in (0.0, 1.0):
        return end if t else start
    return (start + np.float32(t) * (end - start)).astype(np.float32)


def slerp(start: Floats, end: Floats, t: float) -> Floats:
    """The point a part `t` of the way round the sphere; exact at both ends.

    The direction turns at constant speed, the length changes linearly, so that the walk keeps
    to the shell where a Gaussian has its mass. Nearly parallel or opposite points, and points
    at the origin, have no unique great circle: those walk straight.

    Args:
        start, end: one point each, any shape, float32.
        t: part of the way, in [0, 1].
    """
    if t in (0.0, 1.0):
        return end if t else start
    a, b = start.astype(np.float64), end.astype(np.float64)
    length_a, length_b = float(np.linalg.norm(a)), float(np.linalg.norm(b))
    if min(length_a, length_b) < _NEARLY_PARALLEL:
        return lerp(start, end, t)
    unit_a, unit_b = a / length_a, b / length_b
    angle = float(np.arccos(np.clip(np.sum(unit_a * unit_b), -1.0, 1.0)))
    if min(angle, np.pi - angle) < _NEARLY_PARALLEL:
        return lerp(start, end, t)
    turned = np.sin((1 - t) * angle) * unit_a + np.sin(t * angle) * unit_b
    length = (1 - t) * length_a + t * length_b
    return (turned / np.sin(angle) * length).astype(np.float32)


def walk(start: Code, end: Code, steps: int, method: Method = "slerp") -> Code:
    """`steps` points from `start` to `end`, both counted, as one batch.

    Args:
        start, end: batches of one, of the same model and space.
        steps: at least 2.
        method: "slerp" or "lerp".

    Raises:
        StudioError: the points belong to different models or spaces.
    """
    _check_same_space(start, end)
    move: Callable[[Floats, Floats, float], Floats] = slerp if method == "slerp" else lerp
    parts = [index / (steps - 1) for index in range(steps)]
    tensors = {
        name: np.stack([move(array[0], end.tensors[name][0], t) for t in parts])
        for name, array in start.tensors.items()
    }
    return replace(start, tensors=tensors, seed=None)


def mix(points: Sequence[Code], weights: Sequence[float], geometry: Geometry) -> Code:
    """One point between several: a weighted mean, put back on the typical shell.

    Args:
        points: batches of one, of the same model and space.
        weights: one a point; only their proportions count.
        geometry: "gaussian" and "sphere" keep the mean length of the points.

    Raises:
        StudioError: different spaces, or weights that sum to nothing.
    """
    total = float(sum(weights))
    if total <= 0:
        raise StudioError("A mix needs at least one weight above zero.", kind="input")
    for point in points[1:]:
        _check_same_space(points[0], point)
    parts = np.asarray(weights, dtype=np.float64) / total
    tensors = {
        name: _mean_on_shell([point.tensors[name] for point in points], parts, geometry)
        for name in points[0].tensors
    }
    return replace(points[0], tensors=tensors, seed=None)


def _mean_on_shell(arrays: Sequence[Floats], parts: Floats, geometry: Geometry) -> Floats:
    stacked = np.stack(arrays).astype(np.float64)
    mean = np.tensordot(parts, stacked, axes=1)
    if geometry in ("gaussian", "sphere"):
        lengths = np.linalg.norm(stacked.reshape(len(arrays), -1), axis=1)
        length = float(np.linalg.norm(mean))
        if length > _NEARLY_PARALLEL:
            mean = mean * (float(parts @ lengths) / length)
    return mean.astype(np.float32)


def _check_same_space(one: Code, other: Code) -> None:
    if (one.model_id, one.space) != (other.model_id, other.space):
        raise StudioError(
            "These points belong to different models or spaces, so there is no way between them.",
            kind="input",
            todo="Find both in one model first.",
        )

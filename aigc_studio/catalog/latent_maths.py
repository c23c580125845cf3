"""Moving through latent spaces by their geometry alone; numpy, for models and window alike.

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
    point: Floats = (turned / np.sin(angle) * length).astype(np.float32)
    return point


MOVES: dict[Method, Callable[[Floats, Floats, float], Floats]] = {"slerp": slerp, "lerp": lerp}


def method_of(geometry: Geometry) -> Method:
    """How to move in a space: round the shell of a Gaussian or a sphere, else straight."""
    return "slerp" if geometry in ("gaussian", "sphere") else "lerp"


def walk(
    start: Code,
    end: Code,
    steps: int,
    method: Method = "slerp",
    parts: Sequence[float] | None = None,
) -> Code:
    """`steps` points from `start` to `end`, both counted, as one batch.

    Args:
        start, end: batches of one, of the same model and space.
        steps: at least 2.
        method: "slerp" or "lerp".
        parts: of the way at which the points lie, in place of `steps` even ones.

    Raises:
        StudioError: the points belong to different models or spaces.
    """
    _check_same_space(start, end)
    move = MOVES[method]
    parts = parts or [index / (steps - 1) for index in range(steps)]
    tensors = {
        name: np.stack([move(array[0], end.tensors[name][0], t) for t in parts])
        for name, array in start.tensors.items()
    }
    return replace(start, tensors=tensors, seed=None)


def crossed(coarse: Floats, fine: Floats, layer: float) -> Floats:
    """Styles of two points: the coarse layers of one, the fine layers of the other, (L, W).

    Karras, Laine and Aila, "A style-based generator architecture for GANs" (2019), section 3.1.

    Args:
        coarse, fine: a point for each layer, (L, W) float32, the coarsest first.
        layer: layers below it come from `coarse`; where it is no whole number, the layer it
            falls into is a blend, so that a slider moves without jumps.
    """
    places = np.arange(len(coarse), dtype=np.float32)[:, None]
    share = np.clip(np.float32(layer) - places, 0.0, 1.0)
    # Written so that both ends are exact.
    mixed: Floats = (share * coarse + (1 - share) * fine).astype(np.float32)
    return mixed


def _check_same_space(one: Code, other: Code) -> None:
    if (one.model_id, one.space) != (other.model_id, other.space):
        raise StudioError(
            "These points belong to different models or spaces, so there is no way between them.",
            kind="input",
            todo="Find both in one model first.",
        )

"""Directions of a latent space: learned from likes and dislikes, gone along, held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aigc_studio.catalog.whitening import orthonormal

if TYPE_CHECKING:
    import numpy.typing as npt

    from aigc_studio.catalog.latent import Floats
    from aigc_studio.catalog.whitening import Doubles, Whitening

FEWEST = 2  # of each kind, to learn from
_ROUNDS, _STRICTNESS = 30, 1.0


def step_of(whitening: Whitening, vector: npt.NDArray[np.floating]) -> Doubles:
    """A direction, any length, as the step of one standard deviation along it, (Z,)."""
    flat = np.asarray(vector, np.float64).reshape(-1)
    return flat / max(float(np.linalg.norm(whitening.turn(flat))), 1e-12)


def amount_along(whitening: Whitening, vector: npt.NDArray[np.floating], point: Floats) -> float:
    """How far a point lies along a direction, in standard deviations from the mean."""
    unit = whitening.turn(step_of(whitening, vector))
    return float(unit @ whitening.inside(point).reshape(-1))


def moved_along(
    whitening: Whitening, vector: npt.NDArray[np.floating], point: Floats, amount: float
) -> Floats:
    """The point with another amount along a direction; across it nothing changes."""
    by = amount - amount_along(whitening, vector, point)
    there = point.reshape(-1) + by * step_of(whitening, vector)
    return there.reshape(point.shape).astype(np.float32)


def held(
    whitening: Whitening, here: Floats, there: Floats, vectors: npt.NDArray[np.floating]
) -> Floats:
    """The point nearest to `there` that lies as far along all `vectors` as `here` does.

    The step is projected off their span, in standard deviations.

    Args:
        vectors: directions (m, Z), of any lengths and angles; none holds nothing.
    """
    flat = np.asarray(vectors, np.float64).reshape(-1, whitening.size)
    if not len(flat):
        return there
    fixed = orthonormal(whitening.turn(flat))
    step = whitening.turn((there - here).reshape(-1))
    free = step - (step @ fixed.T) @ fixed
    return (here.reshape(-1) + whitening.back(free)).reshape(here.shape).astype(np.float32)


def held_layers(here: Floats, there: Floats, layers: range) -> Floats:
    """The point with some layers, (L, W), as they are `here`: exactly these numbers."""
    kept = there.copy()
    kept[layers.start : layers.stop] = here[layers.start : layers.stop]
    return kept


def missing(liked: int, disliked: int) -> tuple[int, int]:
    """How many more likes and dislikes it takes to learn from them."""
    return max(FEWEST - liked, 0), max(FEWEST - disliked, 0)


def learned(whitening: Whitening, liked: Floats, disliked: Floats) -> Floats:
    """The direction from what is disliked to what is liked: one standard deviation, (Z,).

    Logistic regression with a ridge, in standard deviations; with few examples of many numbers
    it comes close to the difference of both means. Newton's method in the span of the examples
    (Hastie et al., "The elements of statistical learning", 4.4.1 and 18.3.5).

    Args:
        liked, disliked: points (n, Z), at least `FEWEST` each.

    Raises:
        ValueError: there are too few, or nothing tells both apart.
    """
    if any(missing(len(liked), len(disliked))):
        raise ValueError("there are too few examples to learn from")
    seen = whitening.inside(np.concatenate([liked, disliked]).reshape(-1, whitening.size))
    seen = seen - seen.mean(axis=0)
    wanted = np.repeat([1.0, 0.0], [len(liked), len(disliked)])
    weights = _regressed(seen @ seen.T, wanted) @ seen
    length = float(np.linalg.norm(weights))
    if length < 1e-9:
        raise ValueError("nothing tells what is liked from what is not")
    step: Floats = whitening.back(weights / length).astype(np.float32)
    return step


def _regressed(likeness: Doubles, wanted: Doubles) -> Doubles:
    """How much of each example is in the weights, (n,)."""
    scale = max(float(np.mean(np.diag(likeness))), 1e-12)
    values, vectors = np.linalg.eigh(likeness / scale)
    real = values > 1e-9
    features = vectors[:, real] * np.sqrt(values[real])
    found = np.zeros(features.shape[1] + 1)
    inputs = np.column_stack([features, np.ones(len(wanted))])
    ridge = np.append(np.full(features.shape[1], _STRICTNESS), 1e-6)
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(inputs @ found, -30, 30)))
        slope = inputs.T @ (chance - wanted) + ridge * found
        curve = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + np.diag(ridge)
        found = found - np.linalg.solve(curve, slope)
    parts: Doubles = vectors[:, real] @ (found[:-1] / np.sqrt(values[real]))
    return parts

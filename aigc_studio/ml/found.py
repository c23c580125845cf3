"""Latent points of real pictures, found by an encoder that learns beside a generator.

A mixture fitted to a few hundred points of 128 numbers spreads to where no picture lies. Three
found ones, weighed as in training, do not: what is drawn later is what was judged.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import torch

from aigc_studio.ml.objectives import energy_distance
from aigc_studio.ml.prior import PARTS, MixturePrior

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import Tensor

_POINTS = "points"
MOST = 4096  # points that are kept; 1 MB as half floats of 128
KNOWN = (_POINTS, *PARTS)
_THIRD = 2 * math.pi / 3
_WIDEST = math.pi / 3  # as much of two pictures
_ABSOLUTE = 0.5  # squares alone care little for flat grounds


def among(points: Tensor, angles: Tensor) -> Tensor:
    """A point among three neighbours of a list for each of them, (N, W).

    The three weights lie on a circle on which their sum and the sum of their squares are 1:
    what comes out has the mean and the covariance of what went in, so that it lies where points
    are drawn from later. At 0 it is the point itself, at 1 as much of two of them.

    Args:
        points: (N, W), in no order.
        angles: how far along the circle, (N,) in [0, 1].
    """
    weights = weights_of_three(angles)
    shifted = torch.stack([points.roll(third, 0) for third in range(3)], 1)
    return (weights[:, :, None] * shifted).sum(1)


def weights_of_three(angles: Tensor) -> Tensor:
    """The weights of `among`, (N, 3), at angles (N,) in [0, 1]."""
    turn = angles[:, None] * _WIDEST
    thirds = torch.arange(3, device=angles.device) * _THIRD
    return 1 / 3 + 2 / 3 * torch.cos(turn - thirds)


def rebuilding(real: Tensor, made: Tensor, found: Tensor, mapped: Tensor) -> dict[str, Tensor]:
    """What is to be lowered, scalars.

    Args:
        real, made: pictures (F, C, S, S) and what was made where they were found.
        found, mapped: points of w, (F, W) and (N, W).

    Returns:
        `rebuilt`, how far off the pictures are; `apart`, how far what was found lies from where
        z is mapped to, which keeps both of w's ways in one place.
    """
    off = made - real
    return {
        "rebuilt": off.square().mean() + _ABSOLUTE * off.abs().mean(),
        "apart": energy_distance(mapped, found),
    }


@dataclass(frozen=True)
class FoundPrior:
    """Draws a point among three found ones, with their mean and covariance.

    Attributes:
        points: where pictures of the training were found, (N, W), N >= 1; float32 on the CPU.
    """

    points: Tensor

    @classmethod
    def of(cls, found: Tensor, seed: int) -> Self:
        """Of all found points (N, W), or of `MOST` by chance."""
        generator = torch.Generator().manual_seed(seed)
        return cls(found[torch.randperm(len(found), generator=generator)[:MOST]].float())

    @classmethod
    def stored(cls, tensors: Mapping[str, Tensor], latent: int) -> Self:
        """From what `tensors` gave.

        Raises:
            KeyError: it is missing.
            ValueError: the points are of another latent space, or too many.
        """
        points = tensors[_POINTS]
        if points.ndim != 2 or points.shape[1] != latent or not 0 < len(points) <= MOST:
            raise ValueError("the points of the prior are of another latent space")
        return cls(points)

    def tensors(self) -> dict[str, Tensor]:
        """To be saved, by name."""
        return {_POINTS: self.points}

    def sample(self, seed: int) -> Tensor:
        """One point (W,), a function of the seed alone."""
        generator = torch.Generator().manual_seed(seed)
        chosen = torch.randint(len(self.points), (3,), generator=generator)
        weights = weights_of_three(torch.rand(1, generator=generator))[0]
        return weights @ self.points[chosen]


def prior_from(tensors: Mapping[str, Tensor], latent: int) -> FoundPrior | MixturePrior:
    """From saved tensors; those of earlier models hold a mixture.

    Raises:
        KeyError: a tensor is missing.
        ValueError: shapes do not fit together, or to w.
    """
    if _POINTS not in tensors:
        return MixturePrior.from_tensors(tensors, latent)
    return FoundPrior.stored(tensors, latent)

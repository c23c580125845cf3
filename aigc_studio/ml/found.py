"""Where points of w are drawn from in an `image-gan` that rebuilds: among found pictures.

A mixture fitted to a few hundred points of 128 numbers spreads to where no picture lies. Three
found ones, weighed as in training, do not: what is drawn later is what the discriminator judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import torch

from aigc_studio.ml.families.image_gan_points import weights_of_three
from aigc_studio.ml.prior import PARTS, MixturePrior

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import Tensor

_POINTS = "points"
MOST = 4096  # points that are kept; 1 MB as half floats of 128
KNOWN = (_POINTS, *PARTS)


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
    points = tensors.get(_POINTS)
    if points is None:
        return MixturePrior.from_tensors(tensors, latent)
    if points.ndim != 2 or points.shape[1] != latent or not 0 < len(points) <= MOST:
        raise ValueError("the points of the prior are of another latent space")
    return FoundPrior(points)

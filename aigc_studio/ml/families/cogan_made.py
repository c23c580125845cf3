"""What is random in a step of the `cogan` family, and what its generators make there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
import torch.nn.functional as F  # noqa: N812  its usual name

from aigc_studio.base import seeds
from aigc_studio.ml.augment import item_keys
from aigc_studio.ml.diff_augment import diff_augment

if TYPE_CHECKING:
    from torch import Tensor

    from aigc_studio.ml.protocol import Moment

# Critics soon know a small collection by heart; changed pictures keep them from it.
CHANGED = 0.3
_COARSE = 4  # pixels along each side in which edges count together
_FAINT = 0.01


class Made(NamedTuple):
    """Points of a step, and what is made of them.

    Attributes:
        z: first where half of each domain's pictures were found, then what lies between; all
            drawn where nothing is found; (N, Z).
        found: how many of each domain.
        pictures: of each domain, (N, C, S, S) in about [-1, 1].
    """

    z: Tensor
    found: int
    pictures: list[Tensor]

    def own(self, domain: int) -> slice:
        """Which points a domain's pictures were found at."""
        return slice(domain * self.found, (domain + 1) * self.found)


def generator_of(moment: Moment, stream: str) -> torch.Generator:
    """Random numbers of a step; `stream` names what they are for."""
    return torch.Generator().manual_seed(seeds.derive(moment.seed, stream, moment.step))


def changed(pictures: Tensor, moment: Moment, stream: str) -> Tensor:
    """Pictures (B, C, S, S) in [-1, 1] as a critic sees them: some moved, tinted or cut."""
    seed = seeds.derive(moment.seed, stream)
    keys = item_keys(seed, moment.step, torch.arange(len(pictures)))
    return diff_augment(pictures, CHANGED, keys, 0)


def unlike(first: Tensor, second: Tensor) -> Tensor:
    """How far the edges of pairs lie apart, scalar; pictures (B, C, S, S) in about [-1, 1].

    Adversaries and shared layers alone do not settle which picture belongs to which: any
    permutation would please them. Two looks of one thing have their edges in the same places,
    whatever their colours, so each picture's strength of edges by place, as a part of its mean,
    is compared.
    """
    return (_edges(first) - _edges(second)).abs().mean()


def _edges(pictures: Tensor) -> Tensor:
    across = F.pad((pictures[..., 1:] - pictures[..., :-1]).abs(), (0, 1))
    down = F.pad((pictures[..., 1:, :] - pictures[..., :-1, :]).abs(), (0, 0, 0, 1))
    strength = (across + down).mean(1, keepdim=True) / 2
    coarse = F.avg_pool2d(F.avg_pool2d(strength, _COARSE), 3, 1, 1)
    return coarse / (coarse.mean((1, 2, 3), keepdim=True) + _FAINT)

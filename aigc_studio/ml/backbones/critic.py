"""The discriminator: residual blocks, halved grids, and a look across the batch.

Karras et al. (2020), section 4.1 (residual connections), and "Progressive growing of GANs"
(2018), section 3 (minibatch standard deviation).
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F  # noqa: N812  its usual name
from torch import Tensor, nn

from aigc_studio.ml.backbones.attention import SelfAttention
from aigc_studio.ml.backbones.equalised import EqualConv, EqualLinear, activate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigc_studio.ml.backbones.grids import Grid

GROUP = 4
_TINY = 1e-8
_FORGET = 0.05


class HalvingBlock(nn.Module):
    """(B, I, G, G) to (B, O, G/2, G/2); the second convolution works on the coarser grid."""

    def __init__(self, fine: Grid, coarse: Grid, *, attention: bool) -> None:
        super().__init__()
        attentive = attention and fine.attentive
        self.attention = SelfAttention(fine.channels) if attentive else None
        self.first = EqualConv(fine.channels, fine.channels, 3)
        self.second = EqualConv(fine.channels, coarse.channels, 3)
        self.skip = EqualConv(fine.channels, coarse.channels, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """The mean of both paths' variances is kept."""
        if self.attention is not None:
            x = self.attention(x)
        y = activate(self.second(F.avg_pool2d(activate(self.first(x)), 2)))
        joined: Tensor = (y + self.skip(F.avg_pool2d(x, 2))) * math.sqrt(0.5)
        return joined


class Discriminator(nn.Module):
    """How real pictures look, (B, C, S, S) in [-1, 1] to (B,) float32; higher is more real.

    Attributes:
        usual_spread: what `spread` found on real pictures of late; single pictures are judged
            with it, since they have no spread.
    """

    usual_spread: Tensor

    def __init__(
        self, grids: Sequence[Grid], channels: int, *, fold: int = 1, attention: bool = False
    ) -> None:
        super().__init__()
        self.fold = fold
        fine_first = list(reversed(grids))
        last = fine_first[-1]
        self.from_picture = EqualConv(channels * fold * fold, fine_first[0].channels, 1)
        self.blocks = nn.ModuleList(
            HalvingBlock(fine, coarse, attention=attention) for fine, coarse in pairwise(fine_first)
        )
        self.last = EqualConv(last.channels, last.channels, 3)
        self.of_spread = nn.Parameter(torch.randn(last.channels))
        self.hidden = EqualLinear(last.channels * last.side**2, last.channels)
        self.verdict = EqualLinear(last.channels, 1)
        self.register_buffer("usual_spread", torch.zeros(()))

    def features(self, pictures: Tensor) -> Tensor:
        """What is seen on the coarsest grid, (B, O, G, G)."""
        x: Tensor = activate(self.from_picture(F.pixel_unshuffle(pictures, self.fold)))
        for block in self.blocks:
            x = block(x)
        return x

    def verdicts(self, features: Tensor, spread: Tensor) -> Tensor:
        """(B,) of features (B, O, G, G) and the spread beside each, (B,)."""
        # A plane of one number beside the features, convolved, is this number times a vector.
        told = spread[:, None] * (self.of_spread * self.last.gain)
        x = activate(self.last(features) + told.to(features.dtype)[:, :, None, None])
        x = activate(self.hidden(x.flatten(1)))
        verdict: Tensor = self.verdict(x)[:, 0]
        return verdict.float()

    def forward(self, pictures: Tensor) -> Tensor:
        """Verdicts of a batch that was made, or found, together."""
        features = self.features(pictures)
        return self.verdicts(features, spread(features))

    def of_real(self, pictures: Tensor) -> Tensor:
        """The same of real pictures; what is usual among them is learned from their spread."""
        features = self.features(pictures)
        beside = spread(features)
        self.usual_spread.lerp_(beside.detach().mean(), _FORGET)
        return self.verdicts(features, beside)

    def alone(self, pictures: Tensor) -> Tensor:
        """Verdicts of pictures each for itself."""
        features = self.features(pictures)
        return self.verdicts(features, self.usual_spread.expand(len(pictures)))


def spread(features: Tensor) -> Tensor:
    """Mean standard deviation within the group that each item belongs to, (B,).

    Item i is in group i mod (B / 4), so that groups mix what lies side by side; a batch that
    does not part into fours is one group.
    """
    count = len(features)
    groups = count // GROUP if count % GROUP == 0 else 1
    parted = features.float().unflatten(0, (-1, groups))
    deviation = (parted.var(0, correction=0) + _TINY).sqrt().mean((1, 2, 3))
    beside: Tensor = deviation.repeat(count // groups)
    return beside

"""The networks of the `image-upscale` family: residual blocks at the small size, and a critic.

Lim et al., "Enhanced deep residual networks for single image super-resolution" (2017): no
normalisation, so that what a pixel becomes does not depend on far ones, and one pixel shuffle
at the end (Shi et al., 2016). What is learned is added to a bicubic enlargement.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, cast

import torch.nn.functional as F  # noqa: N812  its usual name
from torch import nn

from aigc_studio.ml.backbones.conv import zero_

if TYPE_CHECKING:
    from torch import Tensor

_SLOPE = 0.2
_CRITIC_WIDTHS = (32, 64, 96)
_BICUBIC = 2  # pixels that bicubic interpolation looks to each side


class _Block(nn.Module):
    """x + conv(relu(conv(x))), (B, C, H, W); starts as the identity."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        zero_(self.second)

    def forward(self, x: Tensor) -> Tensor:
        """Same shape out as in."""
        return x + cast("Tensor", self.second(F.relu(self.first(x))))


class UpscaleNet(nn.Module):
    """Enlarges pictures of any size by one factor.

    Args:
        channels: of the pictures.
        factor: pixels out for one in, along each side.
        width: channels inside.
        blocks: residual blocks.
    """

    def __init__(self, channels: int, factor: int, width: int, blocks: int) -> None:
        super().__init__()
        self.factor = factor
        self.reach = max(2 * blocks + 3, _BICUBIC)
        self.enter = nn.Conv2d(channels, width, 3, padding=1)
        self.body = nn.Sequential(*(_Block(width) for _ in range(blocks)))
        self.join = nn.Conv2d(width, width, 3, padding=1)
        self.leave = nn.Conv2d(width, channels * factor**2, 3, padding=1)
        zero_(self.leave)

    def forward(self, small: Tensor) -> Tensor:
        """(B, C, h, w) in [0, 1] to (B, C, h * factor, w * factor), not clipped.

        A pixel depends on those up to `reach` away alone.
        """
        plain = F.interpolate(small, scale_factor=float(self.factor), mode="bicubic")
        start = self.enter(small * 2 - 1)
        found = start + self.join(self.body(start))
        return plain + F.pixel_shuffle(self.leave(found), self.factor)


class PatchCritic(nn.Module):
    """How real each part of a picture looks (Isola et al., "Image-to-image translation", 2017)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        sides = (channels, *_CRITIC_WIDTHS)
        steps = pairwise(sides)
        self.layers = nn.ModuleList(nn.Conv2d(a, b, 4, stride=2, padding=1) for a, b in steps)
        self.score = nn.Conv2d(sides[-1], 1, 3, padding=1)

    def forward(self, pictures: Tensor) -> Tensor:
        """(B, C, S, S) in [0, 1] to scores (B, 1, S / 8, S / 8), higher is more real."""
        h = pictures * 2 - 1
        for layer in self.layers:
            h = F.leaky_relu(layer(h), _SLOPE)
        return cast("Tensor", self.score(h))


class UpscalePair(nn.Module):
    """Both together, as they are trained and checkpointed."""

    def __init__(self, upscaler: UpscaleNet, critic: PatchCritic) -> None:
        super().__init__()
        self.upscaler = upscaler
        self.critic = critic

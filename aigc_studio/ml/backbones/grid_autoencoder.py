"""Convolutional encoder and decoder between a picture and a grid of latents, an eighth as wide.

As in Rombach et al., "High-resolution image synthesis with latent diffusion models" (2022),
but the first halving is a space-to-depth stem and pooling replaces strided convolutions: on
a CPU that took a third to a half of the time.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, cast

import torch.nn.functional as F  # noqa: N812  its usual name
from torch import nn

from aigc_studio.ml.backbones.conv import ResidualBlock, zero_

if TYPE_CHECKING:
    from torch import Tensor

_STEM = 2
_LOGVAR_RANGE = (-12.0, 2.0)


def _widths(width: int) -> tuple[int, int, int]:
    """Channels at a half, a quarter and an eighth of the side."""
    return max(8, width // 4), max(8, width // 2), width


def _stage(channels: int, count: int) -> nn.Sequential:
    return nn.Sequential(*(ResidualBlock(channels) for _ in range(count)))


class GridEncoder(nn.Module):
    """Pictures (B, C, S, S) around 0 to posterior means and log variances, (B, L, S/8, S/8)."""

    def __init__(self, channels: int, latent: int, width: int, blocks: int) -> None:
        super().__init__()
        widths = _widths(width)
        self.enter = nn.Conv2d(channels * _STEM**2, widths[0], 3, padding=1)
        counts = (1, max(1, blocks // 2), blocks)
        pairs = zip(widths, counts, strict=True)
        self.stages = nn.ModuleList(_stage(wide, count) for wide, count in pairs)
        self.downs = nn.ModuleList(nn.Conv2d(fine * 4, wide, 1) for fine, wide in pairwise(widths))
        self.leave = nn.Conv2d(width, 2 * latent, 1)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Means and log variances, float32."""
        h = self.stages[0](self.enter(F.pixel_unshuffle(x, _STEM)))
        for down, stage in zip(self.downs, self.stages[1:], strict=True):
            h = stage(down(F.pixel_unshuffle(h, 2)))
        mean, logvar = self.leave(F.silu(h)).float().chunk(2, 1)
        return mean, logvar.clamp(*_LOGVAR_RANGE)


class GridDecoder(nn.Module):
    """Latents (B, L, S/8, S/8) to pictures (B, C, S, S) around 0."""

    def __init__(self, channels: int, latent: int, width: int, blocks: int) -> None:
        super().__init__()
        widths = _widths(width)[::-1]
        self.enter = nn.Conv2d(latent, width, 3, padding=1)
        counts = (blocks, max(1, blocks // 2), 1)
        pairs = zip(widths, counts, strict=True)
        self.stages = nn.ModuleList(_stage(wide, count) for wide, count in pairs)
        self.ups = nn.ModuleList(nn.Conv2d(wide, fine * 4, 1) for wide, fine in pairwise(widths))
        self.leave = nn.Conv2d(widths[-1], channels * _STEM**2, 3, padding=1)
        zero_(self.leave)

    def forward(self, z: Tensor) -> Tensor:
        """Pictures around 0, float32, not clipped."""
        h = self.stages[0](self.enter(z))
        for up, stage in zip(self.ups, self.stages[1:], strict=True):
            h = stage(F.pixel_shuffle(up(h), 2))
        return F.pixel_shuffle(self.leave(F.silu(h)), _STEM).float()


class GridAutoencoder(nn.Module):
    """Encoder and decoder in one, for pictures in [0, 1]."""

    def __init__(self, channels: int, latent: int, width: int, blocks: int) -> None:
        super().__init__()
        self.encoder = GridEncoder(channels, latent, width, blocks)
        self.decoder = GridDecoder(channels, latent, width, blocks)

    def encode(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        """Posterior means and log variances of pictures (B, C, S, S) in [0, 1]."""
        return cast("tuple[Tensor, Tensor]", self.encoder(pixels * 2 - 1))

    def decode(self, z: Tensor) -> Tensor:
        """Pictures around [0, 1], not clipped."""
        return cast("Tensor", self.decoder(z)) * 0.5 + 0.5

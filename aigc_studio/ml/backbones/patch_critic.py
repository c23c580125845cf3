"""A critic that judges patches: Isola et al., "Image-to-image translation" (2017)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch.nn.functional as F  # noqa: N812  its usual name
from torch import nn

if TYPE_CHECKING:
    from torch import Tensor


class PatchCritic(nn.Module):
    """Pictures (B, C, S, S) in [0, 1] to how real each patch looks, (B, 1, S/8, S/8).

    A cell sees a patch of 24 x 24 pixels.
    """

    def __init__(self, channels: int, width: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(channels * 4, width, 3, padding=1),
            nn.LeakyReLU(0.2),
            nn.PixelUnshuffle(2),
            nn.Conv2d(width * 4, 2 * width, 1),
            nn.GroupNorm(max(1, width // 8), 2 * width),
            nn.LeakyReLU(0.2),
            nn.PixelUnshuffle(2),
            nn.Conv2d(width * 8, 4 * width, 1),
            nn.GroupNorm(max(1, width // 4), 4 * width),
            nn.LeakyReLU(0.2),
            nn.Conv2d(4 * width, 1, 3, padding=1),
        )

    def forward(self, pixels: Tensor) -> Tensor:
        """Higher is more real."""
        judged: Tensor = self.layers(F.pixel_unshuffle(pixels * 2 - 1, 2))
        return judged.float()

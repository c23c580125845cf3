"""Self-attention over the cells of a grid.

Zhang, Goodfellow, Metaxas and Odena, "Self-attention generative adversarial networks" (2019).
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from aigc_studio.ml.backbones.equalised import EqualConv


class SelfAttention(nn.Module):
    """x + strength * attention(x), (B, C, G, G); the strength starts at zero.

    Products are written out: gradient penalties need second derivatives, which the fused
    attention has not.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.inner = max(8, channels // 4)
        self.keys = EqualConv(channels, 2 * self.inner, 1)
        self.values = EqualConv(channels, channels, 1)
        self.strength = nn.Parameter(torch.zeros(()))

    def forward(self, x: Tensor) -> Tensor:
        """Every cell gains what the cells that are like it hold."""
        query, key = self.keys(x).flatten(2).split(self.inner, 1)
        weights = (query.transpose(1, 2) @ key / math.sqrt(self.inner)).softmax(-1)
        seen = self.values(x).flatten(2) @ weights.transpose(1, 2)
        joined: Tensor = x + self.strength * seen.view_as(x)
        return joined

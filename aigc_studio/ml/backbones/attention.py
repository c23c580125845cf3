"""Self-attention over the cells of a grid.

Zhang, Goodfellow, Metaxas and Odena, "Self-attention generative adversarial networks" (2019).
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F  # noqa: N812  its usual name
from torch import Tensor, nn

from aigc_studio.ml.backbones.equalised import EqualConv

_LOOKED_AT = 8  # cells a side


class SelfAttention(nn.Module):
    """x + strength * attention(x), (B, C, G, G); the strength starts at zero.

    What is looked at is pooled to a grid of about eight cells, which keeps the table of all
    pairs small; the paper pools too. Products are written out: gradient penalties need second
    derivatives, which the fused attention has not.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.inner = max(8, channels // 4)
        self.queries = EqualConv(channels, self.inner, 1)
        self.keys = EqualConv(channels, self.inner, 1)
        self.values = EqualConv(channels, channels, 1)
        self.strength = nn.Parameter(torch.zeros(()))

    def forward(self, x: Tensor) -> Tensor:
        """Every cell gains what the cells that are like it hold."""
        pool = max(1, x.shape[-1] // _LOOKED_AT)
        pooled = F.avg_pool2d(x, pool)
        query, key = self.queries(x).flatten(2), self.keys(pooled).flatten(2)
        weights = (query.transpose(1, 2) @ key / math.sqrt(self.inner)).softmax(-1)
        seen = self.values(pooled).flatten(2) @ weights.transpose(1, 2)
        joined: Tensor = x + self.strength * seen.view_as(x)
        return joined

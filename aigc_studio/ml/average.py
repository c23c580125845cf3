"""The averaged weights that are exported: an exponential moving average.

Polyak and Juditsky (1992); the ramp keeps the first steps from lingering, as in Karras et al.,
"Analyzing and improving the training dynamics of diffusion models" (2024).
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from torch import Tensor, nn


def averaged_copy(net: nn.Module) -> nn.Module:
    """A frozen copy of `net` for `update_average`."""
    copied = copy.deepcopy(net).eval()
    for parameter in copied.parameters():
        parameter.requires_grad_(False)
    return copied


@torch.no_grad()
def update_average(averaged: nn.Module, net: nn.Module, step: int, decay: float) -> None:
    """Move the average towards `net` after step number `step` (from 0); buffers are copied."""
    ramped = min(decay, (1 + step) / (10 + step))
    targets: list[Tensor] = list(averaged.parameters())
    sources: list[Tensor] = list(net.parameters())
    torch._foreach_lerp_(targets, sources, 1 - ramped)
    for mine, theirs in zip(averaged.buffers(), net.buffers(), strict=True):
        mine.copy_(theirs)

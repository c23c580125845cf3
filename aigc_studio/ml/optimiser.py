"""Optimisers, and one step of them: AdamW (Loshchilov and Hutter, 2019)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from torch import Tensor, nn

    from aigc_studio.catalog.training import TrainOptions


def descend(
    optimiser: torch.optim.Optimizer, net: nn.Module, loss: Tensor, options: TrainOptions
) -> None:
    """One step down a loss with what `net` learns, the norm of its gradient clipped."""
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), options.clip)
    optimiser.step()


def adamw(net: nn.Module, options: TrainOptions) -> torch.optim.Optimizer:
    """AdamW for all of a net that is not frozen."""
    learned = [parameter for parameter in net.parameters() if parameter.requires_grad]
    # Weight decay pulls on matrices and kernels alone, not on biases and norms.
    groups = [
        {"params": [p for p in learned if p.ndim > 1], "weight_decay": options.weight_decay},
        {"params": [p for p in learned if p.ndim <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=options.learning_rate, betas=(0.9, 0.99), fused=True)

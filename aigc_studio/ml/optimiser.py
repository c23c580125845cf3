"""The optimiser of families that learn by one loss: AdamW (Loshchilov and Hutter, 2019)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from torch import nn

    from aigc_studio.catalog.training import TrainOptions


def adamw(net: nn.Module, options: TrainOptions) -> torch.optim.Optimizer:
    """AdamW for all of a net that is not frozen."""
    learned = [parameter for parameter in net.parameters() if parameter.requires_grad]
    # Weight decay pulls on matrices and kernels alone, not on biases and norms.
    groups = [
        {"params": [p for p in learned if p.ndim > 1], "weight_decay": options.weight_decay},
        {"params": [p for p in learned if p.ndim <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=options.learning_rate, betas=(0.9, 0.99), fused=True)

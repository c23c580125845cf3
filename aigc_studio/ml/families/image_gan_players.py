"""Who learns in the `image-gan` family, and the step that each takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from torch import Tensor, nn

    from aigc_studio.catalog.training import TrainOptions
    from aigc_studio.ml.families.image_gan_net import ImageGanNet

ENCODER = "encoder"


class Players:
    """Generator, discriminator and encoder, as far as they are not frozen.

    Attributes:
        optimisers: by player; Adam without momentum for the two that play against each other,
            which keeps them from circling.
    """

    def __init__(self, net: ImageGanNet, options: TrainOptions) -> None:
        parts = {"generator": net.generator, "discriminator": net.critic, ENCODER: net.finder}
        self._learned: dict[str, list[nn.Parameter]] = {
            name: learned for name, learned in parts.items() if learned
        }
        self._clip = options.clip
        self.optimisers: dict[str, torch.optim.Optimizer] = {
            name: torch.optim.AdamW(
                learned,
                lr=options.learning_rate,
                betas=(0.9 if name == ENCODER else 0.0, 0.99),
                weight_decay=options.weight_decay,
                fused=True,
            )
            for name, learned in self._learned.items()
        }

    def descend(self, loss: Tensor, *names: str) -> None:
        """A step of these players on a loss of theirs; those that are frozen stay."""
        players = [name for name in names if name in self._learned]
        if not players:
            return
        for name in players:
            self.optimisers[name].zero_grad(set_to_none=True)
        loss.backward(inputs=[each for name in players for each in self._learned[name]])
        for name in players:
            torch.nn.utils.clip_grad_norm_(self._learned[name], self._clip)
            self.optimisers[name].step()

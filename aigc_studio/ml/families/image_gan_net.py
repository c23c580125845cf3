"""The networks of the `image-gan` family, and the few numbers that training keeps beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from aigc_studio.base import seeds
from aigc_studio.ml.backbones.conv import ConvEncoder
from aigc_studio.ml.backbones.critic import Discriminator
from aigc_studio.ml.backbones.grids import grids_of
from aigc_studio.ml.backbones.style import Mapping, Synthesis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigc_studio.catalog.image_gan import ImageGanConfig

PARTS = ("mapping", "synthesis", "discriminator-early")

_FINDER_WIDTH, _FINDER_NECK = 96, 16


class Finder(nn.Module):
    """Where a picture lies: (B, C, S, S) in [-1, 1] to w (B, W), float32.

    Tov et al., "Designing an encoder for StyleGAN image manipulation" (2021), keep to one w for
    all layers, which is where pictures can be moved.
    """

    def __init__(self, size: int, channels: int, latent: int) -> None:
        super().__init__()
        self.body = ConvEncoder(size, channels, _FINDER_WIDTH, 1, _FINDER_NECK)
        self.to_w = nn.Linear(self.body.features, latent)

    def forward(self, pictures: Tensor) -> Tensor:
        """The point in w."""
        found: Tensor = self.to_w(self.body(pictures)).float()
        return found


class ImageGanNet(nn.Module):
    """Generator (mapping and synthesis), discriminator, and the encoder trained beside them.

    Attributes:
        probability: of augmentation, adapted with the logistic loss.
        signs: running mean of sign(D(x)) over real pictures, what that is adapted by.
        path_length: running mean of the path lengths.
    """

    probability: Tensor
    signs: Tensor
    path_length: Tensor

    def __init__(self, config: ImageGanConfig) -> None:
        super().__init__()
        grids = grids_of(config.size, config.width, wide=config.wide, fold=config.cell)
        self.latent = config.latent
        self.mapping = Mapping(config.latent, config.mapping)
        self.synthesis = Synthesis(
            grids, config.latent, config.channels, fold=config.cell, attention=config.attention
        )
        self.discriminator = Discriminator(
            grids, config.channels, fold=config.cell, attention=config.attention
        )
        self.encoder = Finder(config.size, config.channels, config.latent)
        self.register_buffer("probability", torch.zeros(()))
        self.register_buffer("signs", torch.zeros(()))
        self.register_buffer("path_length", torch.zeros(()))

    @property
    def generator(self) -> list[nn.Parameter]:
        """What the generator's step learns."""
        return [*_learned(self.mapping), *_learned(self.synthesis)]

    @property
    def critic(self) -> list[nn.Parameter]:
        """What the discriminator's step learns."""
        return _learned(self.discriminator)

    @property
    def finder(self) -> list[nn.Parameter]:
        """What the encoder's step learns."""
        return _learned(self.encoder)

    def freeze(self, part: str) -> None:
        """Keep one of `PARTS` as it is.

        "discriminator-early" are the finer half of its grids: Mo, Cho and Shin, "Freeze the
        discriminator" (2020).
        """
        critic = self.discriminator
        early = [critic.from_picture, *critic.blocks[: (len(critic.blocks) + 1) // 2]]
        kept = early if part == "discriminator-early" else [getattr(self, part)]
        for module in kept:
            module.requires_grad_(False)

    def broadcast(self, w: Tensor) -> Tensor:
        """w (B, W) for each layer, (B, L, W)."""
        return w[:, None].expand(-1, self.synthesis.styles, -1)

    def pictures(self, w: Tensor, noise: Sequence[Tensor] | None = None) -> Tensor:
        """Pictures (B, C, S, S) in about [-1, 1] of w (B, W) or (B, L, W).

        Args:
            noise: for each layer; the model's own, always the same, when not given.
        """
        layered = self.broadcast(w) if w.ndim == 2 else w
        made: Tensor = self.synthesis(layered, noise or self.usual_noise(w.device))
        return made

    @property
    def noise_numbers(self) -> int:
        """Numbers of all layers' noise together."""
        return sum(side * side for side in self.synthesis.noises)

    def noise_of(self, numbers: Tensor) -> list[Tensor]:
        """Numbers (B, N) as noise for each layer, (B, 1, G, G)."""
        sides = self.synthesis.noises
        parts = numbers.split([side * side for side in sides], 1)
        return [part.reshape(-1, 1, side, side) for part, side in zip(parts, sides, strict=True)]

    def usual_noise(self, device: torch.device) -> list[Tensor]:
        """The noise of each layer when none is given, (1, 1, G, G) each."""
        generator = torch.Generator().manual_seed(seeds.derive(0, "noise"))
        numbers = torch.randn(1, self.noise_numbers, generator=generator)
        return self.noise_of(numbers.to(device))


def _learned(module: nn.Module) -> list[nn.Parameter]:
    return [parameter for parameter in module.parameters() if parameter.requires_grad]

"""The network of the `image-flow` family: an autoencoder, and a flow over its latents."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn

from aigc_studio.ml.backbones.flow_transformer import FlowTransformer
from aigc_studio.ml.backbones.grid_autoencoder import GridAutoencoder
from aigc_studio.ml.backbones.patch_critic import PatchCritic

if TYPE_CHECKING:
    from aigc_studio.catalog.image_flow import ImageFlowConfig


class ImageFlowNet(nn.Module):
    """Autoencoder and flow; the flow sees latents of mean 0 and deviation 1.

    Args:
        config: shape.
        count: words and labels that are known.
        critic: whether a patch critic learns beside; no part of a model.

    Attributes:
        latent_mean, latent_std: of the encoder's latents by channel, (L, 1, 1); deviations of
            0 until they have been measured.
    """

    latent_mean: Tensor
    latent_std: Tensor

    def __init__(self, config: ImageFlowConfig, count: int, *, critic: bool = False) -> None:
        super().__init__()
        shape = (config.latent, 1, 1)
        self.autoencoder = GridAutoencoder(
            config.channels, config.latent, config.width, config.blocks
        )
        self.flow = FlowTransformer(config, count)
        self.critic = PatchCritic(config.channels, max(16, config.width // 4)) if critic else None
        self.register_buffer("latent_mean", torch.zeros(shape))
        self.register_buffer("latent_std", torch.zeros(shape))

    @property
    def measured(self) -> bool:
        """Whether the latents' mean and deviation are known."""
        return bool((self.latent_std > 0).all())

    @torch.no_grad()
    def measure(self, means: Tensor) -> None:
        """Take mean and deviation from encoded pictures (N, L, H, W)."""
        self.latent_mean.copy_(means.mean((0, 2, 3))[:, None, None])
        self.latent_std.copy_(means.std((0, 2, 3)).clamp_min(1e-4)[:, None, None])

    def encode(self, pixels: Tensor) -> Tensor:
        """Latents of mean 0 and deviation 1, (B, L, H, W), of (B, C, S, S) in [0, 1]."""
        mean, _ = self.autoencoder.encode(pixels)
        return (mean - self.latent_mean) / self.latent_std

    def decode(self, latents: Tensor) -> Tensor:
        """Pictures (B, C, S, S) in [0, 1] of such latents."""
        raw = self.autoencoder.decode(latents * self.latent_std + self.latent_mean)
        return raw.clamp(0.0, 1.0)

    def velocity(self, x: Tensor, time: Tensor, tokens: Tensor) -> Tensor:
        """Where points go at a time given words, see `FlowTransformer`."""
        return cast("Tensor", self.flow(x, time, tokens))

"""What is random in a step of the `image-gan` family, and who holds still in it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import torch

from aigc_studio.base import seeds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import Tensor, nn

    from aigc_studio.ml.families.image_gan_net import ImageGanNet
    from aigc_studio.ml.protocol import Moment


class Draws:
    """Everything random that a step's generator needs, from the moment alone.

    Attributes:
        points: of z, two for each item, since styles may be mixed; (2 B, Z).
    """

    def __init__(self, net: ImageGanNet, moment: Moment, device: str) -> None:
        name = seeds.derive(moment.seed, "draws", moment.step)
        self._generator = torch.Generator().manual_seed(name)
        self._net, self._device = net, device
        self.points = self._normal(2 * len(moment.items), net.latent)

    def _normal(self, *shape: int) -> Tensor:
        return torch.randn(shape, generator=self._generator).to(self._device)

    def noise(self, count: int) -> list[Tensor]:
        """Noise for each layer, (B, 1, G, G)."""
        return self._net.noise_of(self._normal(count, self._net.noise_numbers))

    def angles(self, count: int) -> Tensor:
        """How far each point goes towards others, (N,) in [0, 1]; see `image_gan_points.among`."""
        return torch.rand(count, generator=self._generator).to(self._device)

    def crossings(self, count: int, probability: float) -> Tensor:
        """Which layers take the other point, (B, L)."""
        layers = self._net.synthesis.styles
        draws = torch.rand(count, 2, generator=self._generator)
        first = 1 + (draws[:, 1:] * (layers - 1)).floor()
        crossed = (draws[:, :1] < probability) & (torch.arange(layers) >= first)
        return crossed.to(self._device)


@contextlib.contextmanager
def held(learned: list[nn.Parameter]) -> Iterator[None]:
    """While inside, what is computed finds no gradients of these."""
    for parameter in learned:
        parameter.requires_grad_(False)
    try:
        yield
    finally:
        for parameter in learned:
            parameter.requires_grad_(True)

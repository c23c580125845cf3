"""The networks of the `cogan` family: two generators with one beginning, two critics with one end.

Liu and Tuzel, "Coupled generative adversarial networks" (2016): what is shared decides what a
pair has in common, what is apart how each domain looks.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, cast

import torch.nn.functional as F  # noqa: N812  its usual name
from torch import nn

from aigc_studio.catalog.cogan import grids
from aigc_studio.ml.backbones.conv import zero_

if TYPE_CHECKING:
    from torch import Tensor

DOMAINS = 2
_SLOPE = 0.2
_NARROWEST = 16


class _Block(nn.Module):
    """x + conv(act(conv(act(x)))), (B, C, G, G); starts as the identity."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        zero_(self.second)

    def forward(self, x: Tensor) -> Tensor:
        """Same shape out as in."""
        inner = self.first(F.leaky_relu(x, _SLOPE))
        return x + cast("Tensor", self.second(F.leaky_relu(inner, _SLOPE)))


class _Up(nn.Module):
    """To twice the side: (B, C, G, G) to (B, D, 2 G, 2 G)."""

    def __init__(self, coarse: int, fine: int) -> None:
        super().__init__()
        self.change = nn.Conv2d(coarse, fine, 1)
        self.block = _Block(fine)

    def forward(self, x: Tensor) -> Tensor:
        """Twice the side."""
        return cast("Tensor", self.block(F.interpolate(self.change(x), scale_factor=2.0)))


class _Down(nn.Module):
    """To half the side: (B, D, 2 G, 2 G) to (B, C, G, G)."""

    def __init__(self, fine: int, coarse: int) -> None:
        super().__init__()
        self.block = _Block(fine)
        self.change = nn.Conv2d(fine, coarse, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Half the side."""
        return cast("Tensor", self.change(F.avg_pool2d(self.block(x), 2)))


class _End(nn.Module):
    """What one domain has for itself: the last steps of a generator, up to the picture."""

    def __init__(self, widths: list[int], channels: int) -> None:
        super().__init__()
        self.ups = nn.Sequential(*(_Up(a, b) for a, b in pairwise(widths)))
        self.block = _Block(widths[-1])
        self.leave = nn.Conv2d(widths[-1], channels, 3, padding=1)

    def forward(self, h: Tensor) -> Tensor:
        """Features to (B, channels, S, S), centred around 0.5 and not clipped.

        A sigmoid saturates: under an early, certain critic it went to black and never came back.
        """
        return cast("Tensor", self.leave(F.leaky_relu(self.block(self.ups(h)), _SLOPE))) + 0.5


class _Beginning(nn.Module):
    """What one domain's critic has for itself: its first steps, from the picture on."""

    def __init__(self, widths: list[int], channels: int) -> None:
        super().__init__()
        self.enter = nn.Conv2d(channels, widths[-1], 3, padding=1)
        self.downs = nn.Sequential(*(_Down(a, b) for a, b in pairwise(widths[::-1])))

    def forward(self, pictures: Tensor) -> Tensor:
        """(B, channels, S, S) in [0, 1] to features."""
        return cast("Tensor", self.downs(self.enter(pictures * 2 - 1)))


class CoupledGenerators(nn.Module):
    """One point, a picture of each domain.

    Args:
        size, channels: of the pictures.
        latent: numbers of a point.
        width: channels of the coarsest grid.
        apart: halvings with layers of each domain's own.
    """

    def __init__(self, size: int, channels: int, latent: int, width: int, apart: int) -> None:
        super().__init__()
        self.grid = grids(size)[-1]
        widths, shared = plan(size, width, apart)
        self.dense = nn.Linear(latent, width * self.grid**2)
        common = pairwise(widths[: shared + 1])
        self.trunk = nn.Sequential(_Block(width), *(_Up(a, b) for a, b in common))
        self.ends = nn.ModuleList(_End(widths[shared:], channels) for _ in range(DOMAINS))

    def forward(self, z: Tensor) -> list[Tensor]:
        """Points (B, Z) to a picture (B, channels, S, S) of each domain, around [0, 1]."""
        h = self.trunk(self.dense(z).unflatten(1, (-1, self.grid, self.grid)))
        return [end(h) for end in self.ends]


class CoupledCritics(nn.Module):
    """How real a picture looks in its domain. Arguments as of `CoupledGenerators`."""

    def __init__(self, size: int, channels: int, width: int, apart: int) -> None:
        super().__init__()
        widths, shared = plan(size, width, apart)
        own = (_Beginning(widths[shared:], channels) for _ in range(DOMAINS))
        self.beginnings = nn.ModuleList(own)
        common = pairwise(widths[shared::-1])
        self.trunk = nn.Sequential(*(_Down(a, b) for a, b in common), _Block(width))
        self.score = nn.Linear(width * grids(size)[-1] ** 2, 1)

    def forward(self, pictures: Tensor, domain: int) -> Tensor:
        """(B, channels, S, S) in [0, 1] to scores (B,), higher is more real."""
        h = F.leaky_relu(self.trunk(self.beginnings[domain](pictures)), _SLOPE)
        return cast("Tensor", self.score(h.flatten(1)))[:, 0]


class CoupledPair(nn.Module):
    """Generators and critics together, as they are trained and checkpointed."""

    def __init__(self, generators: CoupledGenerators, critics: CoupledCritics) -> None:
        super().__init__()
        self.generators = generators
        self.critics = critics


def plan(size: int, width: int, apart: int) -> tuple[list[int], int]:
    """Channels of each grid, coarsest first, and how many halvings are shared."""
    steps = len(grids(size)) - 1
    floor = min(width, _NARROWEST)
    # The finest grids have most cells: narrower there, all cost alike.
    widths = [max(floor, width >> max(0, depth - 1)) for depth in range(steps + 1)]
    return widths, max(0, steps - apart)

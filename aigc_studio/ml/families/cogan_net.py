"""The networks of the `cogan` family: two generators with one beginning, two readers with one end.

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
    from collections.abc import Mapping

    from torch import Tensor

    from aigc_studio.catalog.cogan import CoganConfig

DOMAINS = 2
_SLOPE = 0.2
_NARROWEST = 16
_FIRST = "generators."


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

    def __init__(self, widths: list[int], channels: int, fold: int) -> None:
        super().__init__()
        self.fold = fold
        self.ups = nn.Sequential(*(_Up(a, b) for a, b in pairwise(widths)))
        self.block = _Block(widths[-1])
        self.channels = channels
        # Where a cell is several pixels, a smooth picture of cells, and what each pixel differs.
        smooth = fold > 1
        self.leave = nn.Conv2d(widths[-1], channels * (fold**2 + smooth), 3, padding=1)

    def forward(self, h: Tensor) -> Tensor:
        """Features to (B, channels, S, S), centred around 0.5 and not clipped.

        A sigmoid saturates: under an early, certain critic it went to black and never came back.
        """
        left = self.leave(F.leaky_relu(self.block(self.ups(h)), _SLOPE)) + 0.5
        if self.fold == 1:
            return cast("Tensor", left)
        cells = left[:, : self.channels]
        smooth = F.interpolate(cells, scale_factor=float(self.fold), mode="bilinear")
        return smooth + F.pixel_shuffle(left[:, self.channels :] - 0.5, self.fold)


class _Beginning(nn.Module):
    """What one domain's reader has for itself: its first steps, from the picture on."""

    def __init__(self, widths: list[int], channels: int, fold: int) -> None:
        super().__init__()
        self.fold = fold
        self.enter = nn.Conv2d(channels * fold**2, widths[-1], 3, padding=1)
        self.downs = nn.Sequential(*(_Down(a, b) for a, b in pairwise(widths[::-1])))

    def forward(self, pictures: Tensor) -> Tensor:
        """(B, channels, S, S) in [-1, 1] to features."""
        return cast("Tensor", self.downs(self.enter(F.pixel_unshuffle(pictures, self.fold))))


class CoupledGenerators(nn.Module):
    """One point, a picture of each domain."""

    def __init__(self, config: CoganConfig) -> None:
        super().__init__()
        widths, shared, self.grid = plan(config)
        self.dense = nn.Linear(config.latent, widths[0] * self.grid**2)
        common = pairwise(widths[: shared + 1])
        self.trunk = nn.Sequential(_Block(widths[0]), *(_Up(a, b) for a, b in common))
        own = (_End(widths[shared:], config.channels, config.cell) for _ in range(DOMAINS))
        self.ends = nn.ModuleList(own)

    def forward(self, z: Tensor) -> list[Tensor]:
        """Points (B, Z) to a picture (B, channels, S, S) of each domain, around [0, 1]."""
        h = self._begun(z)
        return [end(h) for end in self.ends]

    def one(self, z: Tensor, domain: int) -> Tensor:
        """The picture of one domain alone."""
        return cast("Tensor", self.ends[domain](self._begun(z)))

    def _begun(self, z: Tensor) -> Tensor:
        return cast("Tensor", self.trunk(self.dense(z).unflatten(1, (-1, self.grid, self.grid))))


class CoupledReaders(nn.Module):
    """What each domain's pictures come to: as critics how real they look, as encoders where.

    Args:
        config: shape.
        numbers: of the answer, N.
    """

    def __init__(self, config: CoganConfig, numbers: int) -> None:
        super().__init__()
        widths, shared, grid = plan(config)
        own = (_Beginning(widths[shared:], config.channels, config.cell) for _ in range(DOMAINS))
        self.beginnings = nn.ModuleList(own)
        common = pairwise(widths[shared::-1])
        self.trunk = nn.Sequential(*(_Down(a, b) for a, b in common), _Block(widths[0]))
        self.answer = nn.Linear(widths[0] * grid**2, numbers)

    def forward(self, pictures: Tensor, domain: int) -> Tensor:
        """(B, channels, S, S) in [-1, 1] to (B, N)."""
        h = F.leaky_relu(self.trunk(self.beginnings[domain](pictures)), _SLOPE)
        return cast("Tensor", self.answer(h.flatten(1)))


class CoupledMakers(nn.Module):
    """What a model consists of: the generators, and the encoders where pictures are rebuilt.

    Liu, Breuel and Kautz, "Unsupervised image-to-image translation networks" (2017), add
    encoders that share their end to the coupled generators: a picture of either domain is
    then found, and shown in the other.
    """

    def __init__(self, config: CoganConfig) -> None:
        super().__init__()
        self.generators = CoupledGenerators(config)
        rebuilds = config.rebuild > 0
        self.encoders = CoupledReaders(config, config.latent) if rebuilds else None

    def found(self, pictures: Tensor, domain: int) -> Tensor:
        """Where pictures (B, C, S, S) in [-1, 1] of a domain lie, (B, Z).

        Raises:
            TypeError: nothing was rebuilt, so nothing is found.
        """
        if self.encoders is None:
            raise TypeError("these makers have no encoders")
        return cast("Tensor", self.encoders(pictures, domain))

    def stored(self) -> dict[str, Tensor]:
        """The weights by name; generators stand without a prefix, as in models without encoders."""
        return {name.removeprefix(_FIRST): each for name, each in self.state_dict().items()}

    def load_stored(self, tensors: Mapping[str, Tensor], *, assign: bool = False) -> None:
        """Take what `stored` gave.

        Raises:
            RuntimeError: something is missing, too much, or of another shape.
        """
        named = {k if k.startswith("encoders.") else _FIRST + k: t for k, t in tensors.items()}
        self.load_state_dict(named, assign=assign)


class CoupledPair(nn.Module):
    """Makers and critics together, as they are trained and checkpointed.

    Both domains start alike: then what they have in common is found in the same places.
    """

    def __init__(self, config: CoganConfig) -> None:
        super().__init__()
        self.makers = CoupledMakers(config)
        self.critics = CoupledReaders(config, 1)
        readers = (self.critics, self.makers.encoders)
        own = [self.makers.generators.ends, *(r.beginnings for r in readers if r is not None)]
        for first, second in own:
            second.load_state_dict(first.state_dict())


def plan(config: CoganConfig) -> tuple[list[int], int, int]:
    """Channels of each grid, coarsest first, how many halvings are shared, the coarsest side."""
    sides = grids(config.size // config.cell)
    steps = len(sides) - 1
    floor = min(config.width, _NARROWEST)
    # The finest grids have most cells: narrower there, all cost alike.
    widths = [max(floor, config.width >> max(0, depth - 1)) for depth in range(steps + 1)]
    return widths, max(0, steps - config.apart), sides[-1]

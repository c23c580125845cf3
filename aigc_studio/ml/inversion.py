"""Find a picture's point by searching: Adam on the latent, for every model that makes pictures.

Abdal, Qin and Wonka, "Image2StyleGAN" (2019), with errors on coarser grids in place of a
perceptual network: they pull where a difference of single pixels has no slope yet.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F  # noqa: N812  its usual name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torch import Tensor

_RATE = 0.05  # of the typical spread, in the first step
_COARSEST = 8  # pixels a side
_EVERY = 10  # steps between looks at how good it has become
_STRAY = 1e-3


@dataclass(frozen=True)
class Search:
    """What a search needs to know of a model.

    Attributes:
        make: points (1, ...) to pictures (1, C, S, S), about [0, 1], differentiable.
        scale: typical spread of each number, so that all move alike.
        stray: how unusual a point is, a scalar about 1 where points are usual.
        held: weight of that.
    """

    make: Callable[[Tensor], Tensor]
    scale: Tensor
    stray: Callable[[Tensor], Tensor]
    held: float = _STRAY


def search(
    model: Search, start: Tensor, goal: Tensor, steps: int
) -> Iterator[tuple[Tensor, float]]:
    """The best point so far and its PSNR in dB: the start, then every ten steps, then the end.

    No random number is drawn, so the same start gives the same points.

    Args:
        start: where to begin, (1, ...).
        goal: the picture, (1, C, S, S) in [0, 1].
        steps: of Adam, at most.
    """
    scale = model.scale.clamp_min(1e-6)
    moved = torch.zeros_like(start, requires_grad=True)
    optimiser = torch.optim.Adam([moved], lr=_RATE, betas=(0.9, 0.99))
    best, least = start, math.inf
    for step in range(steps + 1):
        point = start + moved * scale
        made = model.make(point)
        error = float((made.detach().clamp(0, 1) - goal).square().mean())
        if error < least:
            best, least = point.detach().clone(), error
        if step % _EVERY == 0 or step == steps:
            yield best, -10.0 * math.log10(max(least, 1e-10))
        if step < steps:
            _descend(optimiser, distance(made, goal) + model.held * model.stray(point), step, steps)


def _descend(optimiser: torch.optim.Optimizer, loss: Tensor, step: int, steps: int) -> None:
    for group in optimiser.param_groups:
        group["lr"] = _RATE * 0.5 * (1 + math.cos(math.pi * step / steps))
    (moved,) = optimiser.param_groups[0]["params"]
    (moved.grad,) = torch.autograd.grad(loss, moved)  # the model's own weights gather nothing
    optimiser.step()


def distance(made: Tensor, goal: Tensor) -> Tensor:
    """Mean squared error, the mean over grids each half as fine as the one before; scalar."""
    errors = []
    while True:
        errors.append((made - goal).square().mean())
        if made.shape[-1] % 2 or made.shape[-1] // 2 < _COARSEST:
            return torch.stack(errors).mean()
        made, goal = F.avg_pool2d(made, 2), F.avg_pool2d(goal, 2)

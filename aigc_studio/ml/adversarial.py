"""Losses of generators and critics in pairs, with the penalties that keep critics smooth.

Huang, Gokaslan, Kuleshov and Tompkin, "The GAN is dead; long live the GAN!" (2024), R3GAN.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F  # noqa: N812  its usual name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import Tensor, nn


def critic_loss(real: Tensor, made: Tensor) -> Tensor:
    """E softplus(-(D(x) - D(G(z)))), relativistic pairing, eq. 2; a scalar.

    Args:
        real, made: the critic's scores of as many true and made items, any shape.
    """
    return F.softplus(made - real).mean()


def generator_loss(real: Tensor, made: Tensor) -> Tensor:
    """E softplus(-(D(G(z)) - D(x))); a scalar. Arguments as of `critic_loss`."""
    return F.softplus(real - made).mean()


def gradient_penalty(scores: Tensor, items: Tensor) -> Tensor:
    """E |grad D|^2 at items that require gradients, zero-centred; a scalar.

    R1 on true items (Mescheder, Geiger and Nowozin, 2018), R2 on made ones.

    Args:
        scores: of the critic, the first axis are items.
        items: what was scored, (B, ...).
    """
    (slope,) = torch.autograd.grad(scores.sum(), items, create_graph=True)
    squares: Tensor = slope.square().flatten(1).sum(1)
    return squares.mean()


@contextlib.contextmanager
def held_still(net: nn.Module) -> Iterator[None]:
    """Inside, nothing of `net` gathers gradients, while what it is fed still does."""
    learned = [parameter for parameter in net.parameters() if parameter.requires_grad]
    for parameter in learned:
        parameter.requires_grad_(False)
    try:
        yield
    finally:
        for parameter in learned:
            parameter.requires_grad_(True)


def balance(main: Tensor, other: Tensor, at: Tensor, most: float = 1e4) -> Tensor:
    """The factor by which `other` pulls on the weights `at` as strongly as `main` does.

    The adaptive weight of Esser, Rombach and Ommer, "Taming transformers" (2021), eq. 7.

    Args:
        main, other: scalar losses.
        at: weights both depend on.
    """
    (ours,) = torch.autograd.grad(main, at, retain_graph=True)
    (theirs,) = torch.autograd.grad(other, at, retain_graph=True)
    ratio: Tensor = ours.norm() / (theirs.norm() + 1e-6)
    return ratio.clamp(max=most).detach()

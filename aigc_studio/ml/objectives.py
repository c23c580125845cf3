"""Terms of objectives: of the evidence lower bound of Gaussian VAEs, and between point sets."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from torch import Tensor

# The variance of rounding to 8 bits, (1/255)^2 / 12: no decoder can honestly claim less noise,
# and with it as a floor the logarithm stays finite on sets of identical pictures.
QUANTISATION_VARIANCE = 1.0 / (12 * 255**2)

_TINY = 1e-6


def kl_normal(mu: Tensor, logvar: Tensor) -> Tensor:
    """KL(N(mu, exp logvar) || N(0, 1)) of each number, in nats.

    1/2 (mu^2 + sigma^2 - 1 - log sigma^2): Kingma and Welling, "Auto-encoding variational
    Bayes" (2014), appendix B.

    Args:
        mu: posterior means, (B, Z).
        logvar: logarithms of the posterior variances, (B, Z).

    Returns:
        (B, Z), never negative.
    """
    return 0.5 * (mu.square() + logvar.exp() - 1.0 - logvar)


def optimal_sigma_nll(mse: Tensor, dims: int) -> Tensor:
    """Negative log likelihood of a Gaussian decoder with the best variance for this batch.

    (D/2) log MSE up to a constant: Rybkin, Daniilidis and Levine, "Simple and effective VAE
    training with calibrated decoders" (2021), eq. 8. It needs no hand-set weight between
    reconstruction and KL. The gradient is D / (2 (MSE + floor)), so it is bounded.

    Args:
        mse: mean squared error over all numbers of the batch, pixels in [0, 1], scalar.
        dims: numbers of one item, D.

    Returns:
        Scalar, nats for one item.
    """
    return 0.5 * dims * torch.log(mse + QUANTISATION_VARIANCE)


def reparameterise(mu: Tensor, logvar: Tensor, noise: Tensor) -> Tensor:
    """z = mu + sigma * noise, all (B, Z); differentiable in mu and logvar."""
    return mu + torch.exp(0.5 * logvar) * noise


def leaky_unit(raw: Tensor, leak: float = 0.01) -> Tensor:
    """Clamp to [0, 1] with a faint slope outside, so that clipped pixels still learn.

    A picture is clipped when it is shown, hence the loss looks at clipped values: a net need
    not spend itself on hitting exactly 0 in black areas, as long as it stays below.
    """
    clipped = raw.clamp(0.0, 1.0)
    return clipped + leak * (raw - clipped)


def psnr(mse: float) -> float:
    """Peak signal to noise ratio in decibels for pixels in [0, 1]."""
    return -10.0 * math.log10(max(mse, 1e-10))


def energy_distance(ours: Tensor, theirs: Tensor) -> Tensor:
    """How far two distributions lie apart, of a few points of each; scalar, in their unit.

    2 E|X - Y| - E|X - X'| - E|Y - Y'|, 0 for the same distribution alone: Szekely and Rizzo,
    "Energy statistics" (2013), eq. 1. Without bias, so that small batches lead to the same
    place; of one point nothing can be said of its own spread, which then counts as 0.

    Args:
        ours, theirs: (N, Z) and (M, Z).
    """
    return 2 * _apart(ours, theirs).mean() - _spread(ours) - _spread(theirs)


def _spread(points: Tensor) -> Tensor:
    pairs = max(1, len(points) * (len(points) - 1))
    return (
        _apart(points, points) - math.sqrt(_TINY) * torch.eye(len(points), device=points.device)
    ).sum() / pairs


def _apart(ours: Tensor, theirs: Tensor) -> Tensor:
    # A square root has no slope at 0.
    return ((ours[:, None] - theirs[None]).square().sum(2) + _TINY).sqrt()

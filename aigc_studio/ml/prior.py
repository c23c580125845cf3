"""The distribution of latents that is sampled: a Gaussian mixture over the posteriors.

N(0, I) has much room that no training picture uses; a mixture fitted to where the pictures
are gives samples that look like them (Ghosh et al., "From variational to deterministic
autoencoders", 2020).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import torch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import Tensor

PARTS = ("weights", "means", "factors")
_ROUNDS = 60
_SETTLED = 1e-5
_FEWEST_EACH = 15  # items a component; with fewer, less of them are fitted
_FLOOR = 1e-4


@dataclass(frozen=True)
class MixturePrior:
    """A Gaussian mixture in the latent space; float32 on the CPU.

    Attributes:
        weights: (K,), sum 1.
        means: (K, Z).
        factors: lower Cholesky factors of the covariances, (K, Z, Z).
    """

    weights: Tensor
    means: Tensor
    factors: Tensor

    def tensors(self) -> dict[str, Tensor]:
        """The three tensors by name, to be saved."""
        return {"weights": self.weights, "means": self.means, "factors": self.factors}

    @classmethod
    def from_tensors(cls, tensors: Mapping[str, Tensor], latent: int) -> Self:
        """From what `tensors` gave, in a space of so many numbers.

        Raises:
            KeyError: a tensor is missing.
            ValueError: shapes do not fit together, or to that space.
        """
        weights, means, factors = (tensors[name] for name in PARTS)
        count = len(weights) if weights.ndim == 1 else 0
        wanted = (count,), (count, latent), (count, latent, latent)
        if count < 1 or (weights.shape, means.shape, factors.shape) != wanted:
            raise ValueError("the tensors of the prior do not fit together, or not to the space")
        return cls(weights, means, factors)

    def sample(self, seed: int, *, temperature: float = 1.0) -> Tensor:
        """One latent (Z,), a function of the seed and the temperature alone.

        Args:
            seed: of this sample.
            temperature: scales the spread around a component's mean; 0 gives the mean.
        """
        generator = torch.Generator().manual_seed(seed)
        draw = torch.rand((), generator=generator)
        last = len(self.weights) - 1
        chosen = min(int((self.weights.cumsum(0) <= draw).sum()), last)
        noise = torch.randn(self.means.shape[1], generator=generator)
        return self.means[chosen] + temperature * (self.factors[chosen] @ noise)

    def log_prob(self, z: Tensor) -> Tensor:
        """Log density in nats, (N,), of latents (N, Z)."""
        return torch.logsumexp(_scores(z, self.weights, self.means, self.factors), 1)


def fit_mixture(mu: Tensor, var: Tensor, components: int, seed: int) -> MixturePrior:
    """Fit a mixture to the mean posterior (1/N) sum_i N(mu_i, diag var_i) by EM.

    Dempster, Laird and Rubin (1977); posterior variances enter as in EM with uncertain data:
    scores use the expected log density, covariances gain their weighted mean. Covariances
    shrink towards the pooled one by Z / (Z + items), so that few items make no needle.

    Args:
        mu: posterior means, (N, Z), N >= 1.
        var: posterior variances, (N, Z).
        components: Gaussians wished for; fewer are fitted to small sets.
        seed: of the starting means.
    """
    mu, var = mu.detach().double().cpu(), var.detach().double().cpu()
    count = max(1, min(components, len(mu) // _FEWEST_EACH))
    shares = torch.nn.functional.one_hot(_nearest(mu, _seeds(mu, count, seed)), count).double()
    before = -math.inf
    for _ in range(_ROUNDS):
        weights, means, factors = _maximise(mu, var, shares)
        scores = _scores(mu, weights, means, factors) - _spread(var, factors)
        total = torch.logsumexp(scores, 1, keepdim=True)
        shares = (scores - total).exp()
        now = float(total.mean())
        if abs(now - before) < _SETTLED * max(1.0, abs(now)):
            break
        before = now
    return MixturePrior(weights.float(), means.float(), factors.float())


def _seeds(mu: Tensor, count: int, seed: int) -> Tensor:
    """Starting means (K, Z) by k-means++ (Arthur and Vassilvitskii, 2007) and Lloyd's rounds."""
    generator = torch.Generator().manual_seed(seed)
    chosen = mu[torch.randint(len(mu), (1,), generator=generator)]
    for _ in range(count - 1):
        distance = torch.cdist(mu, chosen).min(1).values.square() + 1e-12
        chosen = torch.cat([chosen, mu[torch.multinomial(distance, 1, generator=generator)]])
    for _ in range(10):
        members = torch.nn.functional.one_hot(_nearest(mu, chosen), count).double()
        sizes = members.sum(0)[:, None]
        chosen = torch.where(sizes > 0, members.T @ mu / sizes.clamp_min(1.0), chosen)
    return chosen


def _nearest(mu: Tensor, means: Tensor) -> Tensor:
    return torch.cdist(mu, means).argmin(1)


def _maximise(mu: Tensor, var: Tensor, shares: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Weights (K,), means (K, Z) and Cholesky factors (K, Z, Z) from responsibilities (N, K)."""
    sizes = shares.sum(0).clamp_min(1e-6)
    means = shares.T @ mu / sizes[:, None]
    dims = mu.shape[1]
    within = []
    for share, mean in zip(shares.T, means, strict=True):
        centred = mu - mean
        own = (centred * share[:, None]).T @ centred
        own.diagonal().add_(share @ var)
        within.append(own)
    sums = torch.stack(within)
    pooled = _shrink(sums.sum(0) / sizes.sum(), sizes.sum(), dims)
    trust = (sizes / (sizes + dims))[:, None, None]
    covariances = trust * sums / sizes[:, None, None] + (1 - trust) * pooled
    covariances.diagonal(dim1=1, dim2=2).add_(_FLOOR)
    return sizes / sizes.sum(), means, torch.linalg.cholesky(covariances)


def _shrink(covariance: Tensor, items: Tensor, dims: int) -> Tensor:
    """Towards its own diagonal, the more the fewer items there are."""
    trust = items / (items + dims)
    return trust * covariance + (1 - trust) * torch.diag(covariance.diagonal())


def _scores(z: Tensor, weights: Tensor, means: Tensor, factors: Tensor) -> Tensor:
    """log(weight_k N(z_n; mean_k, L_k L_k^T)), (N, K)."""
    gaps = (z[None] - means[:, None]).transpose(1, 2)
    whitened = torch.linalg.solve_triangular(factors, gaps, upper=False)
    logdet = factors.diagonal(dim1=1, dim2=2).log().sum(1)
    constant = 0.5 * z.shape[1] * math.log(2 * math.pi)
    density = -0.5 * whitened.square().sum(1) - logdet[:, None] - constant
    scores: Tensor = density + weights.clamp_min(1e-12).log()[:, None]
    return scores.T


def _spread(var: Tensor, factors: Tensor) -> Tensor:
    """1/2 tr(S_k^-1 diag var_n), (N, K)."""
    eye = torch.eye(factors.shape[1], dtype=factors.dtype, device=factors.device)
    inverse = torch.linalg.solve_triangular(factors, eye.expand_as(factors), upper=False)
    traces: Tensor = var @ inverse.square().sum(1).T
    return 0.5 * traces

"""How a model uses its latent numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigc_studio.catalog.latent import Code, Floats
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.protocol import LatentModel

Doubles = npt.NDArray[np.float64]
ACTIVE_VARIANCE = 0.01


@runtime_checkable
class HasPosterior(Protocol):
    """A model whose encoder answers with a Gaussian for each picture."""

    def posterior(self, media: Sequence[Pixels]) -> tuple[Floats, Floats]:
        """Means and variances, (N, L) each, of pictures uint8 (H, W, C)."""
        ...


def kl_per_dimension(mean: Floats, variance: Floats) -> Doubles:
    """KL(q(z|x) || N(0, 1)) of each latent number in nats, the mean over pictures, (L,).

    1/2 (mu^2 + sigma^2 - 1 - log sigma^2); Kingma and Welling (2014), appendix B.

    Args:
        mean, variance: (N, L).
    """
    mu, var = mean.astype(np.float64), np.maximum(variance.astype(np.float64), 1e-12)
    divergence: Doubles = 0.5 * (mu**2 + var - 1 - np.log(var)).mean(0)
    return divergence


def active_units(mean: Floats) -> npt.NDArray[np.bool_]:
    """Which latent numbers say something about the picture, (L,).

    Those whose posterior mean varies over pictures, Var(mu) > 0.01: Burda, Grosse and
    Salakhutdinov, "Importance weighted autoencoders" (2016), section 5.2.

    Args:
        mean: (N, L).
    """
    active: npt.NDArray[np.bool_] = mean.astype(np.float64).var(0) > ACTIVE_VARIANCE
    return active


@dataclass(frozen=True)
class Cycle:
    """How well a drawn point is found again in its own picture.

    Attributes:
        error: root mean square of encode(decode(z)) - z over that of z - mean(z): 0 is
            perfect, 1 is no better than always answering the mean.
        active_error: the same over the active latent numbers only; 0 when none is active.
    """

    error: float
    active_error: float


def cycle_error(drawn: Floats, found: Floats, active: npt.NDArray[np.bool_]) -> Cycle:
    """Compare points that were decoded with what their pictures encode to.

    Args:
        drawn, found: (N, L), N at least 2.
        active: (L,), which numbers count in `active_error`.
    """
    every = np.ones_like(active)
    return Cycle(_relative(drawn, found, every), _relative(drawn, found, active))


def _relative(drawn: Floats, found: Floats, chosen: npt.NDArray[np.bool_]) -> float:
    z, again = drawn[:, chosen].astype(np.float64), found[:, chosen].astype(np.float64)
    spread = float(((z - z.mean(0)) ** 2).sum())
    return float(np.sqrt(((again - z) ** 2).sum() / spread)) if spread > 0 else 0.0


def draw(model: LatentModel, seeds: Sequence[int], space: str) -> Code:
    """The points that `seeds` draw from a model's prior, as one batch."""
    drawn = [model.prior(seed, space) for seed in seeds]
    names = drawn[0].tensors
    return replace(
        drawn[0], tensors={n: np.concatenate([code.tensors[n] for code in drawn]) for n in names}
    )


def numbers(code: Code) -> Floats:
    """All tensors of a code side by side, (N, L), in the order of their names."""
    parts = [code.tensors[name].reshape(len(code), -1) for name in sorted(code.tensors)]
    return np.concatenate(parts, axis=1).astype(np.float32)

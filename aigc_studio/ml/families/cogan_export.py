"""What a `cogan` leaves behind: its makers, and what is known of the space they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from aigc_studio.base import seeds
from aigc_studio.ml.families.image_vae_learner import atlas
from aigc_studio.ml.found import FoundPrior
from aigc_studio.ml.stored import ATLAS, NET, PRIOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from aigc_studio.catalog.cogan import CoganConfig
    from aigc_studio.ml.data import PreparedData
    from aigc_studio.ml.families.cogan_net import CoupledMakers

AXES = 16
_CHUNK = 128


@torch.no_grad()
def exported(
    makers: CoupledMakers,
    config: CoganConfig,
    domains: Sequence[PreparedData],
    seed: int,
    device: str,
) -> dict[str, Tensor]:
    """All tensors of a model by name.

    Args:
        makers: with averaged weights.
        config: their shape.
        domains: pictures of each, among which points are drawn where there are encoders.
        seed: of the choice where there are many.
        device: where the makers are.
    """
    tensors = {f"{NET}{name}": tensor for name, tensor in makers.stored().items()}
    if makers.encoders is None:
        known = _of_first_layer(makers, config)
    else:
        found = torch.cat([_all(makers, each, i, device) for i, each in enumerate(domains)])
        known = atlas(found) | {"mean": _typical(found)}
        prior = FoundPrior.of(found, seeds.derive(seed, "prior"))
        tensors |= {f"{PRIOR}{name}": tensor for name, tensor in prior.tensors().items()}
    return tensors | {f"{ATLAS}{name}": tensor for name, tensor in known.items()}


def _typical(found: Tensor) -> Tensor:
    """The found point (Z,) that is nearest to the mean of all (N, Z).

    The mean itself is no picture: what is found or drawn lies about a sphere, and nothing that
    was learned lies at its centre. A pad begins at this point, and truncation leads there.
    """
    nearest = (found - found.mean(0)).square().sum(1).argmin()
    return found[nearest]


def _all(makers: CoupledMakers, data: PreparedData, domain: int, device: str) -> Tensor:
    """Where all training pictures of a domain are found, (N, Z) on the CPU."""
    chunks = np.array_split(data.training, max(1, len(data.training) // _CHUNK))
    parts = [makers.found(data.batch(items).to(device) * 2 - 1, domain).cpu() for items in chunks]
    return torch.cat(parts)


def _of_first_layer(makers: CoupledMakers, config: CoganConfig) -> dict[str, Tensor]:
    """N(0, I), and the strongest directions of the first layer.

    Eigenvectors of W^T W: Shen and Zhou, "Closed-form factorization of latent semantics in
    GANs" (2021), eq. 5; signs are fixed so that the largest entry is positive.
    """
    weight = makers.generators.dense.weight.double().cpu()
    vectors = torch.linalg.eigh(weight.T @ weight).eigenvectors.flip(1).T[:AXES]
    largest = vectors.gather(1, vectors.abs().argmax(1, keepdim=True))
    mean, std = torch.zeros(config.latent), torch.ones(config.latent)
    return {"mean": mean, "std": std, "axes": (vectors * largest.sign()).float()}

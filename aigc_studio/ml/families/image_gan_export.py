"""What an `image-gan` leaves behind: weights, the statistics of w, and directions in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from aigc_studio.base import seeds
from aigc_studio.ml.families.image_vae_learner import atlas
from aigc_studio.ml.found import FoundPrior
from aigc_studio.ml.stored import ATLAS, NET, PRIOR

if TYPE_CHECKING:
    from torch import Tensor

    from aigc_studio.ml.families.image_gan_net import ImageGanNet

DIRECTIONS = "directions."
MAPPED = 10_000
AXES = 16


@torch.no_grad()
def exported(net: ImageGanNet, found: Tensor | None, seed: int) -> dict[str, Tensor]:
    """All tensors of a model by name.

    Args:
        found: where training pictures lie in w, (N, W); then points are drawn among them. None
            leaves it to the mapping.
        seed: of the choice where there are many.
    """
    tensors = {f"{NET}{name}": tensor for name, tensor in net.state_dict().items()}
    points = mapped(net) if found is None else found
    tensors |= {f"{ATLAS}{name}": tensor for name, tensor in atlas(points).items()}
    if found is not None:
        prior = FoundPrior.of(found, seeds.derive(seed, "prior"))
        tensors |= {f"{PRIOR}{name}": tensor for name, tensor in prior.tensors().items()}
    return tensors | {f"{DIRECTIONS}axes": closed_form(net)}


def mapped(net: ImageGanNet) -> Tensor:
    """Where 10,000 points of z lie in w, (N, W) on the CPU; always the same ones."""
    generator = torch.Generator().manual_seed(seeds.derive(0, "atlas"))
    z = torch.randn(MAPPED, net.latent, generator=generator).to(net.probability.device)
    w: Tensor = net.mapping(z)
    return w.float().cpu()


def closed_form(net: ImageGanNet) -> Tensor:
    """Directions of w that change the styles most, (k, W), unit length, strongest first.

    Eigenvectors of A^T A, A the weights of all layers' styles: Shen and Zhou, "Closed-form
    factorization of latent semantics in GANs" (2021), eq. 5 to 7. Signs are fixed so that the
    largest entry is positive.
    """
    weights = net.synthesis.styles_of().double().cpu()
    vectors = torch.linalg.eigh(weights.T @ weights).eigenvectors.flip(1).T[:AXES]
    largest = vectors.gather(1, vectors.abs().argmax(1, keepdim=True))
    axes: Tensor = (vectors * largest.sign()).float()
    return axes

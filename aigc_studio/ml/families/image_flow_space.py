"""What is typical in the noise space of `image-flow`, and which ways lead far in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from aigc_studio.base import seeds
from aigc_studio.ml import flow
from aigc_studio.ml.words import stacked

if TYPE_CHECKING:
    from torch import Tensor

    from aigc_studio.ml.families.image_flow_net import ImageFlowNet

AXES = 16
_DRAWS = 256
_CHUNK = 64
_STEPS = 8


@torch.no_grad()
def noise_atlas(net: ImageFlowNet, seed: int, device: str) -> dict[str, Tensor]:
    """Mean 0, deviation 1, and the directions of noise that change pictures most.

    For Gaussian noise n the mean of x(n) n^T is the mean Jacobian of the map x from noise to
    latents (Stein's lemma); its right singular vectors are the axes, strongest first, signs
    fixed so that the largest entry is positive.
    """
    shape = net.flow.config.point
    generator = torch.Generator().manual_seed(seeds.derive(seed, "axes"))
    noise = torch.randn(_DRAWS, *shape, generator=generator).to(device)
    free = stacked([[]] * _CHUNK).to(device)
    made = torch.cat([_latents(net, part, free) for part in noise.split(_CHUNK)])
    flat, target = noise.flatten(1).double().cpu(), made.flatten(1).double().cpu()
    jacobian = (target - target.mean(0)).T @ (flat - flat.mean(0)) / _DRAWS
    axes = torch.linalg.svd(jacobian, full_matrices=False).Vh[:AXES]
    peaks = axes.gather(1, axes.abs().argmax(1, keepdim=True))
    signed = (axes * torch.where(peaks < 0, -1.0, 1.0)).float().reshape(-1, *shape)
    return {"mean": torch.zeros(shape), "std": torch.ones(shape), "axes": signed.contiguous()}


def _latents(net: ImageFlowNet, noise: Tensor, tokens: Tensor) -> Tensor:
    def velocity(x: Tensor, time: float) -> Tensor:
        return net.velocity(x, x.new_full((len(x),), time), tokens[: len(x)])

    return flow.travel(velocity, noise, steps=_STEPS)

"""Terms of adversarial training: pairwise and separate verdicts, and gradient penalties."""

from __future__ import annotations

import contextlib
import math
from typing import TYPE_CHECKING, NamedTuple

import torch
import torch.nn.functional as F  # noqa: N812  its usual name
from torch import Tensor

from aigc_studio.ml.backbones.twice import of_inputs_alone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torch import nn


def relativistic_discriminator(real: Tensor, made: Tensor) -> Tensor:
    """E softplus(-(D(x) - D(G(z)))), scalar, of verdicts (B,) each.

    Jolicoeur-Martineau, "The relativistic discriminator" (2019), eq. 5 with f = softplus, paired
    as in Huang et al., "The GAN is dead; long live the GAN!" (2024), eq. 2. Each made picture is
    measured at a real one, so that no single verdict can run away and modes are not dropped.
    """
    return F.softplus(made - real).mean()


def relativistic_generator(real: Tensor, made: Tensor) -> Tensor:
    """E softplus(-(D(G(z)) - D(x))), scalar, of verdicts (B,) each."""
    return F.softplus(real - made).mean()


def logistic_discriminator(real: Tensor, made: Tensor) -> Tensor:
    """E softplus(-D(x)) + E softplus(D(G(z))), scalar; Goodfellow et al. (2014), eq. 1."""
    return F.softplus(-real).mean() + F.softplus(made).mean()


def logistic_generator(made: Tensor) -> Tensor:
    """E softplus(-D(G(z))), scalar: the form that does not saturate; ibid., section 3."""
    return F.softplus(-made).mean()


def gradient_penalty(verdicts: Tensor, pictures: Tensor) -> Tensor:
    """E |grad D|^2, scalar, differentiable once more; multiply by gamma / 2.

    Zero-centred: Mescheder, Geiger and Nowozin, "Which training methods for GANs do actually
    converge?" (2018), eq. 9 and 10; R1 on real pictures, R2 on made ones.

    Args:
        verdicts: (B,), of `pictures`.
        pictures: (B, C, S, S), requiring gradients.
    """
    with of_inputs_alone():
        (gradient,) = torch.autograd.grad(verdicts.sum(), pictures, create_graph=True)
    return gradient.float().square().sum((1, 2, 3)).mean()


class Judgement(NamedTuple):
    """What a critic is to learn from pictures of both kinds.

    Attributes:
        loss: `relativistic_discriminator`, scalar.
        penalty: `gradient_penalty` of both kinds together, scalar; multiply by gamma / 2.
        verdicts: how many each picture got.
    """

    loss: Tensor
    penalty: Tensor
    verdicts: int


def judged(critic: Callable[[Tensor], Tensor], real: Tensor, made: Tensor) -> Judgement:
    """Let a critic judge real pictures and made ones, (B, C, S, S) each.

    The relativistic loss with R1 and R2 together, as in Huang et al. (2024).
    """
    true, fake = (pictures.detach().requires_grad_() for pictures in (real, made))
    of_true, of_fake = critic(true), critic(fake)
    penalty = gradient_penalty(of_true, true) + gradient_penalty(of_fake, fake)
    loss = relativistic_discriminator(of_true, of_fake)
    return Judgement(loss, penalty, of_true[0].numel())


def fading(step: int, total: int) -> float:
    """The part of its weight that the penalties of a relativistic loss have at a step.

    From 1 to a tenth by the half of the run: strong while the two find each other, weak for
    details. Huang et al. (2024), appendix.
    """
    part = min(1.0, 2 * step / max(1, total))
    return 0.1 + 0.9 * 0.5 * (1 + math.cos(math.pi * part))


def path_lengths(pictures: Tensor, w: Tensor, noise: Tensor) -> Tensor:
    """|J_w^T y| of each item, (B,); Karras et al. (2020), eq. 4.

    Args:
        pictures: (B, C, S, S), made from `w`.
        w: a point for each layer, (B, L, W), requiring gradients.
        noise: standard normal y of the pictures' shape.
    """
    scale = (pictures.shape[2] * pictures.shape[3]) ** -0.5
    (gradient,) = torch.autograd.grad((pictures * noise).sum() * scale, w, create_graph=True)
    return gradient.square().sum(2).mean(1).sqrt()


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

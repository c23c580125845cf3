"""Adversarial losses and gradient penalties against formulas written out in numpy."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
import torch
from torch import Tensor, nn

from aigc_studio.ml import adversarial
from aigc_studio.ml.backbones.twice import conv2d

Doubles = npt.NDArray[np.float64]


def softplus(x: Doubles) -> Doubles:
    return np.log1p(np.exp(x))


@pytest.fixture
def verdicts() -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(3)
    real, made = torch.randn(2, 9, generator=generator)
    return real, made


def test_losses_are_the_papers(verdicts: tuple[Tensor, Tensor]) -> None:
    real, made = verdicts
    x, g = (each.double().numpy() for each in verdicts)
    for found, wanted in (
        (adversarial.relativistic_discriminator(real, made), softplus(-(x - g))),
        (adversarial.relativistic_generator(real, made), softplus(-(g - x))),
        (adversarial.logistic_discriminator(real, made), softplus(-x) + softplus(g)),
        (adversarial.logistic_generator(made), softplus(-g)),
    ):
        assert float(found) == pytest.approx(wanted.mean(), rel=1e-5)


def test_relativistic_players_want_the_opposite(verdicts: tuple[Tensor, Tensor]) -> None:
    real, made = (each.requires_grad_() for each in verdicts)
    (ours,) = torch.autograd.grad(adversarial.relativistic_discriminator(real, made), made)
    (theirs,) = torch.autograd.grad(adversarial.relativistic_generator(real, made), made)
    assert bool((ours > 0).all())
    assert bool((theirs < 0).all())


class Quadratic(nn.Module):
    """D(x) = a/2 |x|^2, whose gradient is a x."""

    def __init__(self) -> None:
        super().__init__()
        self.a = nn.Parameter(torch.tensor(1.5))

    def forward(self, x: Tensor) -> Tensor:
        return 0.5 * self.a * x.square().sum((1, 2, 3))


def test_a_penalty_is_the_mean_squared_gradient_and_can_be_descended() -> None:
    judge, x = Quadratic(), torch.randn(4, 2, 3, 3, requires_grad=True)
    penalty = adversarial.gradient_penalty(judge(x), x)
    energy = float(x.detach().square().sum((1, 2, 3)).mean())
    assert float(penalty.detach()) == pytest.approx(1.5**2 * energy, rel=1e-5)
    (slope,) = torch.autograd.grad(penalty, judge.a)
    assert float(slope) == pytest.approx(2 * 1.5 * energy, rel=1e-5)


def test_path_lengths_of_a_linear_map() -> None:
    w = torch.randn(3, 2, 5, dtype=torch.double, requires_grad=True)
    basis = torch.randn(2, 5, 1 * 4 * 4, dtype=torch.double)
    pictures = torch.einsum("blw,lwp->bp", w, basis).view(3, 1, 4, 4)
    noise = torch.randn(3, 1, 4, 4, dtype=torch.double)
    found = adversarial.path_lengths(pictures, w, noise)
    back = np.einsum("lwp,bp->blw", basis.numpy(), noise.reshape(3, -1).numpy()) / 4
    wanted = np.sqrt((back**2).sum(2).mean(1))
    np.testing.assert_allclose(found.detach().numpy(), wanted, rtol=1e-9)


@pytest.mark.parametrize("kernel", [1, 3])
def test_the_quick_convolution_has_all_derivatives(kernel: int) -> None:
    torch.manual_seed(0)
    x = torch.randn(2, 3, 5, 5, dtype=torch.double, requires_grad=True)
    weight = torch.randn(4, 3, kernel, kernel, dtype=torch.double, requires_grad=True)
    wanted = torch.nn.functional.conv2d(x, weight, padding=kernel // 2)
    torch.testing.assert_close(conv2d(x, weight), wanted)
    assert torch.autograd.gradcheck(conv2d, (x, weight))
    assert torch.autograd.gradgradcheck(conv2d, (x, weight))


def test_a_penalty_through_convolutions_is_torchs_own() -> None:
    torch.manual_seed(1)
    weights = [torch.randn(6, 2, 3, 3), torch.randn(1, 6, 3, 3)]
    x = torch.randn(3, 2, 8, 8)
    grads = []
    for conv in (conv2d, lambda x, w: torch.nn.functional.conv2d(x, w, padding=1)):
        mine = [weight.clone().requires_grad_() for weight in weights]
        seen = x.clone().requires_grad_()
        verdicts = conv(torch.tanh(conv(seen, mine[0])), mine[1]).sum((1, 2, 3))
        loss = verdicts.mean() + adversarial.gradient_penalty(verdicts, seen)
        grads.append(torch.autograd.grad(loss, mine))
    for ours, theirs in zip(*grads, strict=True):
        torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-4)

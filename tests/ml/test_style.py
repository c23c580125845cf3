"""Parts of the style-based networks against loops and formulas."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F  # noqa: N812  its usual name
from torch import nn

from aigc_studio.catalog.image_gan import ImageGanConfig
from aigc_studio.ml.backbones.attention import SelfAttention
from aigc_studio.ml.backbones.critic import Discriminator, spread
from aigc_studio.ml.backbones.equalised import EqualConv, EqualLinear
from aigc_studio.ml.backbones.grids import grids_of
from aigc_studio.ml.backbones.style import Mapping, ModulatedConv, Synthesis

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.mark.parametrize("demodulate", [True, False])
def test_a_modulated_convolution_is_one_with_weights_of_its_own(demodulate: bool) -> None:
    torch.manual_seed(0)
    layer = ModulatedConv(3, 5, 3, 4, demodulate=demodulate)
    x, w = torch.randn(6, 3, 7, 7), torch.randn(6, 4)
    made = layer(x, w)
    for item in range(len(x)):  # Karras et al. (2020), eq. 1 to 3, weight by weight
        style = layer.affine(w[item])
        weight = layer.conv.weight * layer.conv.gain * style[None, :, None, None]
        if demodulate:
            weight = weight / weight.square().sum((1, 2, 3), keepdim=True).sqrt()
        wanted = F.conv2d(x[item : item + 1], weight, padding=1)
        torch.testing.assert_close(made[item : item + 1], wanted, rtol=1e-4, atol=1e-4)


def test_demodulation_keeps_the_variance() -> None:
    torch.manual_seed(1)
    layer = ModulatedConv(64, 64, 3, 8)
    made = layer(torch.randn(16, 64, 16, 16), 5 * torch.randn(16, 8))
    inside = made[:, :, 1:-1, 1:-1]
    assert float(inside.detach().var()) == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize("layer", [EqualLinear(300, 40), EqualConv(40, 30, 3)])
def test_equalised_layers_keep_the_variance(layer: nn.Module) -> None:
    shape = (64, 300) if isinstance(layer, EqualLinear) else (16, 40, 9, 9)
    made = layer(torch.randn(shape))
    inside = made if made.ndim == 2 else made[:, :, 1:-1, 1:-1]
    assert float(inside.detach().var()) == pytest.approx(1.0, abs=0.3)


def test_the_mapping_sees_directions_alone() -> None:
    mapping = Mapping(6, 2)
    z = torch.randn(3, 6)
    torch.testing.assert_close(mapping(z), mapping(4 * z), rtol=1e-4, atol=1e-5)


def test_the_spread_is_that_of_the_groups() -> None:
    features = torch.randn(8, 3, 2, 2)
    found = spread(features)
    for item in range(8):
        group = features[item % 2 :: 2]
        wanted = group.var(0, correction=0).add(1e-8).sqrt().mean()
        torch.testing.assert_close(found[item], wanted)
    assert float(spread(features[:1])[0]) == pytest.approx(1e-4)


def test_single_pictures_are_judged_with_the_usual_spread() -> None:
    torch.manual_seed(3)
    judge = Discriminator(grids_of(32, 16), 3)
    pictures = torch.randn(4, 3, 32, 32)
    for _ in range(200):
        judge.of_real(pictures)
    found = float(judge.usual_spread)
    assert found == pytest.approx(float(spread(judge.features(pictures)).detach().mean()), rel=1e-3)
    torch.testing.assert_close(judge.alone(pictures), judge(pictures), rtol=1e-3, atol=1e-3)
    torch.testing.assert_close(judge.alone(pictures)[:1], judge.alone(pictures[:1]))


@pytest.mark.parametrize(
    ("size", "fold", "sides"),
    [(32, 1, [4, 8, 16, 32]), (64, 2, [4, 8, 16, 32]), (96, 1, [6, 12, 24, 48, 96]), (72, 1, [9])],
)
def test_grids_double_up_to_the_picture(size: int, fold: int, sides: list[int]) -> None:
    grids = grids_of(size, 64, fold=fold)
    assert [grid.side for grid in grids][: len(sides)] == sides
    assert grids[-1].side == size // fold
    channels = [grid.channels for grid in grids]
    assert channels == sorted(channels, reverse=True)
    assert min(channels) >= 16
    kept = [grid.channels for grid in grids_of(64, 128, wide=16)]
    assert kept == [128, 128, 128, 64, 32]


@pytest.mark.parametrize("size", [32, 40, 48, 64, 72, 96, 112])
@pytest.mark.parametrize("fold", [1, 2])
def test_every_size_can_be_made_and_judged(size: int, fold: int) -> None:
    grids = grids_of(size, 16, fold=fold)
    synthesis = Synthesis(grids, 4, 3, fold=fold, attention=True)
    noise = [torch.zeros(1, 1, side, side) for side in synthesis.noises]
    made = synthesis(torch.randn(4, synthesis.styles, 4), noise)
    assert made.shape == (4, 3, size, size)
    assert len(synthesis.noises) == synthesis.styles - 1
    assert synthesis.styles == ImageGanConfig(size=size, fold=fold).layers
    judge = Discriminator(grids, 3, fold=fold, attention=True)
    assert judge(made).shape == judge.alone(made).shape == (4,)


@pytest.mark.parametrize(("size", "cell"), [(32, 1), (56, 1), (64, 2), (128, 2)])
def test_every_pixel_of_small_pictures_has_a_cell_of_its_own(size: int, cell: int) -> None:
    config = ImageGanConfig(size=size, fold=0)
    assert (config.cell, ImageGanConfig(size=size, fold=2).cell) == (cell, 2)
    assert config.layers == ImageGanConfig(size=size, fold=cell).layers


def test_each_layer_listens_to_its_own_style() -> None:
    torch.manual_seed(2)
    synthesis = Synthesis(grids_of(32, 16), 4, 3)
    noise = [torch.zeros(1, 1, side, side) for side in synthesis.noises]
    w = torch.randn(1, synthesis.styles, 4, requires_grad=True)
    synthesis(w, noise).square().sum().backward()
    assert w.grad is not None
    assert bool((w.grad.abs().sum(2) > 0).all())


def test_attention_starts_as_nothing_and_mixes_cells() -> None:
    layer = SelfAttention(8)
    x = torch.randn(2, 8, 16, 16, requires_grad=True)
    assert torch.equal(layer(x), x)
    nn.init.ones_(layer.strength)
    (layer(x) - x)[:, :, 0, 0].sum().backward()
    assert x.grad is not None
    assert bool((x.grad[:, :, 15, 15] != 0).any())

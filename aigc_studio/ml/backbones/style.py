"""The style-based generator: mapping, modulated convolutions, noise, skip outputs.

Karras, Laine and Aila, "A style-based generator architecture for GANs" (2019), and Karras et
al., "Analyzing and improving the image quality of StyleGAN" (2020). Written from the papers.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F  # noqa: N812  its usual name
from torch import Tensor, nn

from aigc_studio.ml.backbones.attention import SelfAttention
from aigc_studio.ml.backbones.equalised import EqualConv, EqualLinear, activate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigc_studio.ml.backbones.grids import Grid

_TINY = 1e-8
_MAPPING_SPEED = 0.01


class Mapping(nn.Module):
    """z (B, Z) on its sphere to w (B, Z); 2019, section 2."""

    def __init__(self, latent: int, layers: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            EqualLinear(latent, latent, speed=_MAPPING_SPEED) for _ in range(layers)
        )

    def forward(self, z: Tensor) -> Tensor:
        """The point that steers the generator, float32."""
        with torch.autocast(z.device.type, enabled=False):
            w = z * torch.rsqrt(z.square().mean(1, keepdim=True) + _TINY)
            for layer in self.layers:
                w = activate(layer(w))
        return w


class ModulatedConv(nn.Module):
    """Convolution whose input channels are scaled by a style; 2020, eq. 1 to 3.

    Scaling the input before and the output after the shared convolution gives the same as
    scaling its weights for every item, without a convolution for each.

    Args:
        demodulate: whether outputs are brought back to unit variance.
    """

    def __init__(
        self, inputs: int, outputs: int, kernel: int, latent: int, *, demodulate: bool = True
    ) -> None:
        super().__init__()
        self.conv = EqualConv(inputs, outputs, kernel, bias=False)
        self.affine = EqualLinear(latent, inputs, bias=1.0)
        self.demodulate = demodulate

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        """(B, I, G, G) under the styles of w (B, W) to (B, O, G, G)."""
        with torch.autocast(w.device.type, enabled=False):
            style = self.affine(w.float())
            scale = self._scale(style) if self.demodulate else None
        y: Tensor = self.conv(x * style.to(x.dtype)[:, :, None, None])
        return y if scale is None else y * scale.to(y.dtype)[:, :, None, None]

    def _scale(self, style: Tensor) -> Tensor:
        """1 / sqrt(sum over inputs and kernel of (style * weight)^2), (B, O)."""
        energy = (self.conv.weight * self.conv.gain).square().sum((2, 3))
        return torch.rsqrt(style.square() @ energy.T + _TINY)


class StyledConv(nn.Module):
    """Modulated convolution, doubling, noise, bias and activation.

    The doubling follows the convolution, on the coarser grid, which costs a quarter.
    """

    def __init__(self, inputs: int, outputs: int, latent: int, *, doubles: bool) -> None:
        super().__init__()
        self.modulated = ModulatedConv(inputs, outputs, 3, latent)
        self.noise_strength = nn.Parameter(torch.zeros(()))
        self.bias = nn.Parameter(torch.zeros(outputs))
        self.doubles = doubles

    def forward(self, x: Tensor, w: Tensor, noise: Tensor) -> Tensor:
        """(B, I, G, G) to (B, O, G', G') with noise (B, 1, G', G')."""
        y = self.modulated(x, w)
        if self.doubles:
            y = doubled(y)
        y = y + (self.noise_strength * noise).to(y.dtype)
        return activate(y + self.bias.to(y.dtype)[:, None, None])


class Synthesis(nn.Module):
    """w of each layer to a picture, coarse grids first; pictures of all grids are summed.

    Attributes:
        styles: layers that take a w each.
        noises: side of each layer's noise.
    """

    def __init__(
        self,
        grids: Sequence[Grid],
        latent: int,
        channels: int,
        *,
        fold: int = 1,
        attention: bool = False,
    ) -> None:
        super().__init__()
        first, folded = grids[0], channels * fold * fold
        self.fold = fold
        self.start = nn.Parameter(torch.randn(1, first.channels, first.side, first.side))
        self.convs = nn.ModuleList(
            [StyledConv(first.channels, first.channels, latent, doubles=False)]
        )
        self.pictures = nn.ModuleList([_to_picture(first.channels, folded, latent)])
        self.attention = nn.ModuleDict()
        for number, (coarse, fine) in enumerate(pairwise(grids), start=1):
            self.convs.append(StyledConv(coarse.channels, fine.channels, latent, doubles=True))
            self.convs.append(StyledConv(fine.channels, fine.channels, latent, doubles=False))
            self.pictures.append(_to_picture(fine.channels, folded, latent))
            if attention and fine.attentive:
                self.attention[str(number)] = SelfAttention(fine.channels)
        self.picture_bias = nn.Parameter(torch.zeros(channels))
        self.styles = len(self.convs) + 1
        self.noises = (first.side, *(grid.side for grid in grids[1:] for _ in range(2)))

    def forward(self, w: Tensor, noise: Sequence[Tensor]) -> Tensor:
        """Pictures (B, C, S, S), about [-1, 1], float32.

        Args:
            w: a point for each layer, (B, L, W).
            noise: (B or 1, 1, G, G) for each side in `noises`.
        """
        x = self.start.expand(len(w), -1, -1, -1).contiguous(memory_format=torch.channels_last)
        x = self.convs[0](x, w[:, 0], noise[0])
        picture = self._picture(0, x, w[:, 1])
        for number in range(1, len(self.pictures)):
            at = 2 * number - 1
            x = self.convs[at](x, w[:, at], noise[at])
            x = self.convs[at + 1](x, w[:, at + 1], noise[at + 1])
            if str(number) in self.attention:
                x = self.attention[str(number)](x)
            picture = doubled(picture) + self._picture(number, x, w[:, at + 2])
        return picture + self.picture_bias[:, None, None]

    def _picture(self, number: int, x: Tensor, w: Tensor) -> Tensor:
        picture: Tensor = self.pictures[number](x, w).float()
        return unfolded(picture, self.fold) if self.fold > 1 else picture

    def styles_of(self) -> Tensor:
        """The weights of all layers' styles one below the other, (N, W)."""
        layers = [each for each in self.modules() if isinstance(each, ModulatedConv)]
        return torch.cat([each.affine.weight * each.affine.gain for each in layers])


def doubled(x: Tensor) -> Tensor:
    """Twice the side, bilinear."""
    return F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)


def unfolded(x: Tensor, fold: int) -> Tensor:
    """Cells (B, fold^2 C, G, G) as pixels (B, C, fold G, fold G), softened by [1, 2, 1] / 4.

    Neighbours inside a cell come from different weights; unsoftened they showed as a chequered
    pattern for a long time.
    """
    padded = F.pad(F.pixel_shuffle(x, fold), (1, 1, 1, 1), mode="replicate")
    return F.avg_pool2d(F.avg_pool2d(padded, 2, 1), 2, 1)


def _to_picture(inputs: int, channels: int, latent: int) -> ModulatedConv:
    return ModulatedConv(inputs, channels, 1, latent, demodulate=False)

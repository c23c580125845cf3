"""Layers with an equalised learning rate: weights of unit variance, scaled when they are used.

Karras, Aila, Laine and Lehtinen, "Progressive growing of GANs" (2018), section 4.1: with Adam
every weight then learns at the same speed, whatever the size of its layer.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F  # noqa: N812  its usual name
from torch import Tensor, nn

from aigc_studio.ml.backbones.twice import conv2d

SLOPE = 0.2
GAIN = math.sqrt(2.0)  # a leaky ReLU halves the variance; this restores it


def activate(x: Tensor) -> Tensor:
    """Leaky ReLU that keeps the variance."""
    return F.leaky_relu(x, SLOPE) * GAIN


class EqualLinear(nn.Module):
    """Affine map (..., I) to (..., O).

    Args:
        bias: starting value of every bias.
        speed: learning rate as a part of the others'.
    """

    def __init__(self, inputs: int, outputs: int, *, bias: float = 0.0, speed: float = 1.0) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs) / speed)
        self.bias = nn.Parameter(torch.full((outputs,), bias / speed))
        self.gain = speed / math.sqrt(inputs)
        self.speed = speed

    def forward(self, x: Tensor) -> Tensor:
        """The map; the input's precision decides."""
        return F.linear(x, self.weight * self.gain, self.bias * self.speed)


class EqualConv(nn.Module):
    """Convolution (B, I, G, G) to (B, O, G, G), padded to keep the grid."""

    def __init__(self, inputs: int, outputs: int, kernel: int, *, bias: bool = True) -> None:
        super().__init__()
        shape = (outputs, inputs, kernel, kernel)
        # Channels last is the layout that convolutions are quicker in on every device.
        weight = torch.randn(shape).contiguous(memory_format=torch.channels_last)
        self.weight = nn.Parameter(weight)
        self.bias = nn.Parameter(torch.zeros(outputs)) if bias else None
        self.gain = 1.0 / math.sqrt(inputs * kernel * kernel)

    def forward(self, x: Tensor) -> Tensor:
        """The convolution."""
        y = conv2d(x, self.weight * self.gain)
        return y if self.bias is None else y + self.bias.to(y.dtype)[:, None, None]

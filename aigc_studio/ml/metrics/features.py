"""A stated feature extractor: what distances between sets of pictures are measured in.

The default is a fixed-seed random convolutional network: it needs no download, no licence and
no pickle, and gives every collection the same yardstick. Distances on random features rank
generative models much as those on trained features do, and are the better choice far from
ImageNet: Naeem et al., "Reliable fidelity and diversity metrics" (2020), section 4.4; Lee, Kim
and Lee, "Demystifying randomly initialized networks for evaluating generative models" (2022).
Their values compare only with values on the same extractor, so its name is always reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from aigc_studio.base import seeds
from aigc_studio.ml.metrics.pictures import unit_batch

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from aigc_studio.media.image import Pixels

Features = npt.NDArray[np.float32]

SIDE = 64  # pixels; pictures of all sizes are brought to it, so one extractor serves them all
STAGES, WIDTH, GRID = 4, 64, 2
DIMS = STAGES * WIDTH * GRID * GRID
_CALIBRATION_PICTURES = 128
_AT_ONCE = 64


@dataclass(frozen=True)
class Extractor:
    """From pictures to points whose Euclidean distances mean something.

    Attributes:
        name: says exactly which extractor it is; reported beside every figure.
        dims: numbers in one point, D.
        embed: from (N, C, H, W) float32 in [0, 1] to (N, D).
    """

    name: str
    dims: int
    embed: Callable[[Tensor], Tensor]

    @torch.no_grad()
    def __call__(self, pixels: Pixels) -> Features:
        """Points (N, D) float32 of pictures uint8 (N, S, S, C), C = 1, 3 or 4 premultiplied."""
        parts = [pixels[i : i + _AT_ONCE] for i in range(0, len(pixels), _AT_ONCE)]
        points = [self.embed(unit_batch(part)).numpy() for part in parts]
        return np.concatenate(points) if points else np.zeros((0, self.dims), np.float32)


@lru_cache(maxsize=2)
def random_extractor(seed: int = 0) -> Extractor:
    """The default extractor: equal seeds give equal networks on every machine."""
    return Extractor(f"random-conv-{DIMS} seed {seed}, {SIDE} px", DIMS, _RandomNet(seed))


class _RandomNet:
    """Four random convolutions of stride 2, each scale pooled on a 2 x 2 grid.

    Every channel is brought to mean 0 and variance 1 on synthetic pictures before its ReLU
    (Mishkin and Matas, "All you need is a good init", 2016). Without that all points of a deep
    random net lie in almost one direction and distances drown in it.
    """

    def __init__(self, seed: int) -> None:
        self._layers = _layers(seed)
        self._norms = [nn.BatchNorm2d(WIDTH, affine=False, momentum=1.0) for _ in self._layers]
        self._last = nn.BatchNorm1d(DIMS, affine=False, momentum=1.0)
        with torch.no_grad():
            self(_natural_noise(seed))
        for norm in (*self._norms, self._last):
            norm.eval()

    def __call__(self, batch: Tensor) -> Tensor:
        signal = _canonical(batch)
        points = []
        for weights, norm in zip(self._layers, self._norms, strict=True):
            side = weights.shape[-1] // 2
            padded = functional.pad(signal, (side,) * 4, mode="reflect")
            signal = functional.relu(norm(functional.conv2d(padded, weights, stride=2)))
            points.append(functional.adaptive_avg_pool2d(signal, GRID).flatten(1))
        standard: Tensor = self._last(torch.cat(points, dim=1))
        return standard


def _layers(seed: int) -> list[Tensor]:
    generator = np.random.Generator(np.random.Philox(seeds.derive(seed, "random-conv")))
    shapes = [(WIDTH, 4, 5, 5), *[(WIDTH, WIDTH, 3, 3)] * (STAGES - 1)]
    return [torch.from_numpy(generator.standard_normal(s).astype(np.float32)) for s in shapes]


def _canonical(batch: Tensor) -> Tensor:
    """Any picture as red, green, blue and alpha in [-1, 1] on a square of 64 px."""
    channels = batch.shape[1]
    if channels < 4:
        opaque = torch.ones_like(batch[:, :1])
        colour = batch if channels == 3 else batch.expand(-1, 3, -1, -1)
        batch = torch.cat((colour, opaque), dim=1)
    if batch.shape[-2:] != (SIDE, SIDE):
        batch = functional.interpolate(batch, (SIDE, SIDE), mode="bilinear", antialias=True)
    return batch * 2 - 1


def _natural_noise(seed: int) -> Tensor:
    """Random pictures (128, 4, 64, 64) in [0, 1]: half soft like photographs, half hard-edged.

    Soft ones have the 1/f spectrum of natural images (Field, "Relations between the statistics
    of natural images", 1987); the others are such pictures in two tones, as drawings are.
    """
    generator = np.random.Generator(np.random.Philox(seeds.derive(seed, "natural-noise")))
    white = generator.standard_normal((_CALIBRATION_PICTURES, 4, SIDE, SIDE))
    rows, columns = np.fft.fftfreq(SIDE)[:, None], np.fft.rfftfreq(SIDE)[None]
    radius = np.maximum(np.hypot(rows, columns), 1 / SIDE)
    pink = np.fft.irfft2(np.fft.rfft2(white) / radius, s=(SIDE, SIDE))
    contrast = np.where(np.arange(_CALIBRATION_PICTURES) % 2, 0.25, 1e6)[:, None, None, None]
    scaled = 0.5 + contrast * pink / pink.std(axis=(2, 3), keepdims=True)
    return torch.from_numpy(np.clip(scaled, 0, 1).astype(np.float32))

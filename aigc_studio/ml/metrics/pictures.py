"""Likeness of picture pairs: PSNR and SSIM.

Pictures come as models see them: uint8 (N, H, W, C), premultiplied where they have alpha, so
that the colour of what cannot be seen never counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import Tensor

    from aigc_studio.media.image import Pixels

Figures = npt.NDArray[np.float64]

PSNR_CEILING = 100.0  # dB; stands for "equal", so that means stay finite
_FLOOR = 10 ** (-PSNR_CEILING / 10)
WINDOW = 11
SIGMA = 1.5
_C1, _C2 = 0.01**2, 0.03**2
_NUMBERS_AT_ONCE = 1 << 22  # of one chunk, 16 MB in float32


def psnr(ours: Pixels, theirs: Pixels) -> float:
    """Mean of `psnr_each` over the pairs, in dB."""
    return float(psnr_each(ours, theirs).mean())


def ssim(ours: Pixels, theirs: Pixels) -> float:
    """Mean of `ssim_each` over the pairs."""
    return float(ssim_each(ours, theirs).mean())


def psnr_each(ours: Pixels, theirs: Pixels) -> Figures:
    """Peak signal-to-noise ratio of each pair in dB, (N,); equal pictures give 100.

    10 log10(1 / MSE) with pixels in [0, 1] and the mean over all pixels and channels.

    Args:
        ours, theirs: uint8 (N, H, W, C), same shape.
    """
    _check(ours, theirs)
    pairs = _pairs(ours, theirs)
    errors = [(a - b).square().mean(dim=(1, 2, 3), dtype=torch.float64) for a, b in pairs]
    mse = torch.cat(errors).numpy()
    decibels: Figures = -10.0 * np.log10(np.maximum(mse, _FLOOR))
    return decibels


def ssim_each(ours: Pixels, theirs: Pixels) -> Figures:
    """Structural similarity of each pair, (N,), in [-1, 1], the mean over channels.

    Wang, Bovik, Sheikh and Simoncelli (2004), eq. 13 with K1 = 0.01, K2 = 0.03, an 11 x 11
    Gaussian window of sigma 1.5, only windows that lie wholly inside, and no downsampling.

    Args:
        ours, theirs: uint8 (N, H, W, C), same shape, sides of at least 11.
    """
    _check(ours, theirs)
    if min(ours.shape[1:3]) < WINDOW:
        raise ValueError(f"SSIM needs sides of at least {WINDOW}, not {ours.shape[1:3]}")
    return torch.cat([_ssim_map(a, b) for a, b in _pairs(ours, theirs)]).numpy()


def _ssim_map(a: Tensor, b: Tensor) -> Tensor:
    mean_a, mean_b = _blur(a), _blur(b)
    variance_a = _blur(a * a) - mean_a * mean_a
    variance_b = _blur(b * b) - mean_b * mean_b
    covariance = _blur(a * b) - mean_a * mean_b
    light = (2 * mean_a * mean_b + _C1) / (mean_a * mean_a + mean_b * mean_b + _C1)
    structure = (2 * covariance + _C2) / (variance_a + variance_b + _C2)
    return (light * structure).mean(dim=(1, 2, 3), dtype=torch.float64)


def _blur(batch: Tensor) -> Tensor:
    # The Gaussian is separable, so two passes of 11 taps do the work of 121.
    channels = batch.shape[1]
    taps = _taps().repeat(channels, 1, 1, 1)
    down = functional.conv2d(batch, taps.view(channels, 1, WINDOW, 1), groups=channels)
    return functional.conv2d(down, taps.view(channels, 1, 1, WINDOW), groups=channels)


def _taps() -> Tensor:
    offsets = torch.arange(WINDOW, dtype=torch.float32) - WINDOW // 2
    weights = torch.exp(-offsets.square() / (2 * SIGMA**2))
    return (weights / weights.sum()).view(1, 1, 1, WINDOW)


def _check(ours: Pixels, theirs: Pixels) -> None:
    if ours.shape != theirs.shape or ours.ndim != 4 or not len(ours):
        raise ValueError(f"pictures of one shape (N, H, W, C), not {ours.shape}, {theirs.shape}")


def _pairs(ours: Pixels, theirs: Pixels) -> Iterator[tuple[Tensor, Tensor]]:
    step = max(1, _NUMBERS_AT_ONCE // max(1, ours[0].size))
    for start in range(0, len(ours), step):
        chosen = slice(start, start + step)
        yield unit_batch(ours[chosen]), unit_batch(theirs[chosen])


def unit_batch(pixels: Pixels) -> Tensor:
    """Pictures uint8 (N, H, W, C) as float32 (N, C, H, W) in [0, 1], on the CPU."""
    whole = torch.from_numpy(np.array(pixels))  # a copy: mapped files may be read-only
    return whole.permute(0, 3, 1, 2).to(torch.float32).div_(255.0)

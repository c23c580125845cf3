"""Augmentation and corruption of picture batches, with random numbers one can name.

Every number is a hash of (seed, step, item, stream, position), SplitMix64 of Steele, Lea and
Flood, "Fast splittable pseudorandom number generators" (2014). So item i of a batch gets the
same numbers whatever stands beside it, on every device, and a resumed run meets the same ones.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F  # noqa: N812  its usual name

if TYPE_CHECKING:
    from torch import Tensor

    from aigc_studio.catalog.image_vae import Corruption
    from aigc_studio.catalog.training import Augmentation
    from aigc_studio.ml.protocol import Moment

_KINDS: tuple[Corruption, ...] = ("noise", "blur", "mask", "jpeg")
_MASK64 = 2**64 - 1
_GOLDEN = 0x9E3779B97F4A7C15
_JPEG_BLOCK = 8


def _signed(value: int) -> int:
    value &= _MASK64
    return value - 2**64 if value >= 2**63 else value


def _mix(x: Tensor) -> Tensor:
    """SplitMix64's finaliser on int64; products wrap, right shifts are made logical."""
    x = (x ^ ((x >> 30) & (2**34 - 1))) * _signed(0xBF58476D1CE4E5B9)
    x = (x ^ ((x >> 27) & (2**37 - 1))) * _signed(0x94D049BB133111EB)
    return x ^ ((x >> 31) & (2**33 - 1))


def item_keys(seed: int, step: int, items: Tensor) -> Tensor:
    """One key for each item of a step, (B,) int64; an item drawn twice is told apart.

    Args:
        seed: the run's seed.
        step: number of the step.
        items: index of each item in the data, (B,) int64.
    """
    start = _mix(torch.tensor([_signed(seed * _GOLDEN), _signed(step * _GOLDEN + 1)]))
    base = int(_mix(start[0] ^ (start[1] * 3))[()])
    keys = _mix(_mix(items.to(torch.int64) * _signed(_GOLDEN)) + base)
    same = (items[:, None] == items[None, :]).tril(-1).sum(1)
    return _mix(keys + same.to(keys.device) * _signed(0xD1B54A32D192ED03))


def _hashes(keys: Tensor, stream: int, count: int) -> Tensor:
    counters = torch.arange(1, count + 1, device=keys.device) * _signed(_GOLDEN)
    own = _mix(keys + _signed((stream + 1) * 0xA0761D6478BD642F))
    return _mix(own[:, None] + counters)


def uniforms(keys: Tensor, stream: int, count: int) -> Tensor:
    """Numbers in [0, 1), (B, count) float32; `stream` names what they are for."""
    bits = (_hashes(keys, stream, count) >> 40) & (2**24 - 1)
    return bits.to(torch.float32) * 2.0**-24


def normals(keys: Tensor, stream: int, count: int) -> Tensor:
    """Standard normal numbers, (B, count) float32, two from each hash (Box and Muller, 1958)."""
    bits = _hashes(keys, stream, (count + 1) // 2)
    high = ((bits >> 40) & (2**24 - 1)).to(torch.float32).add_(0.5).mul_(2.0**-24)
    angle = ((bits >> 8) & (2**24 - 1)).to(torch.float32).mul_(2 * math.pi * 2.0**-24)
    radius = high.log_().mul_(-2.0).sqrt_()
    return torch.cat([radius * angle.cos(), radius * angle.sin()], 1)[:, :count]


def augment(pixels: Tensor, wishes: Augmentation, moment: Moment) -> Tensor:
    """Random changes that keep a picture a plausible member of its collection.

    Shifts are by whole pixels, so that nothing is blurred; turns and changes of size resample.

    Args:
        pixels: (B, C, S, S) in [0, 1].
        wishes: which changes, and how strong.
        moment: seed, step and items, from which all randomness derives.

    Returns:
        (B, C, S, S) in [0, 1], channels last in memory.
    """
    keys = item_keys(moment.seed, moment.step, moment.items).to(pixels.device)
    draws = uniforms(keys, 0, 10)
    if wishes.flip > 0:
        mirrored = draws[:, 0] < wishes.flip
        pixels = torch.where(mirrored[:, None, None, None], pixels.flip(3), pixels)
    if wishes.shift > 0:
        pixels = _shift(pixels, draws[:, 1:3], wishes.shift)
    if wishes.rotate > 0 or wishes.scale > 0:
        pixels = _turn(pixels, draws[:, 3:5] * 2 - 1, wishes.rotate, wishes.scale)
    if wishes.colour > 0:
        pixels = _tint(pixels, draws[:, 5:8] * 2 - 1, wishes.colour)
    return pixels.contiguous(memory_format=torch.channels_last)


def _shift(pixels: Tensor, draws: Tensor, most: float) -> Tensor:
    """Move by whole pixels; edges are repeated."""
    side = pixels.shape[-1]
    reach = max(1, round(most * side))
    moves = (draws * (2 * reach + 1)).floor().to(torch.int64) - reach
    at = (torch.arange(side, device=pixels.device) + moves[:, :, None]).clamp_(0, side - 1)
    rows = torch.arange(len(pixels), device=pixels.device)[:, None, None]
    return pixels.permute(0, 2, 3, 1)[rows, at[:, 0, :, None], at[:, 1, None, :]].permute(
        0, 3, 1, 2
    )


def _turn(pixels: Tensor, draws: Tensor, degrees: float, scale: float) -> Tensor:
    angle = draws[:, 0] * math.radians(degrees)
    size = torch.exp(draws[:, 1] * math.log1p(scale))
    cos, sin, zero = angle.cos() * size, angle.sin() * size, torch.zeros_like(size)
    theta = torch.stack([cos, -sin, zero, sin, cos, zero], 1).view(-1, 2, 3)
    grid = F.affine_grid(theta, list(pixels.shape), align_corners=False)
    return F.grid_sample(pixels, grid, padding_mode="border", align_corners=False)


def _tint(pixels: Tensor, draws: Tensor, strength: float) -> Tensor:
    """Brightness, contrast, saturation; premultiplied colour stays under its alpha."""
    bright, contrast, saturation = (draws[:, i, None, None, None] * strength for i in range(3))
    alpha = pixels[:, 3:] if pixels.shape[1] == 4 else torch.ones_like(pixels[:, :1])
    colours = pixels[:, : min(3, pixels.shape[1])]
    grey = colours.mean(1, keepdim=True)
    colours = grey + (colours - grey) * (1 + saturation)
    colours = (colours - 0.5 * alpha) * (1 + 0.5 * contrast) + (0.5 + 0.25 * bright) * alpha
    changed = torch.minimum(colours.clamp_min(0.0), alpha)
    return torch.cat([changed, pixels[:, 3:]], 1)


def corrupt(pixels: Tensor, kind: Corruption, strength: float, moment: Moment) -> Tensor:
    """Damage for a denoising VAE, random in amount from none to `strength`.

    Args:
        pixels: (B, C, S, S) in [0, 1].
        kind: "noise": Gaussian with standard deviation up to `strength`; "blur": Gaussian, up
            to strength * S / 8 pixels; "mask": black rectangles, up to `strength` of each side;
            "jpeg": eight-pixel blocks lose their fine waves; "mixed": one of these for each.
        strength: the strongest damage, in [0, 1].
        moment: seed, step and items, from which all randomness derives.

    Returns:
        (B, C, S, S), clipped and rounded to 8 bits as a damaged file would be.
    """
    if kind == "none" or strength <= 0:
        return pixels
    keys = item_keys(moment.seed, moment.step, moment.items).to(pixels.device)
    amounts = uniforms(keys, 1, 1)[:, 0] * strength
    if kind != "mixed":
        damaged = _damage(pixels, keys, kind, amounts)
    else:
        chosen = (uniforms(keys, 2, 1)[:, 0] * len(_KINDS)).long()
        damaged = pixels.clone()
        for index, each in enumerate(_KINDS):
            mine = chosen == index
            if bool(mine.any()):
                damaged[mine] = _damage(pixels[mine], keys[mine], each, amounts[mine])
    return damaged.clamp(0.0, 1.0).mul_(255.0).round_().div_(255.0)


def _damage(pixels: Tensor, keys: Tensor, kind: Corruption, amounts: Tensor) -> Tensor:
    if kind == "noise":
        noise = normals(keys, 3, pixels[0].numel()).view_as(pixels)
        return pixels + amounts[:, None, None, None] * noise
    if kind == "blur":
        return _blur(pixels, amounts * (pixels.shape[-1] / 8))
    if kind == "mask":
        return _mask(pixels, uniforms(keys, 4, 4), amounts)
    return _blocks(pixels, amounts)


def _blur(pixels: Tensor, sigmas: Tensor) -> Tensor:
    """Gaussian blur, a sigma in pixels for each item, rows then columns, as matrix products."""
    at = torch.arange(pixels.shape[-1], device=pixels.device, dtype=torch.float32)
    square = (at[:, None] - at[None, :]).square()
    kernel = torch.exp(-square / (2 * sigmas.clamp_min(0.05).square()[:, None, None]))
    kernel = (kernel / kernel.sum(2, keepdim=True))[:, None]
    return kernel @ pixels @ kernel.transpose(2, 3)


def _mask(pixels: Tensor, draws: Tensor, amounts: Tensor) -> Tensor:
    """A black rectangle; its sides are between half and all of the amount."""
    at = (torch.arange(pixels.shape[-1], device=pixels.device) + 0.5) / pixels.shape[-1]
    extent = amounts[:, None] * (0.5 + 0.5 * draws[:, :2])
    begin = draws[:, 2:] * (1 - extent)
    inside = (at >= begin[:, :, None]) & (at < (begin + extent)[:, :, None])
    hole = inside[:, 0, :, None] & inside[:, 1, None, :]
    return pixels * (~hole)[:, None]


def _blocks(pixels: Tensor, amounts: Tensor) -> Tensor:
    """Round the cosine transform of 8 x 8 blocks, coarser for finer waves, as JPEG does."""
    n, size = _JPEG_BLOCK, pixels.shape[-1]
    k = torch.arange(n, device=pixels.device, dtype=torch.float32)
    basis = torch.cos(math.pi * (2 * k[None, :] + 1) * k[:, None] / (2 * n)) * math.sqrt(2 / n)
    basis[0] *= math.sqrt(0.5)
    extra = -size % n
    padded = F.pad(pixels, (0, extra, 0, extra), mode="replicate") if extra else pixels
    tiles = padded.unflatten(3, (-1, n)).unflatten(2, (-1, n)).transpose(3, 4)
    waves = basis @ tiles @ basis.T
    step = (amounts[:, None, None] * (k[:, None] + k[None, :] + 1) * 0.25).clamp_min(1e-3)
    step = step[:, None, None, None]
    tiles = basis.T @ ((waves / step).round() * step) @ basis
    joined: Tensor = tiles.transpose(3, 4).flatten(4, 5).flatten(2, 3)
    return joined[..., :size, :size]

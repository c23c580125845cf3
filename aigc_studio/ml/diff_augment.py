"""Augmentation that gradients pass through, for real and made pictures alike.

Zhao et al., "Differentiable augmentation for data-efficient GAN training" (2020): translation,
colour and cutout; each happens to each item with a probability, as in Karras et al., "Training
generative adversarial networks with limited data" (2020), so that pictures as they are stay the
likeliest and nothing of the augmentation leaks into what is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F  # noqa: N812  its usual name

from aigc_studio.ml.augment import uniforms

if TYPE_CHECKING:
    from torch import Tensor

_SHIFT = 0.125  # of the side
_CUT = 0.5
_WITH_ALPHA = 4


def diff_augment(pictures: Tensor, probability: float, keys: Tensor, stream: int) -> Tensor:
    """Change pictures (B, C, S, S) in [-1, 1], each in each way with `probability`.

    Args:
        keys: one for each item, (B,) int64, see `augment.item_keys`.
        stream: what the random numbers are for; real and made pictures take different ones.

    Returns:
        (B, C, S, S); colours may leave [-1, 1]. What is moved in or cut out is transparent, or
        grey where there is no alpha.
    """
    if probability <= 0:
        return pictures
    draws = uniforms(keys, stream, 10)
    happens = (draws[:, :3] < probability).to(pictures.device)
    draws = draws[:, 3:].to(pictures.device)
    pictures = _tinted(pictures, happens[:, 0], draws[:, :3] * 2 - 1)
    pictures = _moved(pictures, happens[:, 1], draws[:, 3:5] * 2 - 1)
    return _cut(pictures, happens[:, 2], draws[:, 5:7])


def _empty(pictures: Tensor) -> float:
    return -1.0 if pictures.shape[1] == _WITH_ALPHA else 0.0


def _tinted(pictures: Tensor, happens: Tensor, draws: Tensor) -> Tensor:
    """Brightness by up to 1/4, contrast by up to 1/2, saturation from none to double."""
    bright, contrast, saturation = (
        torch.where(happens, draws[:, index], 0.0)[:, None, None, None] for index in range(3)
    )
    count = min(3, pictures.shape[1])
    colours = (pictures[:, :count] + 1) / 2
    alpha = (pictures[:, 3:] + 1) / 2 if pictures.shape[1] == _WITH_ALPHA else 1.0
    grey = colours.mean(1, keepdim=True)
    colours = grey + (colours - grey) * (1 + saturation)
    colours = (colours - 0.5 * alpha) * (1 + 0.5 * contrast) + (0.5 + 0.25 * bright) * alpha
    return torch.cat([colours * 2 - 1, pictures[:, count:]], 1)


def _moved(pictures: Tensor, happens: Tensor, draws: Tensor) -> Tensor:
    """By whole pixels, up to an eighth of the side."""
    reach = max(1, round(_SHIFT * pictures.shape[-1]))
    moves = (draws * (reach + 0.5)).round().long().clamp(-reach, reach)
    each = torch.where(happens[:, None], moves, 0).tolist()
    empty = _empty(pictures)
    # Padding item by item: what a gather would cost in the way back is many times this.
    items = [
        F.pad(item, (x, -x, y, -y), value=empty) if x or y else item
        for item, (x, y) in zip(pictures.unbind(), each, strict=True)
    ]
    return torch.stack(items).contiguous(memory_format=torch.channels_last)


def _cut(pictures: Tensor, happens: Tensor, centres: Tensor) -> Tensor:
    """A square hole of half the side, which may hang over the edges."""
    at = (torch.arange(pictures.shape[-1], device=pictures.device) + 0.5) / pictures.shape[-1]
    inside = (at - centres[:, :, None]).abs() < _CUT / 2
    hole = inside[:, 0, :, None] & inside[:, 1, None, :] & happens[:, None, None]
    return torch.where(hole[:, None], _empty(pictures), pictures)

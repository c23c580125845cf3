"""Pictures through a model and back: reconstructions, repairs, and how good they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from aigc_studio.base import seeds
from aigc_studio.catalog.latent import Cap
from aigc_studio.ml.augment import corrupt
from aigc_studio.ml.metrics.pictures import psnr, ssim, unit_batch
from aigc_studio.ml.protocol import Moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import JsonValue

    from aigc_studio.catalog.image_vae import Corruption
    from aigc_studio.catalog.latent import Code
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.protocol import LatentModel

    Figures = dict[str, JsonValue]
    Damage = Callable[[Pixels, int], Pixels]

_NOISE: Corruption = "noise"
LATENT = "latent"
SIGMA = 0.2  # of the noise that repairs are measured on, with pixels in [0, 1]


def rebuilt(model: LatentModel, picture: Pixels) -> tuple[Code, Pixels]:
    """Where a picture (S, S, C) lies in the model, and what the model makes of that point.

    For a model with `Cap.DENOISE` that is the repair: its encoder finds the clean picture's
    point. One picture at a time, so that it never matters what stands beside it. Where the home
    space is reached through a finer one, that one is judged: see `space_of`.
    """
    code = model.encode([picture], space_of(model))
    return code, model.decode(code)[0]


def space_of(model: LatentModel) -> str:
    """The space pictures are rebuilt through: the autoencoder's own where there is one."""
    return LATENT if LATENT in model.spaces else model.home


def reconstruction(
    model: LatentModel, pixels: Pixels, tell: Callable[[], None] | None = None
) -> Figures:
    """PSNR in dB and SSIM of pictures (N, S, S, C) and their reconstructions, as means."""
    again = _all(model, pixels, tell)
    return {"psnr": psnr(pixels, again), "ssim": ssim(pixels, again)}


def repair(
    model: LatentModel, pixels: Pixels, seed: int, tell: Callable[[], None] | None = None
) -> Figures:
    """What a denoising model gains on pictures (N, S, S, C); nothing for other models.

    Clean pictures are damaged, repaired, and both compared with the clean ones.

    Args:
        model: measured when it has `Cap.DENOISE`.
        pixels: clean pictures, uint8, that should not have been trained on.
        seed: of the damage; picture i is damaged by the seed and i alone.
        tell: called after each picture.

    Returns:
        `psnr_damaged`, `psnr_repaired` and their difference `repair_gain`, means in dB, and
        `damage` in words.
    """
    if Cap.DENOISE not in model.caps:
        return {}
    damage, words = _damage_for(model, seed)
    seen = np.stack([damage(picture, index) for index, picture in enumerate(pixels)])
    before, after = psnr(pixels, seen), psnr(pixels, _all(model, seen, tell))
    return {
        "psnr_damaged": before,
        "psnr_repaired": after,
        "repair_gain": after - before,
        "damage": words,
    }


def add_noise(picture: Pixels, sigma: float, seed: int) -> Pixels:
    """A picture with Gaussian noise, clipped and rounded to 8 bits as a noisy file would be."""
    generator = np.random.Generator(np.random.Philox(seed))
    noise = generator.standard_normal(picture.shape) * (sigma * 255)
    noisy: Pixels = np.rint(np.clip(picture + noise, 0, 255)).astype(np.uint8)
    return noisy


def _damage_for(model: LatentModel, seed: int) -> tuple[Damage, str]:
    """Noise of a fixed amount, unless the model has learned to mend something else alone."""
    kind: Corruption = getattr(model.config, "corruption", _NOISE)
    if kind in ("noise", "mixed"):
        return (
            lambda picture, index: add_noise(picture, SIGMA, seeds.derive(seed, "noise", index)),
            f"Gaussian noise, sigma {SIGMA}",
        )
    strength = float(getattr(model.config, "corruption_strength", 0.0))

    def learned(picture: Pixels, index: int) -> Pixels:
        moment = Moment(seed, 0, 1, torch.tensor([index]))
        damaged = corrupt(unit_batch(picture[None]), kind, strength, moment)
        pixels: Pixels = damaged.mul(255.0).round().to(torch.uint8)[0].permute(1, 2, 0).numpy()
        return pixels

    return learned, f"{kind}, strength up to {strength:g}"


def _all(model: LatentModel, pixels: Pixels, tell: Callable[[], None] | None) -> Pixels:
    made = []
    for picture in pixels:
        made.append(rebuilt(model, picture)[1])
        if tell:
            tell()
    return np.stack(made)

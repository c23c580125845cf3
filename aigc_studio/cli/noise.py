"""Pictures spoilt on purpose, to be repaired in the demo."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from aigc_studio.base import seeds
from aigc_studio.base.files import disk_errors
from aigc_studio.media.encode import encode_image
from aigc_studio.media.image import Image

SIGMA = 0.2


def noisy_copies(pictures: Sequence[Image], folder: Path, seed: int) -> list[Path]:
    """Write each picture with Gaussian noise of 0.2 on colours in [0, 1]; alpha stays."""
    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, picture in enumerate(pictures, start=1):
        path = folder / f"{number:04d}.png"
        encode_image(_noisy(picture, seeds.derive(seed, "noise", number)), path)
        paths.append(path)
    return paths


def _noisy(picture: Image, seed: int) -> Image:
    colours = 1 if picture.channels == 1 else 3
    values = picture.pixels[..., :colours].astype(np.float64)
    values += np.random.default_rng(seed).normal(scale=255 * SIGMA, size=values.shape)
    spoilt = np.clip(np.rint(values), 0, 255).astype(np.uint8)
    return Image(np.concatenate([spoilt, picture.pixels[..., colours:]], axis=2))

"""Tiles: the seam is no worse than the inside, and what is seamless already stays."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.media.image import Image
from aigc_studio.media.seamless import repeated, seamless


def textured(width: int, height: int, channels: int = 3, seed: int = 0) -> Image:
    """Soft noise on a slope: its ends do not fit together."""
    noise = np.random.default_rng(seed).normal(0, 1, (height, width, channels))
    for axis in (0, 1):
        for _ in range(3):
            noise = (np.roll(noise, 1, axis) + noise + np.roll(noise, -1, axis)) / 3
    slope = np.linspace(0, 120, width)[None, :, None] + np.linspace(0, 60, height)[:, None, None]
    pixels = np.clip(noise * 60 + slope + 30, 0, 255)
    if channels == 4:
        pixels[..., 3] = 255
    return Image(pixels.astype(np.uint8))


def seams(image: Image) -> tuple[float, float]:
    """How much the ends differ, across and down, in mean steps inside."""
    pixels = image.pixels.astype(float)
    inside = [np.abs(np.diff(pixels, axis=axis)).mean() for axis in (1, 0)]
    ends = (np.abs(pixels[:, 0] - pixels[:, -1]).mean(), np.abs(pixels[0] - pixels[-1]).mean())
    return ends[0] / inside[0], ends[1] / inside[1]


@pytest.mark.parametrize(("width", "height"), [(64, 64), (96, 40), (33, 70)])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_the_seam_is_like_the_inside(width: int, height: int, channels: int) -> None:
    before = textured(width, height, channels)
    after = seamless(before)
    assert (after.size, after.mode) == (before.size, before.mode)
    assert max(seams(before)) > 4
    assert max(seams(after)) < 2


def test_clear_parts_stay_clear() -> None:
    pixels = np.zeros((32, 32, 4), np.uint8)
    pixels[12:20, 12:20] = (200, 10, 10, 255)
    after = seamless(Image(pixels))
    assert after.alpha()[0].max() == 0
    shown = after.pixels[after.alpha() == 255]
    assert len(shown) > 50
    assert np.abs(shown[:, :3].astype(int) - (200, 10, 10)).max() <= 1


def test_the_same_picture_gives_the_same_tile() -> None:
    assert seamless(textured(48, 48)) == seamless(textured(48, 48))


def test_a_tile_repeats() -> None:
    tile = seamless(textured(40, 20))
    shown = repeated(tile, 3, 2)
    assert shown.size == (120, 40)
    assert (shown.pixels[20:, 80:] == tile.pixels).all()


@pytest.mark.parametrize(("side", "overlap"), [(4, 0.25), (64, 0.01), (64, 0.6)])
def test_what_makes_no_tile_is_refused(side: int, overlap: float) -> None:
    with pytest.raises(StudioError) as caught:
        seamless(textured(side, side), overlap)
    assert caught.value.kind == "input"

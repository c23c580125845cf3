"""Masks, and what is made laid into what is kept."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_studio.base.errors import StudioError
from aigc_studio.media.image import Image
from aigc_studio.media.repaint import mask_of, pasted


def drawn(seed: int, channels: int, side: int = 40) -> Image:
    """Noise."""
    return Image(np.random.default_rng(seed).integers(0, 256, (side, side, channels), np.uint8))


def half() -> Image:
    """White on the left."""
    pixels = np.zeros((40, 40, 1), np.uint8)
    pixels[:, :20] = 255
    return Image(pixels)


@pytest.mark.parametrize(("made", "kept"), [(1, 1), (3, 3), (4, 4), (4, 3), (3, 4), (3, 1)])
def test_outside_the_mask_every_pixel_stays(made: int, kept: int) -> None:
    original = drawn(1, kept)
    result = pasted(drawn(2, made), original, half())
    before = original.to_mode(result.mode).pixels
    assert np.array_equal(result.pixels[:, 20:], before[:, 20:])
    assert not np.array_equal(result.pixels[:, :20], before[:, :20])


def test_well_inside_the_mask_all_is_new_and_the_edge_is_soft() -> None:
    black, white = (Image(np.full((40, 40, 3), shade, np.uint8)) for shade in (0, 255))
    row = pasted(white, black, half()).pixels[20, :, 0]
    assert (row[:15] == 255).all()
    assert (row[20:] == 0).all()
    assert 0 < row[19] < 255
    assert (np.diff(row.astype(int)) <= 0).all()


def test_transparent_parts_are_mixed_without_fringes() -> None:
    clear = np.zeros((40, 40, 4), np.uint8)
    red = np.zeros((40, 40, 4), np.uint8)
    red[:] = (255, 0, 0, 255)
    mixed = pasted(Image(red), Image(clear), half()).pixels
    assert (mixed[mixed[..., 3] > 0][:, 0] == 255).all()


def test_light_and_opaque_parts_may_change() -> None:
    pixels = np.zeros((4, 4, 4), np.uint8)
    pixels[:2] = 255  # white
    pixels[1, :, 3] = 0  # of that, transparent
    mask = mask_of(Image(pixels), (8, 8)).pixels[..., 0]
    assert set(np.unique(mask)) == {0, 255}
    assert (mask[0] == 255).all()
    assert (mask[3:] == 0).all()


def test_a_black_mask_is_told() -> None:
    with pytest.raises(StudioError, match="black"):
        mask_of(Image(np.zeros((4, 4, 3), np.uint8)), (4, 4))

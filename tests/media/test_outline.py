"""Line drawings: where lines are, at any size, and what is left clear."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_studio.media.image import Image
from aigc_studio.media.outline import outlined


def square(side: int, channels: int = 3, low: int = 40, high: int = 220) -> Image:
    pixels = np.full((side, side, channels), low, np.uint8)
    pixels[side // 4 : 3 * side // 4, side // 4 : 3 * side // 4] = high
    return Image(pixels)


@pytest.mark.parametrize("side", [32, 64, 256])
def test_the_rim_of_a_square_is_one_closed_line(side: int) -> None:
    lines = outlined(square(side)).pixels[..., 0] < 128
    middle = lines[side // 2]
    assert middle.sum() == 2
    assert np.abs(np.flatnonzero(middle) - np.array([side // 4, 3 * side // 4])).max() <= 1
    assert lines.sum() == pytest.approx(4 * (side // 2), rel=0.15)


def test_what_is_even_has_no_lines_and_a_soft_slope_neither() -> None:
    assert (outlined(Image(np.full((40, 40, 3), 99, np.uint8))).pixels == 255).all()
    slope = np.repeat(np.linspace(0, 255, 256).astype(np.uint8)[None, :, None], 64, axis=0)
    assert (outlined(Image(slope)).pixels == 255).all()


def test_a_black_shape_on_nothing_has_a_rim_and_clear_stays_clear() -> None:
    pixels = np.zeros((64, 64, 4), np.uint8)
    pixels[16:48, 16:48, 3] = 255
    made = outlined(Image(pixels))
    assert made.mode == "rgba"
    assert made.size == (64, 64)
    assert made.pixels[2, 2].tolist() == [0, 0, 0, 0]
    assert made.pixels[32, 32].tolist() == [255, 255, 255, 255]
    assert (made.pixels[32, 14:18, 0] < 128).any()


def test_colours_of_one_brightness_are_told_apart_and_nothing_is_random() -> None:
    pixels = np.full((48, 48, 3), (200, 60, 60), np.uint8)
    pixels[:, 24:] = (60, 131, 60)
    lines = outlined(Image(pixels))
    assert (lines.pixels[24, 22:26] < 128).any()
    assert lines == outlined(Image(pixels))


def test_faint_marks_need_a_strong_one() -> None:
    assert (outlined(square(64, 1, 100, 118)).pixels == 255).all()
    both = square(64, 1, 100, 118).pixels.copy()
    both[28:36, 28:36] = 255
    assert (outlined(Image(both)).pixels[32] < 128).sum() == 2

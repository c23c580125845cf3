from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_studio.base.errors import StudioError
from aigc_studio.media.image import Image, grid
from tests.media.helpers import ball, difference, gradient, noise, pictures


def test_equality_is_by_content() -> None:
    one, other = noise(5, 4), noise(5, 4)
    assert one == other
    assert hash(one) == hash(other)
    assert one != noise(5, 4, seed=1)
    assert one != "a picture"


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 2), (0, 4, 3)])
def test_other_shapes_are_no_pictures(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="pixels must be"):
        Image(np.zeros(shape, np.uint8))


def test_pixels_are_read_only_and_the_source_is_not_touched() -> None:
    source = np.zeros((2, 2, 3), np.uint8)
    image = Image(source)
    with pytest.raises(ValueError, match="read-only"):
        image.pixels[0, 0, 0] = 1
    source[0, 0, 0] = 1


def test_grey_survives_a_trip_through_rgb_and_rgba() -> None:
    grey = Image(np.arange(256, dtype=np.uint8).reshape(16, 16, 1))
    assert grey.to_mode("rgb").to_mode("grey") == grey
    assert grey.to_mode("rgba").to_mode("grey") == grey


def test_transparency_is_laid_over_the_background() -> None:
    half = Image(np.full((1, 1, 4), (200, 100, 0, 128), np.uint8))
    assert half.to_mode("rgb", (0, 0, 0)).pixels.ravel().tolist() == [100, 50, 0]
    assert half.to_mode("rgb").pixels.ravel().tolist() == [227, 177, 127]


@given(pictures())
@settings(max_examples=50)
def test_pillow_round_trip(image: Image) -> None:
    assert Image.from_pillow(image.to_pillow()) == image


@given(pictures(channels=(4,)))
@settings(max_examples=80)
def test_premultiplied_round_trip(image: Image) -> None:
    back = Image.from_premultiplied(image.premultiplied())
    alpha = image.alpha().astype(np.float64)[..., None]
    assert np.array_equal(back.alpha(), image.alpha())
    error = np.abs(back.pixels[..., :3].astype(int) - image.pixels[..., :3])
    allowed = np.where(alpha > 0, 127.5 / np.maximum(alpha, 1) + 0.5, 255)
    assert (error <= allowed).all()
    assert np.array_equal(back.premultiplied(), image.premultiplied())


def test_too_bright_colours_are_clipped() -> None:
    impossible = np.full((1, 1, 4), (255, 10, 0, 20), np.uint8)
    assert Image.from_premultiplied(impossible).pixels.ravel().tolist() == [255, 128, 0, 20]


def test_resizing_leaves_no_fringe_of_hidden_colour() -> None:
    pixels = np.zeros((32, 32, 4), np.uint8)
    pixels[..., :3] = (0, 255, 0)
    pixels[8:24, 8:24] = (255, 0, 0, 255)
    small = Image(pixels).resized(11, 11)
    seen = small.alpha() > 8
    assert small.pixels[seen][:, 1].max() < 8
    assert small.pixels[seen][:, 0].min() > 247


@given(pictures(longest=20), st.integers(0, 9), st.integers(0, 9))
@settings(max_examples=50)
def test_crop_undoes_padding(image: Image, across: int, down: int) -> None:
    wide = image.padded(image.width + across, image.height + down, [7] * image.channels)
    assert wide.cropped(across // 2, down // 2, *image.size) == image


@pytest.mark.parametrize("box", [(-1, 0, 2, 2), (0, 0, 0, 1), (3, 0, 2, 2), (0, 3, 1, 2)])
def test_a_crop_outside_is_refused(box: tuple[int, int, int, int]) -> None:
    with pytest.raises(StudioError, match="does not lie inside"):
        gradient(4, 4).cropped(*box)


def test_grid_has_a_checkerboard_behind_transparency_only() -> None:
    clear = Image(np.zeros((16, 16, 4), np.uint8))
    sheet = grid([clear, Image(np.zeros((16, 16, 1), np.uint8))], columns=2, gap=4)
    assert sheet.size == (36, 16)
    assert set(np.unique(sheet.pixels[:, :16])) == {204, 255}
    assert not sheet.pixels[:, 20:].any()


def test_grid_of_mixed_sizes_centres_on_the_background() -> None:
    sheet = grid([gradient(10, 10), ball(0, 2, 4), noise(6, 2, 1)], gap=0, background=(1, 2, 3))
    assert sheet.size == (20, 20)
    assert sheet.pixels[0, 19].tolist() == [1, 2, 3]
    assert difference(sheet.pixels[:10, :10], gradient(10, 10).pixels) == 0


def test_grid_of_nothing_is_refused() -> None:
    with pytest.raises(StudioError):
        grid([])

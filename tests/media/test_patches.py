"""Patches at full size: what they cover, and how many there are."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_studio.media.image import Image
from aigc_studio.media.patches import MOST, patches_each, patches_of, resolve_patches
from aigc_studio.media.preparation import Preparation
from aigc_studio.media.prepare import info_of


def noise(width: int, height: int, channels: int = 3) -> Image:
    return Image(
        np.random.default_rng(0).integers(0, 256, (height, width, channels), dtype=np.uint8)
    )


def settled(size: int, colour: str = "rgb") -> Preparation:
    return Preparation.model_validate({"size": size, "colour": colour})


def test_they_cover_the_picture_and_nothing_is_scaled() -> None:
    picture = noise(80, 50)
    patches = patches_of(picture, settled(32), 100)
    assert {patch.shape for patch in patches} == {(32, 32, 3)}
    assert len(patches) == 3 * 2
    assert np.array_equal(patches[0], picture.pixels[:32, :32])
    assert np.array_equal(patches[-1], picture.pixels[18:, 48:])


def test_flat_ones_are_left_out_but_never_all() -> None:
    pixels = np.zeros((64, 64, 4), np.uint8)
    pixels[40:50, 40:50] = 255
    assert len(patches_of(Image(pixels), settled(32, "rgba"), 9)) == 1
    assert len(patches_of(Image(np.zeros((64, 64, 3), np.uint8)), settled(32), 9)) == 1


def test_fewer_than_there_are_come_from_all_over() -> None:
    patches = patches_of(noise(320, 32), settled(32), 3)
    whole = noise(320, 32).pixels
    assert [int(np.argmax((whole[0] == patch[0, 0]).all(1))) for patch in patches] == [0, 128, 288]


def test_a_smaller_picture_gets_a_margin() -> None:
    (patch,) = patches_of(noise(20, 24), settled(32), 4)
    assert patch.shape == (32, 32, 3)
    assert np.array_equal(patch[4:28, 6:26], noise(20, 24).pixels)


def test_alpha_is_premultiplied() -> None:
    pixels = np.full((32, 32, 4), 200, np.uint8)
    pixels[:16, :, 3] = 0
    (patch,) = patches_of(Image(pixels), settled(32, "rgba"), 1)
    assert patch[0, 0].tolist() == [0, 0, 0, 0]
    assert patch[-1, 0].tolist() == [157, 157, 157, 200]


@pytest.mark.parametrize(("side", "size"), [(256, 96), (100, 96), (50, 48), (20, 32)])
def test_the_side_follows_the_pictures(side: int, size: int) -> None:
    infos = [info_of(noise(side, side + 10))] * 3
    assert resolve_patches(Preparation(), infos).size == size
    assert resolve_patches(Preparation(size=64), infos).size == 64


def test_a_large_collection_gives_fewer_each() -> None:
    assert patches_each(16, 10) == 16
    assert patches_each(16, 1000) * 1000 <= MOST
    assert patches_each(16, 100_000) == 1

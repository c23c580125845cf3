from __future__ import annotations

from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_studio.base.errors import StudioError
from aigc_studio.media.image import CHANNELS, Image
from aigc_studio.media.preparation import Preparation
from aigc_studio.media.prepare import (
    PictureInfo,
    edge_colour,
    info_of,
    prepare,
    resolve,
    restore,
)
from tests.media.helpers import ball, difference, gradient, noise, pictures

Fit = Literal["pad", "crop", "stretch"]
Settled = Literal["grey", "rgb", "rgba"]
FITS: tuple[Fit, ...] = ("pad", "crop", "stretch")
COLOURS: tuple[Settled, ...] = ("grey", "rgb", "rgba")


@given(pictures(longest=70), st.sampled_from(FITS), st.sampled_from(COLOURS))
@settings(max_examples=150, deadline=None)
def test_any_picture_fits_and_comes_back_at_its_size(
    image: Image, fit: Fit, colour: Settled
) -> None:
    plan = Preparation(size=32, fit=fit, colour=colour)
    square = prepare(image, plan)
    assert square.shape == (32, 32, CHANNELS[colour])
    assert square.flags.writeable
    if colour == "rgba":
        assert (square[..., :3] <= square[..., 3:]).all()
    back = restore(square, image.size, plan, image)
    assert back.size == image.size
    assert back.mode == colour


@given(pictures(channels=(3,), longest=32), st.sampled_from(FITS))
@settings(max_examples=60)
def test_small_pictures_come_back_exactly(image: Image, fit: Fit) -> None:
    plan = Preparation(size=32, fit=fit, colour="rgb")
    assert restore(prepare(image, plan), image.size, plan) == image


@given(pictures(channels=(4,), longest=32))
@settings(max_examples=60)
def test_small_transparent_pictures_come_back_as_seen(image: Image) -> None:
    plan = Preparation(size=32, colour="rgba")
    back = restore(prepare(image, plan), image.size, plan)
    assert np.array_equal(back.premultiplied(), image.premultiplied())


def test_28_pixels_are_padded_to_32_in_the_centre() -> None:
    digit = Image(np.full((28, 28, 1), 200, np.uint8).copy())
    edged = digit.cropped(0, 0, 26, 26).padded(28, 28, [0])
    square = prepare(edged, Preparation(size=32, colour="grey"))
    assert np.array_equal(square[2:30, 2:30], edged.pixels)
    assert not square[:3].any()
    assert not square[:, 29:].any()


def test_large_pictures_come_back_alike() -> None:
    photo = gradient(200, 130)
    for fit in ("pad", "stretch"):
        plan = Preparation(size=64, fit=fit, colour="rgb")
        back = restore(prepare(photo, plan), photo.size, plan)
        assert difference(back.pixels, photo.pixels) < 2


def test_crop_keeps_the_middle_and_takes_the_rim_from_the_input() -> None:
    photo = gradient(200, 100)
    plan = Preparation(size=50, fit="crop", colour="rgb")
    square = prepare(photo, plan)
    dark = restore(square // 2, photo.size, plan, photo)
    assert np.array_equal(dark.pixels[:, :50], photo.pixels[:, :50])
    assert np.array_equal(dark.pixels[:, 150:], photo.pixels[:, 150:])
    assert difference(dark.pixels[:, 50:150], photo.pixels[:, 50:150] // 2) < 2
    alone = restore(square, photo.size, plan)
    assert difference(alone.pixels[:, 50:150], photo.pixels[:, 50:150]) < 2


def test_backgrounds() -> None:
    wide = ball(0, 2, 16).cropped(0, 0, 16, 8)
    clear = prepare(wide, Preparation(size=16, colour="rgba"))
    assert not clear[:4].any()
    red = prepare(wide, Preparation(size=16, colour="rgba", background=(255, 0, 0)))
    assert red[0, 0].tolist() == [255, 0, 0, 255]
    flat = prepare(wide, Preparation(size=16, colour="rgb", background=(9, 8, 7)))
    assert flat[0, 0].tolist() == flat[4, 15].tolist() == [9, 8, 7]
    grey = prepare(wide, Preparation(size=16, colour="grey", background=(9, 9, 9)))
    assert grey[0, 0].tolist() == [9]


def test_the_edge_colour_is_the_margin() -> None:
    pixels = np.full((8, 24, 3), (10, 20, 30), np.uint8)
    pixels[3:5, 8:16] = 255
    square = prepare(Image(pixels), Preparation(size=24, colour="rgb"))
    assert square[0, 0].tolist() == [10, 20, 30]
    assert edge_colour(Image(np.zeros((4, 4, 4), np.uint8))) == (255, 255, 255)


def test_the_same_again() -> None:
    plan = Preparation(size=48, fit="crop", colour="rgba")
    assert np.array_equal(prepare(noise(99, 70, 4), plan), prepare(noise(99, 70, 4), plan))


def test_an_unsettled_preparation_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="resolve"):
        prepare(noise(4, 4), Preparation(size=32))


def info(width: int, height: int, *, alpha: bool = False, grey: bool = False) -> PictureInfo:
    return PictureInfo(width, height, alpha, grey)


@pytest.mark.parametrize(("fit", "size"), [("pad", 96), ("crop", 48), ("stretch", 48)])
def test_size_is_the_median_of_the_side_that_counts(fit: Fit, size: int) -> None:
    infos = [info(100, 50), info(60, 100), info(20, 20), info(500, 400), info(64, 110)]
    assert resolve(Preparation(fit=fit), infos).size == size


def test_28_resolves_to_32_and_a_given_size_stays() -> None:
    assert resolve(Preparation(), [info(28, 28)]).size == 32
    assert resolve(Preparation(size=40), [info(28, 28)]).size == 40


def test_colour_follows_the_content() -> None:
    grey, rgb, clear = info(9, 9, grey=True), info(9, 9), info(9, 9, alpha=True, grey=True)
    assert resolve(Preparation(), [grey, grey]).colour == "grey"
    assert resolve(Preparation(), [grey, rgb]).colour == "rgb"
    assert resolve(Preparation(), [clear, rgb]).colour == "rgba"
    assert resolve(Preparation(), [clear] + [grey] * 40).colour == "grey"
    assert resolve(Preparation(colour="rgb"), [clear]).colour == "rgb"


def test_nothing_to_resolve() -> None:
    with pytest.raises(StudioError, match="no picture"):
        resolve(Preparation(), [])


def test_what_a_picture_really_holds() -> None:
    opaque = noise(30, 20).to_mode("rgba")
    stray = opaque.pixels.copy()
    assert info_of(opaque) == info(30, 20)
    hidden = np.zeros((100, 100, 4), np.uint8)
    hidden[..., 0] = 200
    assert info_of(Image(hidden)) == info(100, 100, alpha=True, grey=True)
    large = np.tile(stray, (10, 10, 1))
    large[0, 0, 3] = 254
    assert not info_of(Image(large)).has_alpha
    assert info_of(noise(5, 6, 1).to_mode("rgb")) == info(5, 6, grey=True)

"""Filters against slow references of their own, their bounds, and what they do to clear pixels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from aigc_studio.media.filters import (
    Blur,
    Colours,
    Filter,
    Filters,
    Levels,
    Noise,
    Sharpen,
    filtered,
    scaled,
)
from aigc_studio.media.finish import adjust
from aigc_studio.media.image import Image
from aigc_studio.media.placing import Adjust, Crop, Placed, inverted
from tests.media.helpers import noise, pictures

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

ALL: tuple[Filter, ...] = (
    Levels(black=0.1, white=0.8, gamma=1.5),
    Colours(hue=40, saturation=-0.5, brightness=0.2),
    Blur(radius=2),
    Sharpen(radius=2, amount=1),
    Noise(amount=0.2, seed=3),
)


def test_levels_one_by_one() -> None:
    picture, given_ = noise(9, 7, 4), Levels(black=0.2, white=0.7, gamma=2.2)
    made = filtered(picture, (given_,)).pixels
    for y, x, channel in np.ndindex(7, 9, 3):
        part = (float(picture.pixels[y, x, channel]) / 255 - 0.2) / 0.5
        wanted = 255 * min(max(part, 0.0), 1.0) ** (1 / 2.2)
        assert abs(int(made[y, x, channel]) - wanted) <= 0.51
    assert np.array_equal(made[..., 3], picture.pixels[..., 3])


def test_colours_are_what_adjusting_is() -> None:
    picture = noise(9, 7, 4)
    wanted = adjust(picture, hue=40, saturation=-0.5, brightness=0.2)
    assert filtered(picture, (ALL[1],)) == wanted


def premultiplied(picture: Image) -> Floats:
    """Colours times alpha, 0 to 255."""
    values = picture.pixels.astype(np.float64)
    if picture.channels == 4:
        values[..., :3] *= values[..., 3:] / 255
    return values


def straight(values: Floats) -> Floats:
    """The way back; clear pixels are black."""
    out = values.copy()
    if values.shape[2] == 4:
        alpha = values[..., 3]
        for y, x in np.ndindex(*alpha.shape):
            clear = alpha[y, x] <= 0.5
            out[y, x, :3] = 0 if clear else values[y, x, :3] * 255 / alpha[y, x]
            out[y, x, 3] = 0 if clear else alpha[y, x]
    return np.clip(out, 0, 255)


def smoothed(values: Floats, radius: float) -> Floats:
    """A Gaussian laid over each pixel, in two dimensions at once."""
    height, width = values.shape[:2]
    reach = max(round(4 * radius), 1)
    weights = {n: math.exp(-n * n / (2 * radius * radius)) for n in range(-reach, reach + 1)}
    total = sum(weights.values()) ** 2
    out = np.zeros_like(values)
    for y, x in np.ndindex(height, width):
        for down, right in np.ndindex(2 * reach + 1, 2 * reach + 1):
            row = min(max(y + down - reach, 0), height - 1)
            column = min(max(x + right - reach, 0), width - 1)
            weight = weights[down - reach] * weights[right - reach] / total
            out[y, x] += weight * values[row, column]
    return out


@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("radius", [0.4, 1.3, 2.5])
def test_blur_pixel_by_pixel(channels: int, radius: float) -> None:
    picture = noise(11, 8, channels)
    made = filtered(picture, (Blur(radius=radius),)).pixels
    wanted = straight(smoothed(premultiplied(picture), radius))
    assert np.abs(made - wanted).max() <= 0.6


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_sharpen_pixel_by_pixel(channels: int) -> None:
    picture = noise(9, 8, channels)
    made = filtered(picture, (Sharpen(radius=1.2, amount=0.7),)).pixels
    ink = premultiplied(picture)
    ink[..., :3] += 0.7 * (ink - smoothed(ink, 1.2))[..., :3]
    wanted = straight(ink)
    shown = picture.alpha() > 0
    assert np.abs(made - wanted)[shown].max() <= 0.6
    assert np.array_equal(made[..., 3:], picture.pixels[..., 3:])


def test_a_wide_blur_is_even() -> None:
    picture = Image(np.full((60, 80, 3), 90, np.uint8))
    assert filtered(picture, (Blur(radius=200),)) == picture
    edge = np.zeros((4, 400, 1), np.uint8)
    edge[:, 200:] = 255
    made = filtered(Image(edge), (Blur(radius=30),)).pixels[0, :, 0]
    wanted = [255 * (1 + math.erf((x + 0.5 - 200) / (30 * math.sqrt(2)))) / 2 for x in range(400)]
    assert np.abs(made - np.array(wanted)).max() <= 1


def test_nothing_bleeds_out_of_what_is_clear() -> None:
    pixels = np.zeros((9, 9, 4), np.uint8)
    pixels[..., 0] = 255  # clear red
    pixels[3:6, 3:6] = (0, 0, 255, 255)
    for each in (Blur(radius=1.5), Sharpen(radius=1.5, amount=2)):
        made = filtered(Image(pixels), (each,)).pixels
        assert not made[made[..., 3] > 0][:, 0].any()


def test_noise_has_the_spread_that_is_asked_for() -> None:
    grey = Image(np.full((200, 200, 3), 128, np.uint8))
    grain = filtered(grey, (Noise(amount=0.1, monochrome=False, seed=4),)).pixels - 128.0
    assert abs(grain.std() - 25.5) < 0.4
    assert abs(grain.mean()) < 0.4
    assert abs(np.corrcoef(grain[..., 0].ravel(), grain[..., 1].ravel())[0, 1]) < 0.02
    mono = filtered(grey, (Noise(amount=0.1, seed=4),)).pixels
    assert np.array_equal(mono[..., 0], mono[..., 2])


def test_noise_is_of_its_seed_alone() -> None:
    picture = noise(20, 20, 4)
    one, again, other = (filtered(picture, (Noise(seed=seed),)) for seed in (1, 1, 2))
    assert one == again != other
    assert np.array_equal(one.alpha(), picture.alpha())


def test_order_counts_and_off_is_off() -> None:
    picture = noise(20, 20)
    assert filtered(picture, ALL) != filtered(picture, ALL[::-1])
    off = tuple(each.model_copy(update={"enabled": False}) for each in ALL)
    assert filtered(picture, off) == picture


@given(pictures(longest=12), st.permutations(ALL))
@settings(max_examples=40)
def test_any_picture_keeps_its_shape(picture: Image, filters: list[Filter]) -> None:
    assert filtered(picture, filters).pixels.shape == picture.pixels.shape


def test_written_and_read() -> None:
    adapter = TypeAdapter[tuple[Filter, ...]](Filters)
    assert adapter.validate_json(adapter.dump_json(ALL)) == ALL
    for bad in ('[{"kind":"levels","gamma":0}]', '[{"kind":"shell"}]', '[{"kind":"blur","r":1}]'):
        with pytest.raises(ValidationError):
            adapter.validate_json(bad)
    with pytest.raises(ValidationError):
        adapter.validate_python(ALL * 7)


def test_the_same_look_in_another_size() -> None:
    small = scaled(ALL, 0.25)
    assert [each.radius for each in small if isinstance(each, Blur | Sharpen)] == [0.5, 0.5]
    assert small[0] == ALL[0]


def test_a_placed_picture_is_filtered_then_masked_then_cropped() -> None:
    picture, mask = noise(16, 16, 3, 1), noise(16, 16, 1, 2)
    part = Crop(left=2, top=3, width=10, height=9)
    hue = Adjust(hue=30)
    placed = Placed(picture, 0, 0, crop=part, adjust=hue, filters=ALL, mask=mask)
    wanted = filtered(adjust(picture, hue=30), ALL).pixels[3:12, 2:12]
    assert np.array_equal(placed.finished().pixels[..., :3], wanted)
    assert np.array_equal(placed.finished().alpha(), mask.pixels[3:12, 2:12, 0])
    mirrored = Placed(picture, 0, 0, mirrored=True).finished()
    assert np.array_equal(mirrored.pixels, picture.pixels[:, ::-1])


def test_a_mask_of_another_size_is_stretched() -> None:
    half = np.zeros((1, 2, 1), np.uint8)
    half[0, 1] = 255
    made = Placed(noise(40, 8), 0, 0, mask=Image(half)).finished().alpha()
    assert not made[:, :5].any()
    assert (made[:, -5:] == 255).all()
    assert np.array_equal(inverted(Image(half)).pixels, 255 - half)

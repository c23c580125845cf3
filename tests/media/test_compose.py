"""Pictures on a canvas: exact where nothing is resampled, smooth at edges, in order, bounded."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_studio.base.errors import StudioError
from aigc_studio.media.compose import composed
from aigc_studio.media.finish import adjust
from aigc_studio.media.image import Image
from aigc_studio.media.placing import Adjust, Crop, Placed, Sampling
from tests.media.helpers import ball, difference, gradient, noise, pictures

RED, BLUE = (200, 10, 20), (0, 0, 250)
SMOOTH_OR_HARD: list[Sampling] = ["smooth", "pixels"]


def plain(colour: tuple[int, ...], width: int = 4, height: int = 4) -> Image:
    """One colour."""
    return Image(np.full((height, width, len(colour)), colour, np.uint8))


def middle(
    image: Image, rotation: float = 0.0, opacity: float = 1.0, sampling: Sampling = "smooth"
) -> Placed:
    """A picture that lies in the canvas of its own size."""
    return Placed(image, image.width / 2, image.height / 2, 1.0, rotation, opacity, sampling)


@given(pictures(), st.sampled_from(SMOOTH_OR_HARD))
@settings(max_examples=60)
def test_nothing_done_nothing_changed(image: Image, sampling: Sampling) -> None:
    drawn = composed(*image.size, [middle(image, sampling=sampling)])
    shown = drawn.alpha() > 0
    wanted = image.to_mode("rgba")
    assert np.array_equal(drawn.pixels[shown], wanted.pixels[shown])
    assert np.array_equal(drawn.alpha(), wanted.alpha())


@given(pictures(), st.sampled_from([0.0, 90.0, 180.0, 270.0, -90.0, 360.0]))
@settings(max_examples=40)
def test_quarter_turns_are_exact(image: Image, degrees: float) -> None:
    turned = np.rot90(image.to_mode("rgba").pixels, -round(degrees / 90))
    height, width = turned.shape[:2]
    placed = Placed(image, width / 2, height / 2, rotation=degrees)
    drawn = composed(width, height, [placed])
    shown = drawn.alpha() > 0
    assert np.array_equal(drawn.alpha(), turned[..., 3])
    assert np.array_equal(drawn.pixels[shown], turned[shown])


@given(pictures(longest=9), st.integers(2, 5))
@settings(max_examples=30)
def test_hard_pixels_are_repeated(image: Image, factor: int) -> None:
    wide, high = image.width * factor, image.height * factor
    placed = Placed(image, wide / 2, high / 2, scale=factor, sampling="pixels")
    wanted = image.to_mode("rgba").pixels.repeat(factor, axis=0).repeat(factor, axis=1)
    drawn = composed(wide, high, [placed]).pixels
    shown = drawn[..., 3] > 0
    assert np.array_equal(drawn[shown], wanted[shown])


def test_later_ones_lie_above() -> None:
    low, high = middle(plain(RED)), middle(plain(BLUE))
    assert composed(4, 4, [low, high], (0, 0, 0)) == plain(BLUE)
    assert composed(4, 4, [high, low], (0, 0, 0)) == plain(RED)
    assert composed(4, 4, [], RED) == plain(RED)
    assert not composed(4, 4, []).alpha().any()


@pytest.mark.parametrize(("opacity", "wanted"), [(0.0, 0), (0.5, 100), (1.0, 200)])
def test_opacity(opacity: float, wanted: int) -> None:
    drawn = composed(4, 4, [middle(plain((200, 200, 200)), opacity=opacity)], (0, 0, 0))
    assert abs(int(drawn.pixels.max()) - wanted) <= 1
    clear = composed(4, 4, [middle(plain(RED), opacity=opacity)])
    assert abs(int(clear.alpha().max()) - round(255 * opacity)) <= 1
    if opacity:  # straight alpha: the colour is not darkened by it
        assert np.abs(clear.pixels[0, 0, :3].astype(int) - RED).max() <= 1


@pytest.mark.parametrize("rotation", [0.0, 30.0])
def test_an_enlarged_picture_keeps_its_colour_to_the_edge(rotation: float) -> None:
    drawn = composed(64, 64, [Placed(plain(RED), 32, 32, scale=8, rotation=rotation)])
    inside = drawn.alpha() == 255
    assert inside.sum() >= 0.9 * 32 * 32
    assert np.abs(drawn.pixels[inside][:, :3].astype(int) - RED).max() <= 1
    # Its area, counted with the cover of the pixels at the edge, is that of the picture.
    assert drawn.alpha().sum() / 255 == pytest.approx(32 * 32, rel=0.02)


def test_half_a_pixel_covers_half() -> None:
    drawn = composed(6, 4, [Placed(plain(RED, 4, 4), 2.5, 2, 1.0)])
    assert drawn.alpha()[0].tolist() == [128, 255, 255, 255, 128, 0]


def test_a_small_angle_changes_little() -> None:
    picture = gradient(64, 64)
    straight = composed(64, 64, [middle(picture)], (0, 0, 0))
    turned = composed(64, 64, [middle(picture, rotation=0.01)], (0, 0, 0))
    assert difference(straight.pixels, turned.pixels) < 1.5


def test_clockwise() -> None:
    bar = composed(41, 41, [Placed(plain(RED, 40, 3), 20.5, 20.5, rotation=45)])
    rows, columns = np.nonzero(bar.alpha() > 128)
    assert np.corrcoef(rows, columns)[0, 1] > 0.9  # down goes right


def test_shrinking_averages() -> None:
    picture = noise(64, 64)
    small = composed(8, 8, [Placed(picture, 4, 4, scale=1 / 8)], (0, 0, 0))
    mean = picture.pixels.reshape(8, 8, 8, 8, 3).mean((1, 3))
    assert small.pixels.std() < 0.35 * picture.pixels.std()
    assert difference(small.pixels, mean.round().astype(np.uint8)) < 8


def test_crop_and_colours_come_before_placing() -> None:
    picture = ball(0, 2, 24)
    asked = Adjust(brightness=0.3, hue=90.0)
    placed = Placed(picture, 5, 5, crop=Crop(left=2, top=3, width=10, height=10), adjust=asked)
    wanted = adjust(picture.cropped(2, 3, 10, 10), **dict(asked))
    drawn = composed(10, 10, [placed])
    shown = drawn.alpha() > 0
    assert shown.any()
    assert np.array_equal(drawn.pixels[shown], wanted.pixels[shown])
    assert Placed(picture, 0, 0, crop=Crop(left=20, top=0, width=9, height=1)).finished() == picture


PLACES = st.floats(-300, 300)


@given(
    pictures(longest=20),
    st.tuples(PLACES, PLACES),
    st.floats(0.01, 50),
    st.floats(-360, 360),
    st.sampled_from(SMOOTH_OR_HARD),
)
@settings(max_examples=150)
def test_any_place_can_be_drawn(
    image: Image, place: tuple[float, float], scale: float, degrees: float, sampling: Sampling
) -> None:
    placed = Placed(image, *place, scale, degrees, 0.7, sampling)
    drawn = composed(50, 40, [placed])
    assert drawn.size == (50, 40)
    assert drawn.alpha().max() <= 179


@pytest.mark.parametrize("scale", [1000.0, 1.0, 0.01])
@pytest.mark.parametrize("degrees", [0.0, 33.0])
@pytest.mark.parametrize("place", [1e6, -1e6, 0.0])
def test_far_and_huge_things_cost_nothing(scale: float, degrees: float, place: float) -> None:
    composed(32, 32, [Placed(noise(300, 300), place, -place, scale, degrees)])


@pytest.mark.parametrize("side", [0, -1, 1 << 20])
def test_a_canvas_without_bounds_is_refused(side: int) -> None:
    with pytest.raises(StudioError, match="cannot be drawn"):
        composed(side, 10, [])

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_studio.base.errors import StudioError
from aigc_studio.media.finish import adjust, crop
from aigc_studio.media.image import Image
from tests.media.helpers import ball, gradient, noise, pictures


@given(pictures())
@settings(max_examples=40)
def test_nothing_asked_nothing_changed(image: Image) -> None:
    assert adjust(image) == image


@given(st.floats(-360, 360))
@settings(max_examples=30)
def test_hue_leaves_grey_alone(degrees: float) -> None:
    grey = noise(6, 6, 1).to_mode("rgb")
    changed = adjust(grey, hue=degrees)
    assert np.abs(changed.pixels.astype(int) - grey.pixels).max() <= 1


def test_a_third_of_the_wheel_turns_red_green() -> None:
    red = Image(np.full((1, 1, 3), (120, 60, 60), np.uint8))
    turned = adjust(red, hue=120).pixels.ravel()
    assert turned.argmax() == 1


def test_extremes() -> None:
    picture = gradient(8, 8)
    assert not adjust(picture, brightness=-1).pixels.any()
    assert np.unique(adjust(picture, contrast=-1).pixels).tolist() == [128]
    grey = adjust(picture, saturation=-1).pixels
    assert np.ptp(grey.astype(int), axis=2).max() <= 1


def test_alpha_stays() -> None:
    picture = ball(0, 2)
    changed = adjust(picture, brightness=0.5, contrast=0.2, saturation=1, hue=45)
    assert np.array_equal(changed.alpha(), picture.alpha())
    assert changed != picture


def test_crop() -> None:
    assert crop(gradient(8, 8), 2, 3, 4, 5).size == (4, 5)
    with pytest.raises(StudioError):
        crop(gradient(8, 8), 5, 0, 4, 4)

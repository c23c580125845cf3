"""Blend modes against the text of the W3C's specification, pixel by pixel in plain fractions."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from aigc_studio.media.blending import Blend, blended
from aigc_studio.media.compose import composed
from aigc_studio.media.image import Image
from aigc_studio.media.placing import Placed, Stack
from tests.media.helpers import noise

MODES: tuple[Blend, ...] = get_args(Blend)
PIXELS = hnp.arrays(np.uint8, (2, 3, 4))


def mix(mode: Blend, below: Fraction, above: Fraction) -> Fraction:
    """B(Cb, Cs) as section 10.1 writes it."""
    match mode:
        case "normal":
            return above
        case "multiply":
            return below * above
        case "screen":
            return 1 - (1 - below) * (1 - above)
        case "overlay":  # HardLight(Cs, Cb)
            if below <= Fraction(1, 2):
                return above * 2 * below
            return mix("screen", above, 2 * below - 1)
        case "darken":
            return min(below, above)
        case "lighten":
            return max(below, above)


def by_the_book(below: list[int], above: list[int], mode: Blend, opacity: float) -> list[float]:
    """One pixel: section 10 for the colour, section 9.1.4 for what is laid over what."""
    cb, cs = ([Fraction(n, 255) for n in pixel[:3]] for pixel in (below, above))
    ab, alpha = Fraction(below[3], 255), Fraction(above[3], 255) * Fraction(opacity)
    out = alpha + ab * (1 - alpha)
    if out == 0:
        return [0.0] * 4
    mixed = [(1 - ab) * s + ab * mix(mode, b, s) for b, s in zip(cb, cs, strict=True)]
    laid = [alpha * m + (1 - alpha) * ab * b for b, m in zip(cb, mixed, strict=True)]
    return [float(255 * c / out) for c in laid] + [float(255 * out)]


def reference(below: np.ndarray, above: np.ndarray, mode: Blend, opacity: float) -> np.ndarray:
    """`by_the_book` for each pixel of a picture."""
    rows = [
        [
            by_the_book(b.tolist(), s.tolist(), mode, opacity)
            for b, s in zip(lower, upper, strict=True)
        ]
        for lower, upper in zip(below, above, strict=True)
    ]
    return np.array(rows)


@pytest.mark.parametrize("mode", MODES)
@given(PIXELS, PIXELS, st.sampled_from([0.0, 0.25, 0.6, 1.0]))
@settings(max_examples=60)
def test_as_the_specification_says(
    mode: Blend, below: np.ndarray, above: np.ndarray, opacity: float
) -> None:
    made, wanted = blended(below, above, mode, opacity), reference(below, above, mode, opacity)
    assert np.abs(made - wanted).max() <= 0.502  # rounded once


@pytest.mark.parametrize("mode", MODES)
def test_every_pair_of_opaque_colours(mode: Blend) -> None:
    below, above = np.meshgrid(np.arange(256, dtype=np.uint8), np.arange(256, dtype=np.uint8))
    full = np.full_like(below, 255)
    made = blended(
        np.dstack([below, below, below, full]), np.dstack([above, above, above, full]), mode
    )
    for b, s in [(0, 0), (0, 255), (255, 255), (127, 128), (128, 127), (31, 200), (200, 31)]:
        wanted = float(255 * mix(mode, Fraction(b, 255), Fraction(s, 255)))
        assert abs(int(made[s, b, 0]) - wanted) <= 0.502
    assert (made[..., 3] == 255).all()


@pytest.mark.parametrize("mode", MODES)
def test_a_composed_canvas_is_within_one(mode: Blend) -> None:
    below, above = noise(40, 40, 4, 1), noise(24, 24, 4, 2)
    layers = [Placed(below, 20, 20), Placed(above, 20, 20, blend=mode, opacity=0.8)]
    made = composed(40, 40, layers).pixels[8:32, 8:32].astype(int)
    wanted = reference(below.pixels[8:32, 8:32], above.pixels, mode, 0.8)
    shown = wanted[..., 3] > 16  # the colour of what is nearly clear cannot be told
    assert np.abs(made - wanted)[shown].max() <= 1


def test_on_nothing_every_mode_is_normal() -> None:
    picture = noise(8, 8, 4)
    clear = np.zeros((8, 8, 4), np.uint8)
    shown = picture.pixels[..., 3] > 0
    for mode in MODES:
        assert np.array_equal(blended(clear, picture.pixels, mode)[shown], picture.pixels[shown])


def test_a_group_is_isolated() -> None:
    ground, member = noise(16, 16, 3, 1), noise(16, 16, 3, 2)
    multiplied = Placed(member, 8, 8, blend="multiply")
    inside = composed(16, 16, [Placed(ground, 8, 8), Stack((multiplied,))])
    assert inside == Image(np.dstack([member.pixels, np.full((16, 16), 255, np.uint8)]))
    outside = composed(16, 16, [Placed(ground, 8, 8), multiplied])
    grouped = Stack((Placed(member, 8, 8),), blend="multiply")
    assert composed(16, 16, [Placed(ground, 8, 8), grouped]) == outside != inside


def test_a_group_has_one_opacity() -> None:
    red, blue = (Image(np.full((8, 8, 3), c, np.uint8)) for c in ((255, 0, 0), (0, 0, 255)))
    both = Stack((Placed(red, 4, 4), Placed(blue, 4, 4)), opacity=0.5)
    drawn = composed(8, 8, [both], (0, 0, 0)).pixels
    assert np.abs(drawn.astype(int) - (0, 0, 128)).max() <= 1  # no red shines through


def test_the_mask_of_a_group_ends_where_it_ends() -> None:
    white = Image(np.full((8, 8, 3), 255, np.uint8))
    hides = Placed(Image(np.zeros((4, 4, 1), np.uint8)), 2, 2)
    drawn = composed(8, 8, [Stack((Placed(white, 4, 4),), mask=hides)])
    assert not drawn.alpha()[:4, :4].any()
    assert (drawn.alpha()[4:] == 255).all()
    assert (drawn.alpha()[:, 4:] == 255).all()

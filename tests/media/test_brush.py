"""A brush: even lines however they are drawn, its bounds, and what each ink does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aigc_studio.media.brush import Brush, Ink, Stroke
from tests.media.helpers import noise

PLACES = st.lists(
    st.tuples(st.floats(-50, 100), st.floats(-50, 100), st.floats(0, 1)), min_size=1, max_size=8
)


def along(stroke: Stroke, *places: tuple[float, float]) -> Stroke:
    """The stroke through these places."""
    for x, y in places:
        stroke.to(x, y)
    return stroke


def test_a_stamp_is_round_and_of_its_size() -> None:
    cover = along(Stroke(Brush(size=20, hardness=1), 40, 40), (20, 20)).cover
    assert abs(float(cover.sum()) - np.pi * 100) < 8
    assert cover[20, 20] == 1
    assert cover[20, 34] == 0
    soft = along(Stroke(Brush(size=20, hardness=0), 40, 40), (20, 20)).cover
    assert 0 < soft[20, 27] < soft[20, 23] < 1


def test_a_line_is_the_same_in_one_piece_and_in_many() -> None:
    brush = Brush(size=9, hardness=0.5)
    one = along(Stroke(brush, 100, 30), (10, 15), (90, 15)).cover
    many = along(Stroke(brush, 100, 30), *((x, 15) for x in np.linspace(10, 90, 57))).cover
    assert np.abs(one - many).max() < 0.06
    ridge = one[15, 12:88]
    assert ridge.max() - ridge.min() < 0.02  # no pearls


def test_crossing_itself_does_not_cover_more() -> None:
    brush = Brush(size=8, opacity=0.5, colour=(255, 0, 0))
    stroke = along(Stroke(brush, 40, 40), (5, 20), (35, 20), (20, 5), (20, 35), (5, 20))
    whole = (slice(0, 40), slice(0, 40))
    made = stroke.inked(np.zeros((40, 40, 4), np.uint8), whole)
    assert made[..., 3].max() == 128


@pytest.mark.parametrize(
    ("ink", "wanted"), [("paint", (9, 8, 7, 255)), ("erase", None), ("show", 255), ("hide", 0)]
)
def test_inks(ink: Ink, wanted: object) -> None:
    brush = Brush(size=30, hardness=1, colour=(9, 8, 7), ink=ink)
    channels = 4 if ink in ("paint", "erase") else 1
    before = noise(40, 40, channels).pixels
    stroke = along(Stroke(brush, 40, 40), (20, 20))
    made = stroke.inked(before, (slice(0, 40), slice(0, 40)))
    assert made.shape == before.shape
    corner = before[0, 0] if channels == 1 or before[0, 0, 3] else made[0, 0]
    assert (made[0, 0] == corner).all()
    if ink == "erase":
        assert made[20, 20, 3] == 0
    else:
        assert (made[20, 20] == wanted).all()


@given(PLACES, st.floats(1, 300), st.floats(0, 1))
@example([(0, 0, 0), (1, 0, 1), (1, 0, 0)], 9, 0)  # the hand rests, and presses less
@settings(max_examples=60)
def test_what_is_told_to_have_changed_is_all_that_did(
    places: list[tuple[float, float, float]], size: float, hardness: float
) -> None:
    stroke = Stroke(Brush(size=size, hardness=hardness), 40, 30)
    for place in places:
        before = stroke.cover.copy()
        part = stroke.to(*place)
        changed = stroke.cover != before
        if part is not None:
            changed[part] = False
        assert not changed.any()
    assert 0 <= stroke.cover.min() <= stroke.cover.max() <= 1


def test_a_finer_picture_has_a_larger_stamp() -> None:
    small = along(Stroke(Brush(size=16, hardness=0), 40, 40, 1.0), (20, 20)).cover.sum()
    large = along(Stroke(Brush(size=16, hardness=0), 80, 80, 2.0), (40, 40)).cover.sum()
    assert 3.5 < large / small < 4.5

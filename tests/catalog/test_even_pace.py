"""Re-timing by what is seen."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_studio.catalog.even_pace import (
    FEWEST,
    MOST,
    differences,
    even_parts,
    largest_step,
    measured_at,
    way_id,
)

STEPS = st.lists(st.floats(0, 50), min_size=1, max_size=60)


@given(STEPS, st.integers(2, 100))
def test_parts_go_forward_from_exactly_0_to_exactly_1(steps: list[float], count: int) -> None:
    parts = even_parts(steps, count)
    assert len(parts) == count
    assert (parts[0], parts[-1]) == (0.0, 1.0)
    assert all(one <= other for one, other in pairwise(parts))


def test_an_uneven_way_becomes_even() -> None:
    def shown(part: float) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
        return np.full((4, 4, 3), round(250 * part**3), np.uint8)

    looked = measured_at(100)
    before = differences([shown(part) for part in looked])
    parts = even_parts(before, 26)
    after = differences([shown(part) for part in parts])
    assert largest_step(before) > 3
    assert largest_step(after) < 1.2


def test_where_nothing_changes_parts_are_even() -> None:
    assert even_parts([0.0] * 9, 5) == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert largest_step([0.0, 0.0]) == 1.0


def test_it_looks_neither_too_seldom_nor_too_often() -> None:
    assert [len(measured_at(steps)) for steps in (2, 48, 10_000)] == [FEWEST, 48, MOST]
    assert measured_at(33)[16] == pytest.approx(0.5)


def test_a_way_is_named_by_both_ends() -> None:
    names = {way_id(a, b) for a, b in ((b"ab", b"c"), (b"a", b"bc"), (b"c", b"ab"))}
    assert len(names) == 3

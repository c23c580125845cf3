"""Names in the order of a file manager."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from aigc_studio.base.natural import natural

NAMES = [
    "1.png",
    "2.png",
    "10.png",
    "100.png",
    "Fox 2 of 10.png",
    "fox 2 of 9.png",
    "fox 10 of 2.png",
    "fox.png",
    "狐狸 3.png",
    "狐狸 20.png",
]
ORDER = ["1.png", "2.png", "10.png", "100.png", "fox 2 of 9.png", "Fox 2 of 10.png"]
ORDER += ["fox 10 of 2.png", "fox.png", "狐狸 3.png", "狐狸 20.png"]


def test_numbers_in_names_count_as_numbers() -> None:
    assert sorted(NAMES, key=natural) == ORDER


@given(st.lists(st.text(alphabet="aA01²٣. \u72d0", max_size=6), max_size=8, unique=True))
def test_any_names_have_one_order(names: list[str]) -> None:
    ordered, backwards = sorted(names, key=natural), names[::-1]
    assert sorted(backwards, key=natural) == ordered
    assert all(natural(one) < natural(two) for one, two in itertools.pairwise(ordered))

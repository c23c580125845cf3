from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aigc_studio.base.seeds import MAX_SEED, derive

NAMES = st.lists(st.text("abc", min_size=1) | st.integers(), max_size=3)


@given(st.integers(), NAMES)
def test_seeds_are_in_range_and_the_same_again(seed: int, names: list[str | int]) -> None:
    derived = derive(seed, *names)
    assert 0 <= derived <= MAX_SEED
    assert derived == derive(seed, *names)


@given(st.integers(), st.integers(), NAMES, NAMES)
def test_every_purpose_has_its_own_stream(
    seed: int, other: int, names: list[str | int], others: list[str | int]
) -> None:
    same = (seed, *map(str, names)) == (other, *map(str, others))
    assert (derive(seed, *names) == derive(other, *others)) is same


def test_seeds_never_change_between_versions() -> None:
    assert derive(0) == 6912158355717386040
    assert derive(7, "order", 3) == 5560619317033266224

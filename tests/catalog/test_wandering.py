"""Searches, walks of chance and neighbours: repeatable, typical, and where they should be."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_studio.catalog.evolution import (
    LARGEST_REACH,
    SMALLEST_REACH,
    Search,
    narrowed,
    proposal,
)
from aigc_studio.catalog.neighbours import between, distances, elbow_room
from aigc_studio.catalog.wandering import Wandering
from tests.catalog.spaces import SIZE, points_of, whitening_of

SEED = st.integers(0, 1000)


@given(SEED, st.floats(0.1, 1))
def test_a_walk_starts_where_it_starts_and_closes_when_asked(seed: int, reach: float) -> None:
    start = points_of(seed, 1)[0].astype(np.float64)
    walk = Wandering(start, seed, reach=reach, round_in=5.0)
    assert np.array_equal(walk.at(0), start)
    np.testing.assert_allclose(walk.at(1e-9), start, atol=1e-6)
    np.testing.assert_allclose(walk.at(5.0), start, atol=1e-6)
    np.testing.assert_allclose(walk.at(1.7), walk.at(6.7), atol=1e-6)
    # No corner at the seam: it leaves as it came.
    step = 1e-4
    np.testing.assert_allclose(walk.at(step) - start, start - walk.at(5 - step), atol=1e-5)


def test_a_walk_repeats_with_its_seed_alone() -> None:
    start = np.zeros(SIZE)
    one, same, other = (Wandering(start, seed).at(3.3) for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert np.linalg.norm(one - other) > 0.1


def test_an_endless_walk_stays_typical_and_goes_on() -> None:
    start = np.random.default_rng(0).standard_normal(4096)
    walk = Wandering(start, 3, reach=1.0)
    lengths = [np.linalg.norm(walk.at(t)) / 64 for t in range(0, 600, 7)]
    assert min(lengths) > 0.9
    assert max(lengths) < 1.1
    ways = [walk.at(t + 0.04) - walk.at(t) for t in range(0, 600, 7)]
    assert max(np.linalg.norm(way) for way in ways) / 64 < 0.1  # no leap from frame to frame
    assert min(np.linalg.norm(walk.at(t) - start) / 64 for t in range(20, 600, 7)) > 0.2


def test_a_shorter_reach_stays_nearer() -> None:
    start = np.random.default_rng(0).standard_normal(4096)
    far = [
        np.mean([np.linalg.norm(Wandering(start, 1, reach=reach).at(t) - start) for t in (9, 22)])
        for reach in (0.1, 0.5, 1.0)
    ]
    assert far[0] < far[1] < far[2]


@given(SEED, st.integers(0, 8))
def test_a_generation_repeats_item_by_item(seed: int, index: int) -> None:
    search = narrowed(Search(np.zeros(SIZE), seed), points_of(seed, 2).astype(np.float64))
    assert np.array_equal(proposal(search, index), proposal(search, index))
    assert (proposal(search, index) != proposal(search, index + 1)).any()


def test_nothing_picked_gives_others_just_as_far_away() -> None:
    search = Search(np.zeros(64), 5)
    others = narrowed(search, np.zeros((0, 64)))
    assert others.reach == search.reach
    assert np.array_equal(others.middle, search.middle)
    assert (proposal(others, 0) != proposal(search, 0)).any()


def test_picking_the_nearest_of_nine_finds_what_is_wanted() -> None:
    wanted = np.zeros(6)
    wanted[:2] = 3.0
    search = Search(np.zeros(6), 1)
    before = float(np.linalg.norm(wanted))
    for _ in range(12):
        shown = np.stack([proposal(search, index) for index in range(9)])
        best = np.argsort(np.linalg.norm(shown - wanted, axis=1))[:2]
        search = narrowed(search, shown[best])
    assert np.linalg.norm(search.middle - wanted) < before / 4


@given(SEED, st.lists(st.integers(1, 9), min_size=1, max_size=30))
def test_the_reach_stays_between_its_ends(seed: int, counts: list[int]) -> None:
    search = Search(np.zeros(SIZE), seed)
    for count in counts:
        search = narrowed(search, np.stack([proposal(search, i) for i in range(count)]))
        assert SMALLEST_REACH <= search.reach <= LARGEST_REACH
        assert np.isfinite(search.middle).all()


def test_an_agreeing_drift_reaches_farther_a_turned_one_less_far() -> None:
    step = np.ones((1, 4)) * 0.2
    on = narrowed(narrowed(Search(np.zeros(4), 0), step), 2 * step)
    back = narrowed(narrowed(Search(np.zeros(4), 0), step), 0 * step)
    assert on.reach > 0.5 > back.reach


@given(SEED)
def test_distances_are_counted_in_deviations(seed: int) -> None:
    whitening, points = whitening_of(seed), points_of(seed, 5)
    far = distances(whitening, points[2], points)
    assert far[2] == 0
    assert (np.delete(far, 2) > 0).all()
    moved = whitening.outside(np.full(SIZE, 0.5)).astype(np.float32)
    here = whitening.mean.astype(np.float32)
    assert distances(whitening, here, moved[None])[0] == pytest.approx(0.5, abs=1e-5)


@given(SEED, st.integers(2, 20))
def test_elbow_room_is_the_common_distance_of_nearest_ones(seed: int, count: int) -> None:
    whitening, points = whitening_of(seed), points_of(seed, count)
    every = [distances(whitening, point, points) for point in points]
    nearest = [np.delete(far, own).min() for own, far in enumerate(every)]
    assert elbow_room(whitening, points) == pytest.approx(np.median(nearest), abs=1e-4)
    assert elbow_room(whitening, points[:1]) == 0


@given(SEED, st.integers(1, 12), st.sampled_from(["gaussian", "euclid"]))
def test_on_a_place_of_the_map_it_is_its_own_point(seed: int, count: int, geometry: str) -> None:
    points = list(points_of(seed, count))
    places = np.random.default_rng(seed).uniform(-1, 1, (count, 2))
    for index, place in enumerate(places):
        found = between(places, (place[0], place[1]), points, geometry)  # type: ignore[arg-type]
        assert np.array_equal(found, points[index])


def test_between_places_nothing_jumps() -> None:
    points, dice = list(points_of(0, 30)), np.random.default_rng(0)
    places = dice.uniform(-1, 1, (30, 2))
    way = [between(places, (x, 0.1), points, "euclid") for x in np.linspace(-1, 1, 4001)]
    leaps = [float(np.linalg.norm(b - a)) for a, b in itertools.pairwise(way)]
    assert max(leaps) < 0.1

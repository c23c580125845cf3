"""Directions: gone along exactly, held exactly, and learned where there is something to learn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_studio.catalog.directions import (
    amount_along,
    held,
    held_layers,
    learned,
    missing,
    moved_along,
    step_of,
)
from aigc_studio.catalog.latent import Space
from aigc_studio.catalog.spaces import tiled
from aigc_studio.catalog.whitening import Whitening, alike, orthonormal
from tests.catalog.spaces import SIZE, points_of, space_of, whitening_of

SEED, AMOUNT = st.integers(0, 1000), st.floats(-4, 4)


@given(SEED)
def test_there_and_back_is_where_it_was(seed: int) -> None:
    whitening, steps = whitening_of(seed), points_of(seed, 3)
    np.testing.assert_allclose(whitening.back(whitening.turn(steps)), steps, atol=1e-6)
    np.testing.assert_allclose(whitening.outside(whitening.inside(steps)), steps, atol=1e-6)


@given(SEED)
def test_one_deviation_along_an_axis_has_length_one(seed: int) -> None:
    whitening = whitening_of(seed)
    turned = whitening.turn(whitening.axes * whitening.spread[:, None])
    np.testing.assert_allclose(np.linalg.norm(turned, axis=1), 1, atol=1e-9)


def test_a_space_without_statistics_is_measured_as_it_is() -> None:
    whitening = Whitening(Space("z", (2, 3), "gaussian"))
    point = np.arange(6, dtype=np.float32).reshape(2, 3)
    np.testing.assert_allclose(whitening.inside(point).reshape(-1), np.arange(6))


@given(SEED)
def test_layers_that_are_alike_are_measured_as_the_one_row_they_are(seed: int) -> None:
    one, whole = whitening_of(seed), Whitening(tiled(space_of(seed), "w+", 3))
    start, step = points_of(seed, 2)
    moved = np.tile(start, (3, 1)) + np.tile(step, (3, 1))
    length = np.linalg.norm(whole.inside(moved.reshape(3, SIZE)))
    assert length == pytest.approx(np.linalg.norm(one.inside(start + step)), rel=1e-5)
    apart = points_of(seed, 3)
    np.testing.assert_allclose(whole.outside(whole.inside(apart)), apart.reshape(1, -1), atol=1e-5)


def test_chance_keeps_layers_together() -> None:
    space = tiled(space_of(1), "w+", 4)
    steps = Whitening(space).back(np.random.default_rng(2).standard_normal((4000, 4 * SIZE)))
    rows = steps.reshape(4000, 4, SIZE)
    together = rows.mean(axis=1)
    expected = whitening_of(1).back(np.random.default_rng(3).standard_normal((4000, SIZE)))
    np.testing.assert_allclose(together.std(axis=0), expected.std(axis=0), rtol=0.1)
    assert 0 < (rows - together[:, None]).std() < 0.5 * together.std()


def test_layers_with_statistics_of_their_own_are_not_alike() -> None:
    space = tiled(space_of(1), "w+", 4)
    assert space.mean is not None
    assert alike(space) == 4
    other = space.mean.copy()
    other[2] += 1
    assert alike(replace(space, mean=other)) == 1
    assert alike(space_of(1)) == 1


@given(SEED, st.integers(1, 12))
def test_right_angles_whatever_is_given(seed: int, count: int) -> None:
    given_ones = points_of(seed, count).astype(np.float64)
    made = orthonormal(np.concatenate([given_ones, given_ones[:2], np.zeros((1, SIZE))]))
    assert len(made) == min(count, SIZE)
    np.testing.assert_allclose(made @ made.T, np.eye(len(made)), atol=1e-9)
    np.testing.assert_allclose(given_ones @ made.T @ made, given_ones, atol=1e-6)


@given(SEED, AMOUNT)
def test_a_move_goes_as_far_as_was_asked_and_nowhere_else(seed: int, amount: float) -> None:
    whitening, (here, vector, other) = whitening_of(seed), points_of(seed, 3)
    there = moved_along(whitening, vector, here, amount)
    assert amount_along(whitening, vector, there) == pytest.approx(amount, abs=1e-4)
    across = whitening.turn(step_of(whitening, other))
    across = across - (across @ (unit := whitening.turn(step_of(whitening, vector)))) * unit
    step = whitening.turn(there - here)
    assert float(across @ step) == pytest.approx(0, abs=1e-4)


@given(SEED, st.integers(1, SIZE))
def test_what_is_held_stays_and_the_rest_is_free(seed: int, count: int) -> None:
    whitening, vectors = whitening_of(seed), points_of(seed, count)
    here, there = points_of(seed + 1, 2)
    kept = held(whitening, here, there, vectors)
    for vector in vectors:
        assert amount_along(whitening, vector, kept) == pytest.approx(
            amount_along(whitening, vector, here), abs=1e-4
        )
    again = held(whitening, here, kept, vectors)
    np.testing.assert_allclose(again, kept, atol=1e-4)
    if count < SIZE:
        assert np.linalg.norm(kept - here) > 1e-6
    far = np.linalg.norm(whitening.turn(kept - here))
    assert far <= np.linalg.norm(whitening.turn(there - here)) * (1 + 1e-6)


def test_nothing_held_lets_go_anywhere() -> None:
    here, there = points_of(0, 2)
    assert held(whitening_of(0), here, there, np.zeros((0, SIZE))) is there


def test_held_layers_are_these_very_numbers() -> None:
    here, there = points_of(0, 8).reshape(2, 4, SIZE)
    kept = held_layers(here, there, range(1, 3))
    assert np.array_equal(kept[1:3], here[1:3])
    assert np.array_equal(kept[[0, 3]], there[[0, 3]])


@given(SEED, st.integers(2, 12), st.integers(2, 12))
def test_a_learned_direction_leads_to_what_is_liked(seed: int, liked: int, disliked: int) -> None:
    whitening = Whitening(space_of(seed, size=64))
    truth = step_of(whitening, points_of(seed + 1, 1, 64)[0])
    noise = points_of(seed + 2, liked + disliked, 64) * 0.1
    signs = np.repeat([2.0, -2.0], [liked, disliked])[:, None]
    seen = (whitening.mean + signs * truth + noise).astype(np.float32)
    found = learned(whitening, seen[:liked], seen[liked:])
    unit, wanted = whitening.turn(found), whitening.turn(truth)
    assert np.linalg.norm(unit) == pytest.approx(1, abs=1e-4)
    assert float(unit @ wanted) > 0.5
    ahead = [amount_along(whitening, found, point) for point in seen]
    assert min(ahead[:liked]) > max(ahead[liked:])


def test_too_little_or_nothing_to_tell_apart_is_refused() -> None:
    whitening, points = whitening_of(0), points_of(0, 4)
    assert missing(1, 0) == (1, 2)
    assert missing(2, 7) == (0, 0)
    with pytest.raises(ValueError, match="too few"):
        learned(whitening, points[:1], points[1:])
    same = np.repeat(points[:1], 2, axis=0)
    with pytest.raises(ValueError, match="nothing tells"):
        learned(whitening, same, same)

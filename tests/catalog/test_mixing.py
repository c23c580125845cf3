"""Mixes of many points: ends, order, lengths, and the way of two."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_studio.catalog.latent import Geometry
from aigc_studio.catalog.latent_maths import crossed, lerp, slerp
from aigc_studio.catalog.mixing import blended
from tests.catalog.spaces import SIZE, points_of

SEED, COUNT = st.integers(0, 1000), st.integers(2, 6)
BENT = st.sampled_from(get_args(Geometry))


@given(SEED, st.floats(0, 1))
def test_of_two_it_is_the_way_between_them(seed: int, t: float) -> None:
    a, b = points_of(seed, 2)
    for geometry, way in (("gaussian", slerp), ("euclid", lerp)):
        mixed = blended([a, b], [1 - t, t], geometry)  # type: ignore[arg-type]
        np.testing.assert_allclose(mixed, way(a, b, t), atol=1e-4)


@given(SEED, COUNT, BENT)
def test_one_alone_is_exactly_itself(seed: int, count: int, geometry: Geometry) -> None:
    points = list(points_of(seed, count))
    weights = [0.0] * count
    weights[-1] = 0.3
    assert blended(points, weights, geometry) is points[-1]


@given(SEED, COUNT, BENT)
def test_order_and_scale_of_the_weights_do_not_matter(
    seed: int, count: int, geometry: Geometry
) -> None:
    points = points_of(seed, count)
    weights = np.random.default_rng(seed).uniform(0.1, 1, count)
    turned = np.random.default_rng(seed + 1).permutation(count)
    one = blended(list(points), list(weights), geometry)
    other = blended(list(points[turned]), list(7 * weights[turned]), geometry)
    np.testing.assert_allclose(one, other, atol=1e-4)


@given(SEED, COUNT)
def test_round_the_shell_the_length_is_kept(seed: int, count: int) -> None:
    points = points_of(seed, count, 64)
    weights = np.random.default_rng(seed).uniform(0.1, 1, count)
    wanted = weights @ np.linalg.norm(points, axis=1) / weights.sum()
    found = np.linalg.norm(blended(list(points), list(weights), "gaussian"))
    assert found == pytest.approx(wanted, rel=1e-5)


@pytest.mark.parametrize("geometry", get_args(Geometry))
def test_awkward_ones_stay_finite(geometry: Geometry) -> None:
    point = np.ones(4, np.float32)
    for points in ([point, -point], [point, 0 * point], [point, point], [0 * point, 0 * point]):
        for weights in ([1.0, 1.0], [0.0, 0.0], [1e-30, 1e-30]):
            mixed = blended(points, weights, geometry)
            assert mixed.dtype == np.float32
            assert np.isfinite(mixed).all()


@given(SEED, st.integers(0, 4))
def test_a_crossing_takes_whole_layers(seed: int, layer: int) -> None:
    coarse, fine = points_of(seed, 8).reshape(2, 4, SIZE)
    mixed = crossed(coarse, fine, layer)
    assert np.array_equal(mixed[:layer], coarse[:layer])
    assert np.array_equal(mixed[layer:], fine[layer:])

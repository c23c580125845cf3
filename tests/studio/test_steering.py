"""Movements in a latent space do what is asked and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Code, Space
from aigc_studio.catalog.spaces import tiled
from aigc_studio.studio.position import LEAST_TRUNCATION, MOST_TRUNCATION, Position
from aigc_studio.studio.steering import Steering

if TYPE_CHECKING:
    from aigc_studio.catalog.latent import Floats, Geometry

SIZE, AXES = 8, 5
AMOUNT = st.floats(-4, 4)
SEED = st.integers(0, 1000)


def space_of(seed: int, geometry: Geometry = "gaussian") -> Space:
    """A space with statistics; its axes are at right angles, as those of a PCA are."""
    dice = np.random.default_rng(seed)
    axes = np.linalg.qr(dice.standard_normal((SIZE, AXES)))[0].T.astype(np.float32)
    mean = dice.standard_normal(SIZE).astype(np.float32)
    std = dice.uniform(0.2, 2, SIZE).astype(np.float32)
    return Space("z", (SIZE,), geometry, mean=mean, std=std, axes=axes)


def point_of(seed: int) -> Floats:
    return np.random.default_rng((seed, 7)).standard_normal(SIZE).astype(np.float32)


@given(SEED, st.dictionaries(st.integers(0, AXES - 1), AMOUNT))
def test_a_move_goes_as_far_as_was_asked(seed: int, amounts: dict[int, float]) -> None:
    steering, start = Steering(space_of(seed)), point_of(seed)
    end = steering.moved(start, amounts)
    expected = steering.amounts(start)
    for axis, amount in amounts.items():
        expected[axis] = amount
    np.testing.assert_allclose(steering.amounts(end), expected, atol=1e-3)


@given(SEED, AMOUNT)
def test_what_lies_off_the_axes_is_held(seed: int, amount: float) -> None:
    steering, start = Steering(space_of(seed)), point_of(seed)
    change = steering.moved(start, {0: amount}) - start
    rest = change - steering.axes.T @ (steering.axes @ change)
    np.testing.assert_allclose(rest, 0, atol=1e-3)


@given(SEED)
def test_the_typical_point_lies_in_the_middle(seed: int) -> None:
    steering = Steering(space_of(seed))
    np.testing.assert_allclose(steering.amounts(steering.typical()), 0, atol=1e-6)


def test_a_space_without_statistics_has_its_first_two_numbers_as_axes() -> None:
    steering = Steering(Space("z", (2, 3), "gaussian"))
    code = steering.moved(steering.typical(), {0: 1.5, 1: -2.0})
    assert code.tolist() == [[1.5, -2.0, 0.0], [0.0, 0.0, 0.0]]


def test_an_axis_on_which_nothing_lies_is_no_division_by_nothing() -> None:
    steering = Steering(Space("z", (3,), "gaussian", std=np.zeros(3, np.float32)))
    assert np.isfinite(steering.amounts(np.ones(3, np.float32))).all()


@pytest.mark.parametrize("geometry", ["gaussian", "euclid"])
def test_both_ends_of_a_mix_are_what_was_mixed(geometry: Geometry) -> None:
    start, end, steering = point_of(1), point_of(2), Steering(space_of(0, geometry))
    np.testing.assert_allclose(steering.between(start, end, 0), start, atol=1e-5)
    np.testing.assert_allclose(steering.between(start, end, 1), end, atol=1e-5)


def test_a_mix_goes_round_the_shell_of_a_gaussian_and_straight_elsewhere() -> None:
    start, end = np.eye(2, SIZE, dtype=np.float32)
    round_ = Steering(space_of(0)).between(start, end, 0.5)
    straight = Steering(space_of(0, "euclid")).between(start, end, 0.5)
    assert np.linalg.norm(round_) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(straight) == pytest.approx(np.sqrt(0.5), abs=1e-5)


@pytest.mark.parametrize(
    "points",
    [np.zeros((1, SIZE + 1), np.float32), np.full((1, SIZE), np.nan, np.float32)],
    ids=["another size", "no numbers"],
)
def test_points_that_are_none_are_refused(points: Floats) -> None:
    steering = Steering(space_of(0))
    data = Code("m", "z", {"z": points}).to_bytes()
    with pytest.raises(ValueError, match="it "):
        steering.from_bytes(data, "m")


def test_points_there_and_back() -> None:
    steering, points = Steering(space_of(0)), [point_of(1), point_of(2)]
    found = steering.from_bytes(steering.as_code("m", *points).to_bytes(), "m")
    assert [p.tolist() for p in found] == [p.tolist() for p in points]


@given(SEED, st.lists(st.floats(LEAST_TRUNCATION, MOST_TRUNCATION), max_size=20))
def test_truncation_there_and_back_adds_up_to_nothing(seed: int, factors: list[float]) -> None:
    position = Position()
    position.enter(Steering(space_of(seed)))
    start = point_of(seed)
    position.stand(start)
    for factor in (*factors, 1.0):
        position.truncate(factor)
        assert position.pull()
    assert position.code is not None
    np.testing.assert_allclose(position.code, start, atol=1e-5)


def test_truncation_stays_between_its_ends() -> None:
    position = Position()
    assert position.truncate(99)
    assert position.truncation == MOST_TRUNCATION
    assert not position.truncate(100)
    assert position.truncate(-1)
    assert position.truncation == LEAST_TRUNCATION


def test_nowhere_there_is_nothing_to_do() -> None:
    position = Position()
    assert position.amounts == []
    assert position.on_pad == (0.0, 0.0)
    assert position.at({0: 1.0}) is None
    assert not position.pull()


def test_a_point_of_another_space_moves_nothing() -> None:
    position = Position()
    position.enter(Steering(space_of(0)))
    position.stand(point_of(0))
    with pytest.raises(StudioError) as caught:
        position.stand(np.zeros(3, np.float32))
    assert caught.value.kind == "input"
    assert position.code is not None
    assert position.code.tolist() == point_of(0).tolist()


def test_axes_that_are_not_there_are_left_out() -> None:
    position = Position()
    position.enter(Steering(space_of(0)))
    position.stand(point_of(0))
    there = position.at({AXES + 3: 2.0})
    assert there is not None
    np.testing.assert_allclose(there, point_of(0))


@given(SEED, AMOUNT)
def test_an_axis_of_all_layers_goes_as_far_as_in_one_row(seed: int, amount: float) -> None:
    row, start = space_of(seed, "euclid"), point_of(seed)
    one, whole = Steering(row), Steering(tiled(row, "w+", 4))
    end = whole.moved(np.tile(start, (4, 1)), {0: amount})
    np.testing.assert_allclose(end, np.tile(one.moved(start, {0: amount}), (4, 1)), atol=1e-4)
    heading = whole.axes[1]
    assert whole.amount(end, heading) == pytest.approx(one.amount(end[0], one.axes[1]), abs=1e-3)


def test_one_row_of_an_older_point_stands_for_all_layers() -> None:
    whole, row = Steering(tiled(space_of(1, "euclid"), "w+", 4)), point_of(1)
    older = Code("m", "w", {"w": row[None]}).to_bytes()
    (point,) = whole.from_bytes(older, "m")
    assert np.array_equal(point, np.tile(row, (4, 1)))
    assert np.array_equal(whole.fitted(row), point)
    for wrong in ({"w": row[None, :5]}, {"w": row}, {"x": row[None]}, {"w": row[:0].reshape(0, 8)}):
        with pytest.raises(ValueError, match="another latent space"):
            whole.from_bytes(Code("m", "w", wrong).to_bytes(), "m")
    with pytest.raises(StudioError):
        whole.fitted(row[:5])

"""Ways between latent points: exact ends, kept lengths, and no trouble at the awkward places."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.latent import Code, Geometry
from aigc_studio.catalog.latent_maths import Method, crossed, lerp, method_of, slerp, walk

if TYPE_CHECKING:
    from aigc_studio.catalog.latent import Floats

POINTS = arrays.arrays(np.float32, 6, elements=st.floats(-1000, 1000, width=32))
PARTS = st.floats(0, 1)
METHODS = st.sampled_from(get_args(Method))
START = np.array([3.0, -1.0, 0.5, 2.0], np.float32)


def code(point: Floats, model: str = "m", space: str = "z") -> Code:
    return Code(model, space, {"z": point[None]}, 7)


def angle_between(a: Floats, b: Floats) -> float:
    unit_a, unit_b = (each.astype(float) / np.linalg.norm(each.astype(float)) for each in (a, b))
    return float(np.arccos(np.clip(unit_a @ unit_b, -1, 1)))


@given(POINTS, POINTS)
def test_both_ends_are_exact(a: Floats, b: Floats) -> None:
    for move in (lerp, slerp):
        assert np.array_equal(move(a, b, 0.0), a)
        assert np.array_equal(move(a, b, 1.0), b)


@given(POINTS, POINTS, PARTS)
def test_every_point_is_finite_float32_between_the_ends(a: Floats, b: Floats, t: float) -> None:
    longest = max(np.linalg.norm(a.astype(float)), np.linalg.norm(b.astype(float)))
    for move in (lerp, slerp):
        point = move(a, b, t)
        assert point.dtype == np.float32
        assert point.shape == a.shape
        assert np.isfinite(point).all()
        assert np.linalg.norm(point.astype(float)) <= longest * (1 + 1e-5) + 1e-5


@given(POINTS, POINTS, PARTS, st.floats(0.1, 100))
def test_slerp_keeps_a_common_length(a: Floats, b: Floats, t: float, length: float) -> None:
    lengths = [float(np.linalg.norm(each)) for each in (a, b)]
    assume(min(lengths) > 0.1)
    one, other = (
        (each * np.float32(length / own)) for each, own in zip((a, b), lengths, strict=True)
    )
    assume(angle_between(one, other) < np.pi - 1e-3)  # opposite points have no shortest way round
    assert np.linalg.norm(slerp(one, other, t)) == pytest.approx(length, rel=1e-4)


@given(POINTS, POINTS)
def test_slerp_turns_at_constant_speed(a: Floats, b: Floats) -> None:
    assume(min(np.linalg.norm(a), np.linalg.norm(b)) > 0.1)
    whole = angle_between(a, b)
    assume(0.01 < whole < np.pi - 0.01)
    for t in (0.25, 0.5, 0.75):
        assert angle_between(a, slerp(a, b, t)) == pytest.approx(t * whole, abs=1e-3)


@given(POINTS, POINTS)
def test_length_changes_steadily(a: Floats, b: Floats) -> None:
    lengths = [float(np.linalg.norm(each)) for each in (a, b)]
    assume(min(lengths) > 0.1)
    assume(angle_between(a, b) < np.pi - 1e-3)
    assert np.linalg.norm(slerp(a, b, 0.5)) == pytest.approx(sum(lengths) / 2, rel=1e-4)


@pytest.mark.parametrize(
    "end", [START, -START, np.zeros(4, np.float32), START * np.float32(1 + 1e-6), START * 5]
)
@pytest.mark.parametrize("t", [1e-9, 0.5, 1 - 1e-9])
def test_points_without_a_unique_circle_are_safe(end: Floats, t: float) -> None:
    for one, other in ((START, end), (end, START)):
        point = slerp(one, other, t)
        assert point.dtype == np.float32
        np.testing.assert_allclose(point, one + t * (other - one), rtol=1e-3, atol=1e-3)


def test_nothing_to_nothing_stays_nothing() -> None:
    nothing = np.zeros(4, np.float32)
    assert not slerp(nothing, nothing, 0.3).any()


@given(POINTS, POINTS, st.integers(2, 40), METHODS)
def test_a_walk_counts_both_ends(a: Floats, b: Floats, steps: int, method: Method) -> None:
    way = walk(code(a), code(b), steps, method)
    points = way.tensors["z"]
    assert len(way) == len(points) == steps
    assert points.dtype == np.float32
    assert np.array_equal(points[0], a)
    assert np.array_equal(points[-1], b)
    assert (way.model_id, way.space, way.seed) == ("m", "z", None)


@given(POINTS, POINTS, METHODS)
def test_a_finer_walk_meets_the_same_points(a: Floats, b: Floats, method: Method) -> None:
    coarse = walk(code(a), code(b), 5, method).tensors["z"]
    fine = walk(code(a), code(b), 9, method).tensors["z"]
    assert np.array_equal(coarse, fine[::2])


@pytest.mark.parametrize("other", [{"model": "n"}, {"space": "w"}])
def test_points_of_two_models_or_spaces_have_no_way(other: dict[str, str]) -> None:
    with pytest.raises(StudioError, match="different models or spaces") as caught:
        walk(code(START), code(START, **other), 3)
    assert caught.value.kind == "input"


def test_round_the_shell_where_the_mass_lies_on_one() -> None:
    assert [method_of(geometry) for geometry in get_args(Geometry)] == [
        "slerp",
        "lerp",
        "slerp",
        "lerp",
    ]


def test_crossed_layers_are_exact_and_blend_between() -> None:
    dice = np.random.default_rng(0)
    coarse, fine = dice.standard_normal((2, 6, 3)).astype(np.float32)
    assert np.array_equal(crossed(coarse, fine, 6), coarse)
    assert np.array_equal(crossed(coarse, fine, 0), fine)
    half = crossed(coarse, fine, 2.25)
    assert half.dtype == np.float32
    assert np.array_equal(half[:2], coarse[:2])
    assert np.array_equal(half[3:], fine[3:])
    np.testing.assert_allclose(half[2], 0.25 * coarse[2] + 0.75 * fine[2], rtol=1e-5)
    assert np.array_equal(crossed(coarse, fine, -1), fine)
    assert np.array_equal(crossed(coarse, fine, 99), coarse)

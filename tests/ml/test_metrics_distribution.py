"""Distances between sets against naive loops and known answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from aigc_studio.ml.metrics.distances import among, between
from aigc_studio.ml.metrics.distribution import frechet, kid, manifolds
from aigc_studio.ml.metrics.memorisation import memorisation

if TYPE_CHECKING:
    import numpy.typing as npt

    Doubles = npt.NDArray[np.float64]


def points(count: int, dims: int, seed: int, shift: float = 0.0) -> Doubles:
    return np.random.default_rng(seed).normal(size=(count, dims)) + shift


def naive_mmd(x: Doubles, y: Doubles) -> float:
    """Unbiased MMD^2 of Binkowski et al. (2018), eq. 4, term by term."""

    def kernel(a: Doubles, b: Doubles) -> float:
        return float((np.dot(a, b) / len(a) + 1) ** 3)

    m, n, total = len(x), len(y), 0.0
    for i in range(m):
        for j in range(m):
            total += kernel(x[i], x[j]) / (m * (m - 1)) if i != j else 0.0
    for i in range(n):
        for j in range(n):
            total += kernel(y[i], y[j]) / (n * (n - 1)) if i != j else 0.0
    for i in range(m):
        for j in range(n):
            total -= 2 * kernel(x[i], y[j]) / (m * n)
    return total


def test_kid_is_the_mean_of_naive_half_samples() -> None:
    x, y = points(12, 5, 0), points(10, 5, 1, shift=0.5)
    generator = np.random.Generator(np.random.Philox(7))
    ours = [generator.choice(12, 5, replace=False) for _ in range(20)]
    theirs = [generator.choice(10, 5, replace=False) for _ in range(20)]
    naive = [naive_mmd(x[i], y[j]) for i, j in zip(ours, theirs, strict=True)]
    result = kid(x, y, seed=7, subsets=20)
    assert result.value == pytest.approx(np.mean(naive), rel=1e-9)
    assert result.low == pytest.approx(np.quantile(naive, 0.025))
    assert (result.subset, result.subsets) == (5, 20)


def test_kid_is_unbiased_and_its_interval_holds_the_truth() -> None:
    same = [kid(points(60, 4, s), points(60, 4, 1000 + s), seed=s) for s in range(40)]
    assert abs(np.mean([result.value for result in same])) < 0.05
    assert sum(result.low <= 0 <= result.high for result in same) >= 36
    other = kid(points(60, 4, 0), points(60, 4, 1, shift=1.0), seed=0)
    assert other.low > 0


def gaussian(count: int, mean: Doubles, covariance: Doubles, seed: int) -> Doubles:
    """Points whose own mean and covariance are exactly the given ones."""
    raw = points(count, len(mean), seed)
    centred = raw - raw.mean(0)
    white = centred @ np.linalg.inv(np.linalg.cholesky(np.cov(centred.T))).T
    shaped: Doubles = white @ np.linalg.cholesky(covariance).T + mean
    return shaped


@pytest.mark.parametrize("count", [6, 40])
def test_frechet_of_known_gaussians(count: int) -> None:
    # Commuting covariances: |m1 - m2|^2 + sum (s1 - s2)^2 over the axes.
    one, other = np.array([1.0, 4.0, 9.0]), np.array([4.0, 4.0, 1.0])
    mean = np.array([1.0, -2.0, 0.5])
    x = gaussian(count, np.zeros(3), np.diag(one), 0)
    y = gaussian(count + 3, mean, np.diag(other), 1)
    expected = 1 + 4 + 0.25 + ((np.sqrt(one) - np.sqrt(other)) ** 2).sum()
    assert frechet(x, y) == pytest.approx(expected, rel=1e-9)


def test_frechet_of_turned_gaussians() -> None:
    first, second = np.array([[2.0, 0.8], [0.8, 1.0]]), np.array([[1.0, -0.5], [-0.5, 3.0]])
    x, y = gaussian(30, np.zeros(2), first, 0), gaussian(30, np.zeros(2), second, 1)
    overlap = np.sqrt(np.linalg.eigvals(first @ second)).sum()
    expected = np.trace(first) + np.trace(second) - 2 * overlap
    assert frechet(x, y) == pytest.approx(expected, rel=1e-9)


def test_frechet_with_fewer_points_than_dimensions() -> None:
    x = points(5, 20, 0)
    assert frechet(x, x) == pytest.approx(0, abs=1e-9)
    assert frechet(x, x + 1) == pytest.approx(20, rel=1e-9)


def naive_manifolds(real: Doubles, made: Doubles, k: int) -> tuple[float, float, float, float]:
    def reach(own: Doubles) -> list[float]:
        return [sorted(float(np.linalg.norm(a - b)) for b in own)[k] for a in own]

    hits = [
        [np.linalg.norm(x - y) <= far for y in made]
        for x, far in zip(real, reach(real), strict=True)
    ]
    back = [
        [np.linalg.norm(x - y) <= far for x in real]
        for y, far in zip(made, reach(made), strict=True)
    ]
    precision = np.mean([any(row[j] for row in hits) for j in range(len(made))])
    recall = np.mean([any(row[i] for row in back) for i in range(len(real))])
    density = sum(sum(row) for row in hits) / (k * len(made))
    return float(precision), float(recall), density, float(np.mean([any(row) for row in hits]))


def test_manifolds_against_loops() -> None:
    real, made = points(30, 3, 0), points(24, 3, 1, shift=0.8)
    ours = manifolds(real, made, k_precision_recall=4, k_density_coverage=4)
    np.testing.assert_allclose(ours, naive_manifolds(real, made, 4))


def test_manifolds_of_identical_and_disjoint_sets() -> None:
    real = points(50, 8, 0)
    same = manifolds(real, real.copy())
    assert (same.precision, same.recall, same.coverage) == (1, 1, 1)
    assert same.density == pytest.approx(1 + 1 / 5)  # each point also lies in its own ball
    assert manifolds(real, points(50, 8, 1, shift=1e3)) == (0, 0, 0, 0)


def test_few_points_are_refused() -> None:
    with pytest.raises(ValueError, match="more than 5"):
        manifolds(points(5, 2, 0), points(5, 2, 1))
    with pytest.raises(ValueError, match="4 points"):
        kid(points(3, 2, 0), points(9, 2, 1), seed=0)


def test_distances_are_exact_for_equal_points() -> None:
    x = points(20, 1000, 0, shift=30)
    assert (np.diag(between(x, x.copy())) == 0).all()
    assert among(x).min() > 0
    expected = [[np.linalg.norm(a - b) for b in x] for a in x]
    np.testing.assert_allclose(between(x, x), expected, atol=1e-8)


def test_copies_are_found() -> None:
    training = points(600, 6, 0)
    copied = memorisation(training[100:200], training)
    assert copied.rate == 1
    assert copied.nearest.tolist() == list(range(100, 200))
    nearly = memorisation(training[:50] + 1e-3, training)
    assert nearly.rate == 1


def test_fresh_points_are_no_copies() -> None:
    training, fresh = points(600, 6, 0), points(600, 6, 1)
    assert memorisation(fresh, training).rate < 0.1
    assert memorisation(fresh, training, quantile=0.5).rate == pytest.approx(0.5, abs=0.1)
    mixed = np.concatenate([fresh[:50], training[:50]])
    assert memorisation(mixed, training).rate == pytest.approx(0.5, abs=0.1)


def test_the_threshold_is_the_stated_quantile() -> None:
    training = np.array([[0.0], [1.0], [3.0], [6.0]])  # nearest others: 1, 1, 2, 3
    result = memorisation(np.array([[6.9], [20.0]]), training, quantile=0.5)
    assert result.threshold == pytest.approx(1.5)
    assert result.distances.tolist() == pytest.approx([0.9, 14.0])
    assert result.rate == 0.5

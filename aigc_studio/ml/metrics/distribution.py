"""Distances between two sets of feature points: how alike a model's pictures are as a whole.

None of these is "FID": that name belongs to one network's features. The extractor is stated
with the figures instead.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from aigc_studio.ml.metrics.distances import Distances, Points, among, between

Doubles = npt.NDArray[np.float64]

SUBSETS = 100
LARGEST_SUBSET = 1000
K_PRECISION_RECALL = 3  # as in the paper's experiments, section 2
K_DENSITY_COVERAGE = 5  # as in the paper's experiments, section 4.3


class Kid(NamedTuple):
    """Kernel distance.

    Attributes:
        value: mean over the subsets; may be slightly below 0, as it is unbiased.
        low, high: the middle 95 % of the subsets.
        subset: points of each set in one subset.
        subsets: how many subsets were drawn.
    """

    value: float
    low: float
    high: float
    subset: int
    subsets: int


def kid(real: Points, made: Points, *, seed: int, subsets: int = SUBSETS) -> Kid:
    """Kernel distance between sets of points (N, D) and (M, D), N and M at least 4.

    Binkowski et al., "Demystifying MMD GANs" (2018), eq. 4 with the kernel (x.y / D + 1)^3.
    A subset has half of the smaller set, at most 1000 points, drawn without replacement: the
    spread of half-samples is that of the whole figure (Shao and Wu, "A general theory for
    jackknife variance estimation", 1989), so `low` to `high` is its confidence interval.
    """
    size = min(LARGEST_SUBSET, len(real) // 2, len(made) // 2)
    if size < 2:
        raise ValueError(f"KID needs 4 points of each set, not {len(real)} and {len(made)}")
    generator = np.random.Generator(np.random.Philox(seed))
    ours = _indicators(generator, len(real), size, subsets)
    theirs = _indicators(generator, len(made), size, subsets)
    within = _pairs_within(real, ours, size) + _pairs_within(made, theirs, size)
    across = ((ours @ _kernel(real, made)) * theirs).sum(1) / size**2
    values = within - 2 * across
    low, high = np.quantile(values, (0.025, 0.975))
    return Kid(float(values.mean()), float(low), float(high), size, subsets)


def _kernel(ours: Points, theirs: Points) -> Doubles:
    a, b = ours.astype(np.float64), theirs.astype(np.float64)
    cubes: Doubles = (a @ b.T / a.shape[1] + 1) ** 3
    return cubes


def _indicators(generator: np.random.Generator, count: int, size: int, subsets: int) -> Doubles:
    # A row of ones and zeros for each subset turns all kernel sums into two matrix products.
    rows = np.zeros((subsets, count))
    for row in rows:
        row[generator.choice(count, size, replace=False)] = 1.0
    return rows


def _pairs_within(points: Points, chosen: Doubles, size: int) -> Doubles:
    table = _kernel(points, points)
    np.fill_diagonal(table, 0.0)
    means: Doubles = ((chosen @ table) * chosen).sum(1) / (size * (size - 1))
    return means


def frechet(real: Points, made: Points) -> float:
    """Squared Frechet distance of the Gaussians fitted to points (N, D) and (M, D).

    |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2)); Dowson and Landau (1982), eq. 16, used by
    Heusel et al. (2017). Biased upwards at small N: compare only at equal sizes. With
    C1 = A'A and C2 = B'B the last trace is the sum of the singular values of A B', which also
    holds where there are fewer points than dimensions.
    """
    shift = real.mean(0, dtype=np.float64) - made.mean(0, dtype=np.float64)
    a, b = _root_of_covariance(real), _root_of_covariance(made)
    overlap = np.linalg.svd(a @ b.T, compute_uv=False).sum()
    return max(0.0, float(shift @ shift + (a * a).sum() + (b * b).sum() - 2 * overlap))


def _root_of_covariance(points: Points) -> Doubles:
    centred = points.astype(np.float64) - points.mean(0, dtype=np.float64)
    root: Doubles = centred / np.sqrt(len(points) - 1)
    if len(root) <= root.shape[1]:
        return root
    triangle: Doubles = np.linalg.qr(root)[1]  # the same covariance in fewer rows
    return triangle


class Manifolds(NamedTuple):
    """How two sets of points overlap.

    Attributes:
        precision: share of made points inside the real manifold, in [0, 1].
        recall: share of real points inside the made manifold, in [0, 1].
        density: how deep made points lie in crowded real regions; 1 for equal sets, may exceed 1.
        coverage: share of real points with a made point near, in [0, 1].
    """

    precision: float
    recall: float
    density: float
    coverage: float


def manifolds(
    real: Points,
    made: Points,
    *,
    k_precision_recall: int = K_PRECISION_RECALL,
    k_density_coverage: int = K_DENSITY_COVERAGE,
) -> Manifolds:
    """Precision and recall, density and coverage of points (N, D) and (M, D).

    Kynkaanniemi et al., "Improved precision and recall metric" (2019), eq. 1 and 2, and Naeem
    et al. (2020), eq. 3 and 4. A point's ball reaches to its k-th nearest neighbour of its own
    set, itself not counted; both sets need more than k points.
    """
    apart, real_apart = between(real, made), among(real)
    wide = _reach(real_apart, k_density_coverage)[:, None] >= apart
    inside = _reach(real_apart, k_precision_recall)[:, None] >= apart
    recalled = _reach(among(made), k_precision_recall)[None] >= apart
    return Manifolds(
        precision=float(inside.any(0).mean()),
        recall=float(recalled.any(1).mean()),
        density=float(wide.sum(0).mean() / k_density_coverage),
        coverage=float(wide.any(1).mean()),
    )


def _reach(table: Distances, k: int) -> Distances:
    if len(table) <= k:
        raise ValueError(f"more than {k} points are needed, not {len(table)}")
    reach: Distances = np.partition(table, k - 1, axis=1)[:, k - 1]
    return reach

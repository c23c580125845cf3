"""The fitted mixture: finite whatever it is given, and drawn by seed alone."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_studio.ml.prior import MixturePrior, fit_mixture

pytestmark = pytest.mark.usefixtures("one_thread")


def cloud(count: int, dims: int = 3, seed: int = 0) -> torch.Tensor:
    """Points around two far apart centres."""
    points = torch.randn(count, dims, generator=torch.Generator().manual_seed(seed)) * 0.2
    points[: count // 2] += 4.0
    return points


def fitted(count: int = 80, components: int = 2) -> MixturePrior:
    mu = cloud(count)
    return fit_mixture(mu, torch.full_like(mu, 0.01), components, seed=3)


def sound(prior: MixturePrior) -> bool:
    """Finite, weights that sum to one, and factors of true covariances."""
    finite = all(bool(t.isfinite().all()) for t in prior.tensors().values())
    total = float(prior.weights.sum())
    rising = bool((prior.factors.diagonal(dim1=1, dim2=2) > 0).all())
    return finite and rising and abs(total - 1) < 1e-5 and bool((prior.weights >= 0).all())


def test_two_clusters_are_found() -> None:
    prior = fitted()
    assert sound(prior)
    assert sorted(prior.means.mean(1).round().tolist()) == [0, 4]
    assert prior.weights.tolist() == pytest.approx([0.5, 0.5], abs=0.05)
    far, near = prior.log_prob(torch.tensor([[2.0, 2.0, 2.0], [4.0, 4.0, 4.0]]))
    assert near > far + 10


def test_fitting_again_gives_the_same() -> None:
    one, other = fitted().tensors(), fitted().tensors()
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_a_draw_depends_on_its_seed_alone() -> None:
    prior = fitted()
    backwards = {seed: prior.sample(seed) for seed in reversed(range(20))}
    torch.rand(3)
    assert all(torch.equal(prior.sample(seed), backwards[seed]) for seed in range(20))
    assert len({tuple(point.tolist()) for point in backwards.values()}) == 20


def test_draws_follow_the_fit() -> None:
    prior = fitted()
    drawn = torch.stack([prior.sample(seed) for seed in range(400)])
    high = drawn[:, 0] > 2
    assert float(high.float().mean()) == pytest.approx(0.5, abs=0.1)
    assert drawn[high].mean(0).tolist() == pytest.approx([4, 4, 4], abs=0.1)
    assert float(drawn[~high].std(0).mean()) == pytest.approx(0.22, abs=0.06)


def test_truncation_shrinks_towards_a_mean_and_keeps_the_component() -> None:
    prior = fitted()
    for seed in range(20):
        whole, half, none = (prior.sample(seed, temperature=t) for t in (1.0, 0.5, 0.0))
        assert any(torch.equal(none, mean) for mean in prior.means)
        torch.testing.assert_close(half - none, 0.5 * (whole - none), rtol=1e-4, atol=1e-5)


@settings(max_examples=40)
@given(
    count=st.integers(1, 40),
    dims=st.integers(1, 6),
    components=st.integers(1, 12),
    scale=st.sampled_from([0.0, 1e-6, 1.0, 1e3]),
    spread=st.sampled_from([0.0, 1e-6, 1.0]),
    flat=st.integers(0, 5),
)
def test_few_points_and_flat_directions_are_no_trouble(
    count: int, dims: int, components: int, scale: float, spread: float, flat: int
) -> None:
    mu = scale * cloud(count, dims)
    mu[:, :flat] = 1.5
    prior = fit_mixture(mu, torch.full_like(mu, spread), components, seed=1)
    assert sound(prior)
    assert 1 <= len(prior.weights) <= max(1, min(components, count // 15))
    assert prior.sample(4).shape == (dims,)
    assert bool(prior.sample(4).isfinite().all())


def test_equal_points_are_drawn_near_themselves() -> None:
    mu = torch.full((50, 4), 2.0)
    prior = fit_mixture(mu, torch.zeros_like(mu), 3, seed=0)
    assert prior.sample(0).tolist() == pytest.approx([2.0] * 4, abs=0.1)


def test_round_trip_and_misfits() -> None:
    prior = fitted()
    latent = prior.means.shape[1]
    again = MixturePrior.from_tensors(prior.tensors(), latent)
    assert torch.equal(again.sample(5), prior.sample(5))
    with pytest.raises(KeyError):
        MixturePrior.from_tensors({"weights": prior.weights}, latent)
    for name, tensor in prior.tensors().items():
        with pytest.raises(ValueError, match="fit together"):
            MixturePrior.from_tensors({**prior.tensors(), name: tensor[:1]}, latent)
    with pytest.raises(ValueError, match="fit together"):
        MixturePrior.from_tensors(prior.tensors(), latent + 1)

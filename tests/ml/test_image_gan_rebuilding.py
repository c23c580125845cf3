"""`image-gan` that rebuilds: who learns when, where points lie, and where they are drawn from."""

from __future__ import annotations

import math
from itertools import permutations
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
import torch

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.image_gan import ImageGanConfig
from aigc_studio.jobs.specs import ModelRef
from aigc_studio.ml.families.image_gan_points import points_of
from aigc_studio.ml.found import MOST, FoundPrior, among
from aigc_studio.ml.objectives import energy_distance
from aigc_studio.ml.prior import fit_mixture
from aigc_studio.ml.registry import load_model
from aigc_studio.ml.stored import PRIOR, part
from aigc_studio.ml.weights import load_weights, save_weights
from tests.ml.test_image_gan import DATA, learner, net_of, saved, stepped

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor

    from aigc_studio.catalog.header import Header
    from aigc_studio.ml.families.image_gan import ImageGan
    from aigc_studio.ml.families.image_gan_learner import ImageGanLearner

pytestmark = pytest.mark.usefixtures("one_thread")
WISHES = {"loss": "logistic", "rebuild": 30.0}


@pytest.fixture(scope="module")
def trained(one_thread: None) -> ImageGanLearner:
    one = learner(**WISHES)
    stepped(one, 2, first=4)  # one alone, one against each other
    one.averaged.load_state_dict(one.net.state_dict())
    return one


@pytest.fixture(scope="module")
def ref(trained: ImageGanLearner, tmp_path_factory: pytest.TempPathFactory) -> ModelRef:
    return saved(trained, tmp_path_factory.mktemp("gan") / "w.safetensors")


def moved(one: ImageGanLearner, first: int) -> set[str]:
    """The parts of the net that one step changes."""
    before = {name: tensor.clone() for name, tensor in one.net.state_dict().items()}
    stepped(one, 1, first)
    now = one.net.state_dict()
    return {name.split(".")[0] for name in before if not torch.equal(before[name], now[name])}


def test_nobody_judges_the_first_pictures(ref: ModelRef) -> None:
    one = learner(**WISHES)  # of 20 steps the first five
    assert moved(one, 0) == moved(one, 4) == {"mapping", "synthesis", "encoder"}
    assert "discriminator" in moved(one, 5)
    child = learner(**WISHES)
    child.adopt(load_weights(ref.path)[1], [])
    assert "discriminator" in moved(child, 0)  # a parent's generator has learned already


def test_pictures_are_rebuilt_better_and_better() -> None:
    one = learner(**WISHES, width=32)
    first = float(stepped(one, 1)["rebuilt"])
    assert float(stepped(one, 60, first=5)["rebuilt"]) < 0.6 * first


def test_a_batch_is_found_between_and_mapped() -> None:
    net = net_of(learner(**WISHES))
    real = DATA.batch(DATA.training[:8]) * 2 - 1

    class Draws:
        points = torch.randn(16, 8)

        def angles(self, count: int) -> Tensor:
            return torch.ones(count)

    points = points_of(net, real, cast("Any", Draws()), mixing=0.0, rebuilds=True)
    w = points.w[:, 0]
    assert (len(points.found), points.between, len(points.mapped)) == (4, 2, 16)
    torch.testing.assert_close(w[:4], net.encoder(real[:4]))
    halfway = 2 / 3 * (w[0] + w[3]) - w[2] / 3
    torch.testing.assert_close(w[4], halfway)
    torch.testing.assert_close(w[6:], net.mapping(Draws.points)[6:8])
    plain = points_of(net, real, cast("Any", Draws()), mixing=0.0, rebuilds=False)
    assert (len(plain.found), plain.between) == (0, 0)
    torch.testing.assert_close(plain.w[:, 0], net.mapping(Draws.points)[:8])


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_small_batches_learn_too(count: int) -> None:
    one = learner(**WISHES)
    items = DATA.batch_items(1, 0, count)
    from aigc_studio.ml.protocol import Moment

    for step in (0, 16):
        figures = one.step(DATA.batch(items), Moment(1, step, 20, items))
        assert all(bool(each.isfinite()) for each in figures.values())


def test_what_lies_among_points_spreads_as_they_do() -> None:
    generator = torch.Generator().manual_seed(1)
    spread = torch.tensor([3.0, 1.0, 0.2])
    points = torch.randn(60_000, 3, generator=generator) * spread + 5
    made = among(points, torch.rand(len(points), generator=generator))
    torch.testing.assert_close(made.mean(0), points.mean(0), atol=0.05, rtol=0)
    torch.testing.assert_close(torch.cov(made.T), torch.cov(points.T), atol=0.1, rtol=0.05)
    torch.testing.assert_close(among(points, torch.zeros(len(points))), points)


def test_the_energy_distance_is_that_of_its_equation() -> None:
    ours, theirs = torch.randn(5, 3), torch.randn(4, 3) + 1
    pairs = [math.dist(x, y) for x in ours.tolist() for y in theirs.tolist()]
    within = [
        [math.dist(*pair) for pair in permutations(each.tolist(), 2)] for each in (ours, theirs)
    ]
    wanted = 2 * np.mean(pairs) - sum(np.mean(each) for each in within)
    assert float(energy_distance(ours, theirs)) == pytest.approx(wanted, abs=1e-4)
    same = torch.randn(2000, 2)
    assert abs(float(energy_distance(same[:1000], same[1000:]))) < 0.02
    one = torch.ones(1, 3, requires_grad=True)
    (slope,) = torch.autograd.grad(energy_distance(one, theirs), one)
    assert bool(slope.isfinite().all())


def test_points_are_drawn_from_where_pictures_were_found(
    trained: ImageGanLearner, ref: ModelRef
) -> None:
    model = cast("ImageGan", load_model(ref, "cpu"))
    drawn = model.prior(3, "w").tensors["w"][0]
    mean = model.spaces["w"].mean
    assert mean is not None
    found = trained._found(DATA)
    assert found is not None
    np.testing.assert_allclose(mean, found.mean(0).numpy(), atol=1e-3)
    kept = part(load_weights(ref.path)[1], PRIOR)["points"].float()
    torch.testing.assert_close(kept.sort(0).values, found.sort(0).values, atol=1e-2, rtol=0)
    np.testing.assert_allclose(drawn, FoundPrior(kept).sample(3).numpy(), atol=1e-3)
    half = model.prior(3, "w", temperature=0.5).tensors["w"][0]
    np.testing.assert_allclose(half, (drawn + mean) / 2, atol=1e-3)
    layered = model.prior(3, "w+").tensors["w+"][0]
    np.testing.assert_allclose(layered, np.broadcast_to(drawn, layered.shape), atol=1e-6)
    assert len(model.decode(model.prior(3, "z"))) == 1
    assert len(trained.preview(DATA)) == len(DATA.training)


def test_drawn_points_have_the_mean_and_covariance_of_the_found_ones() -> None:
    generator = torch.Generator().manual_seed(2)
    found = torch.randn(500, 3, generator=generator) * torch.tensor([3.0, 1.0, 0.2]) + 5
    prior = FoundPrior.of(found, 1)
    drawn = torch.stack([prior.sample(seed) for seed in range(8000)])
    torch.testing.assert_close(drawn.mean(0), found.mean(0), atol=0.15, rtol=0)
    torch.testing.assert_close(torch.cov(drawn.T), torch.cov(found.T), atol=0.15, rtol=0.1)
    assert torch.equal(prior.sample(7), FoundPrior.of(found, 1).sample(7))
    assert FoundPrior.of(torch.randn(3, 2), 1).sample(0).shape == (2,)
    many = torch.randn(MOST + 50, 2)
    assert FoundPrior.of(many, 1).points.shape == (MOST, 2)


def test_earlier_models_draw_from_their_mixture(ref: ModelRef, tmp_path: Path) -> None:
    header, tensors = load_weights(ref.path)
    points = tensors.pop(f"{PRIOR}points").float()
    mixture = fit_mixture(points, torch.full_like(points, 1e-3), 4, 1)
    tensors |= {f"{PRIOR}{name}": each for name, each in mixture.tensors().items()}
    earlier = _kept(tmp_path / "w.safetensors", tensors, header)
    drawn = load_model(earlier, "cpu").prior(3, "w").tensors["w"][0]
    np.testing.assert_allclose(drawn, mixture.sample(3).numpy(), atol=1e-2)


@pytest.mark.parametrize("change", ["lacks", "of another space", "of none"])
def test_without_its_distribution_it_is_refused(ref: ModelRef, tmp_path: Path, change: str) -> None:
    header, tensors = load_weights(ref.path)
    points = tensors.pop(f"{PRIOR}points")
    if change != "lacks":
        other = points[:, :-1] if change == "of another space" else points[:0]
        tensors[f"{PRIOR}points"] = other.contiguous()
    refused = _kept(tmp_path / "w.safetensors", tensors, header)
    with pytest.raises(StudioError) as caught:
        load_model(refused, "cpu")
    assert caught.value.kind == "hostile"


def _kept(path: Path, tensors: dict[str, Tensor], header: Header) -> ModelRef:
    save_weights(path, tensors, "image-gan", ImageGanConfig.model_validate(header.config))
    return ModelRef(id="0" * 64, path=path)

"""`cogan`: what is shared and what is apart, resumes to the bit, domains, hostile weights."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
import torch
from pydantic import ValidationError

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.cogan import CoganConfig, grids
from aigc_studio.catalog.conditions import Conditions
from aigc_studio.catalog.latent import Cap
from aigc_studio.jobs.specs import ModelRef
from aigc_studio.ml.families.cogan_made import unlike
from aigc_studio.ml.families.cogan_net import CoupledGenerators, CoupledReaders
from aigc_studio.ml.metrics.evaluate import evaluate_images
from aigc_studio.ml.registry import learner_class, load_model
from aigc_studio.ml.train import train
from aigc_studio.ml.weights import load_weights, save_weights
from tests.ml.helpers import options, prepared
from tests.ml.test_image_upscale import state
from tests.ml.test_train import KilledError, Script

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.families.cogan import Cogan
    from aigc_studio.ml.families.cogan_net import CoupledPair
    from aigc_studio.ml.protocol import LatentModel, Learner

pytestmark = pytest.mark.usefixtures("one_thread")
DATA = dataclasses.replace(prepared(24, 16, 3), pair=prepared(17, 16, 3, seed=9))
TOTAL = 8


class Quiet(Script):
    """Hooks that look at the pairs."""

    def preview(self, step: int, pictures: list[Pixels], figures: dict[str, float]) -> None:
        assert {picture.shape for picture in pictures} == {(16, 16, 3)}
        assert figures.keys() <= {"psnr"}


def learner(**changes: Any) -> Learner:
    wishes = {"size": 16, "channels": 3, "latent": 4, "width": 16, **changes}
    config = CoganConfig.model_validate(wishes)
    return learner_class("cogan").build(config, options(), DATA, 1, "cpu")


def saved(made: Learner, path: Path) -> ModelRef:
    settings, tensors = made.export(DATA)
    return ModelRef(id=save_weights(path, tensors, "cogan", settings), path=path)


def go(made: Learner, folder: Path, script: Script | None = None, **wishes: Any) -> None:
    script = script or Quiet()
    train(made, DATA, options(**wishes), seed=5, total=TOTAL, checkpoints=folder, hooks=script)


@pytest.fixture
def model(tmp_path: Path) -> Cogan:
    made = learner()
    go(made, tmp_path / "run")
    return cast("Cogan", load_model(saved(made, tmp_path / "w.st"), "cpu"))


@pytest.mark.parametrize("apart", [0, 1, 2, 8])
@pytest.mark.parametrize("size", [16, 48])
@pytest.mark.parametrize("fold", [1, 2])
def test_shapes(size: int, apart: int, fold: int) -> None:
    size *= fold
    config = CoganConfig(size=size, channels=4, latent=6, width=32, apart=apart, fold=fold)
    generators, readers = CoupledGenerators(config), CoupledReaders(config, 5)
    pair = generators(torch.randn(3, 6))
    assert [made.shape for made in pair] == [(3, 4, size, size)] * 2
    assert [readers(made, domain).shape for domain, made in enumerate(pair)] == [(3, 5)] * 2


def test_one_domain_alone_is_that_of_the_pair() -> None:
    generators = CoupledGenerators(CoganConfig(size=16, latent=4, width=16))
    z = torch.randn(3, 4)
    for domain, both in enumerate(generators(z)):
        assert torch.equal(generators.one(z, domain), both)


def test_both_domains_start_alike() -> None:
    net = cast("CoupledPair", learner(rebuild=1.0).net)
    first, second = net.makers.generators(torch.randn(2, 4))
    assert torch.equal(first, second)
    assert torch.equal(net.critics(first, 0), net.critics(first, 1))
    assert torch.equal(net.makers.found(first, 0), net.makers.found(first, 1))


def test_a_pair_is_unlike_by_where_its_edges_are() -> None:
    square = -torch.ones(2, 3, 32, 32)
    square[:, :, 8:20, 8:20] = 1.0
    moved = square.roll(12, 3)
    tinted = square * torch.tensor([0.2, -0.9, 0.1])[None, :, None, None]
    assert float(unlike(square, square)) == 0
    assert float(unlike(square, -square)) < 1e-6
    assert float(unlike(square, tinted)) < 0.3
    assert float(unlike(square, moved)) > 0.5
    moved.requires_grad_()
    (slope,) = torch.autograd.grad(unlike(square, moved), moved)
    assert float(slope.abs().max()) > 0


@pytest.mark.parametrize("rebuild", [0.0, 30.0])
def test_what_is_to_be_alike_comes_nearer(tmp_path: Path, rebuild: float) -> None:
    def told(alike: float) -> float:
        made = learner(rebuild=rebuild, alike=alike)
        wishes: dict[str, Any] = {"learning_rate": 2e-3, "clip": 10.0}
        script = Quiet()
        folder = tmp_path / str(alike)
        train(made, DATA, options(**wishes), seed=5, total=60, checkpoints=folder, hooks=script)
        generators = cast("CoupledPair", made.net).makers.generators
        with torch.no_grad():
            return float(unlike(*generators(torch.randn(64, 4, generator=torch.manual_seed(1)))))

    assert told(20.0) < 0.8 * told(0.0)


def test_the_beginning_is_shared_and_the_end_is_not(tmp_path: Path) -> None:
    made = learner()
    go(made, tmp_path / "run")
    generators = cast("CoupledPair", made.net).makers.generators
    assert {name.split(".")[0] for name in generators.state_dict()} == {"dense", "trunk", "ends"}
    first, second = generators(torch.randn(2, 4))
    assert not torch.equal(first, second)


@pytest.mark.parametrize("rebuild", [0.0, 30.0])
@pytest.mark.parametrize("dies", [1, 6])
def test_a_killed_run_resumes_to_the_bit_with_both_optimisers(
    tmp_path: Path, dies: int, rebuild: float
) -> None:
    whole, first, again = (learner(rebuild=rebuild) for _ in range(3))
    wishes: dict[str, Any] = {"augmentation": {"flip": 0.5}}
    go(whole, tmp_path / "a", **wishes)
    with pytest.raises(KilledError):
        go(first, tmp_path / "b", Quiet(dies_at=dies), checkpoint_seconds=1e-9, **wishes)
    go(again, tmp_path / "b", **wishes)
    ours, theirs = state(whole), state(again)
    assert {name.split(".")[0] for name in ours} == {"net", "averaged", "makers", "critics"}
    assert ours.keys() == theirs.keys()
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)


def test_domains(model: Cogan) -> None:
    code = model.prior(3)
    assert (model.caps, model.home) == (Cap.SAMPLE | Cap.DECODE | Cap.PAIR, "z")
    with pytest.raises(StudioError, match="finds no points"):
        model.like(DATA.pixels[0])
    (plain,) = model.decode(code)
    (first,) = model.conditioned(Conditions(domain="first")).decode(code)
    (second,) = model.conditioned(Conditions(domain="second")).decode(code)
    (both,) = model.conditioned(Conditions()).decode(code)
    assert plain.shape == (16, 16, 3)
    assert np.array_equal(plain, first)
    assert not np.array_equal(first, second)
    assert np.array_equal(both, np.concatenate([first, second], axis=1))


def test_seeds_temperature_and_batches(model: Cogan) -> None:
    points = [model.prior(seed).tensors["z"][0] for seed in (1, 2)]
    assert not np.array_equal(*points)
    assert np.allclose(model.prior(1, temperature=0.5).tensors["z"][0], points[0] / 2)
    code = model.prior(1)
    together = dataclasses.replace(code, tensors={"z": np.stack(points)})
    assert np.array_equal(model.decode(together)[0], model.decode(code)[0])
    axes = model.spaces["z"].axes
    assert axes is not None
    assert np.allclose(axes @ axes.T, np.eye(len(axes)), atol=1e-2)


class Reporting(Quiet):
    """Hooks that want to know how near rebuilt pictures come."""

    def preview(self, step: int, pictures: list[Pixels], figures: dict[str, float]) -> None:
        super().preview(step, pictures, figures)
        self.seen.append(figures["psnr"])

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[float] = []


@pytest.fixture(scope="module")
def rebuilder(tmp_path_factory: pytest.TempPathFactory) -> Cogan:
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("rebuilder")
    made, script = learner(rebuild=30.0, latent=8), Reporting()
    wishes: dict[str, Any] = {"learning_rate": 2e-3, "clip": 10.0, "ema_decay": 0.9}
    train(
        made, DATA, options(**wishes), seed=5, total=150, checkpoints=folder / "run", hooks=script
    )
    assert script.seen[-1] > script.seen[0] + 1
    return cast("Cogan", load_model(saved(made, folder / "w.st"), "cpu"))


def test_a_picture_of_either_domain_is_found_and_shown_in_both(rebuilder: Cogan) -> None:
    assert Cap.ENCODE | Cap.INVERT in rebuilder.caps
    pair = DATA.pair
    assert pair is not None
    for picture in (DATA.pixels[0], pair.pixels[0]):
        code = rebuilder.encode([picture])
        assert code.tensors["z"].shape == (1, 8)
        (own,) = rebuilder.like(picture).decode(code)
        looks = [
            rebuilder.conditioned(Conditions(domain=domain)).decode(code)[0]
            for domain in ("first", "second")
        ]
        assert any(np.array_equal(own, look) for look in looks)
        errors = [float(np.square(look.astype(float) - picture).mean()) for look in looks]
        assert float(np.square(own.astype(float) - picture).mean()) == min(errors)
    together = rebuilder.encode([DATA.pixels[0], pair.pixels[0]])
    alone = rebuilder.encode([pair.pixels[0]])
    assert np.array_equal(together.tensors["z"][1], alone.tensors["z"][0])


def test_a_search_comes_nearer_than_what_is_found_at_once(rebuilder: Cogan) -> None:
    looks = list(rebuilder.invert(DATA.pixels[3], "z", 60))
    assert looks[-1][1] > looks[0][1] + 0.5
    assert np.array_equal(looks[0][0].tensors["z"], rebuilder.encode([DATA.pixels[3]]).tensors["z"])


def test_points_are_drawn_among_found_ones(rebuilder: Cogan) -> None:
    space = rebuilder.spaces["z"]
    drawn = np.concatenate([rebuilder.prior(seed).tensors["z"] for seed in range(400)])
    assert space.mean is not None
    assert space.std is not None
    pair = DATA.pair
    assert pair is not None
    pictures = [*DATA.pixels[DATA.training], *pair.pixels[pair.training]]
    found = rebuilder.encode(pictures).tensors["z"]
    assert np.allclose(drawn.mean(0), found.mean(0), atol=0.25 * float(space.std.max()))
    assert np.allclose(drawn.std(0), space.std, rtol=0.25)
    middle = rebuilder.prior(1, temperature=0.0).tensors["z"][0]
    assert np.allclose(middle, space.mean)
    off = np.abs(found - middle).max(1)
    assert off.min() < 0.05
    away = np.linalg.norm(found - found.mean(0), axis=1)
    assert off.argmin() == away.argmin()


def test_it_finds_no_pictures_and_is_measured_by_its_samples(model: Cogan) -> None:
    with pytest.raises(StudioError, match="finds no points"):
        model.encode([DATA.pixels[0]])
    figures = evaluate_images(
        cast("LatentModel", model), DATA, prepared(20, 16, 3), 20, 0, lambda done, total: None
    )
    assert figures["psnr"] is None
    assert figures["kl"] is None
    assert isinstance(figures["kid"], float)
    assert isinstance(figures["precision"], float)


def test_one_collection_is_not_enough() -> None:
    config = CoganConfig(size=16)
    with pytest.raises(StudioError, match="two collections"):
        learner_class("cogan").build(config, options(), prepared(24, 16, 3), 1, "cpu")


@pytest.mark.parametrize("rebuild", [0.0, 30.0])
def test_a_parent_gives_its_makers_and_parts_can_be_kept(tmp_path: Path, rebuild: float) -> None:
    parent, child = learner(rebuild=rebuild), learner(rebuild=rebuild)
    go(parent, tmp_path / "a")
    _, tensors = load_weights(saved(parent, tmp_path / "w.st").path)
    child.adopt(tensors, ["trunk"])
    kept = {k: v.clone() for k, v in child.net.state_dict().items() if ".generators.trunk" in k}
    go(child, tmp_path / "b")
    assert kept
    assert all(torch.equal(child.net.state_dict()[name], kept[name]) for name in kept)
    with pytest.raises(StudioError, match="another shape"):
        learner(latent=5, rebuild=rebuild).adopt(tensors, [])
    with pytest.raises(StudioError, match="another shape"):
        learner(rebuild=30.0 - rebuild).adopt(tensors, [])


@pytest.mark.parametrize("change", ["more", "less", "shape", "axes", "encoder", "points"])
def test_hostile_weights_are_refused(tmp_path: Path, change: str) -> None:
    settings, tensors = learner(rebuild=30.0).export(DATA)
    if change == "more":
        tensors["other"] = torch.zeros(1)
    elif change == "less":
        del tensors["space.mean"]
    elif change == "shape":
        tensors["net.dense.bias"] = torch.zeros(3)
    elif change == "encoder":
        del tensors["net.encoders.answer.bias"]
    elif change == "points":
        tensors["prior.points"] = torch.zeros(2, 5)
    else:
        tensors["space.axes"] = torch.zeros(2, 5)
    path = tmp_path / "w.st"
    ref = ModelRef(id=save_weights(path, tensors, "cogan", settings), path=path)
    with pytest.raises(StudioError) as caught:
        load_model(ref, "cpu")
    assert caught.value.kind == "hostile"


def test_sizes_that_do_not_halve_are_refused() -> None:
    assert grids(32) == [32, 16, 8, 4]
    assert grids(48) == [48, 24, 12, 6]
    for size in (44, 52):
        with pytest.raises(ValidationError, match="power of two"):
            CoganConfig(size=size)

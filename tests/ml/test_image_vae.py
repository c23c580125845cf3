"""`image-vae`: shapes, ranges, decoding that no batch can change, and starting from a parent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
import torch
from pydantic import ValidationError

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.image_vae import ImageVaeConfig
from aigc_studio.catalog.latent import Cap, Code
from aigc_studio.ml.backbones.conv import plan_grids
from aigc_studio.ml.families.image_vae import build_net
from aigc_studio.ml.metrics.pictures import psnr
from aigc_studio.ml.protocol import Moment
from aigc_studio.ml.weights import load_weights
from tests.ml.helpers import discs, learner_for, options, playable, prepared, saved

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.ml.families.image_vae import ImageVae
    from aigc_studio.ml.protocol import LatentModel, Learner

pytestmark = pytest.mark.usefixtures("one_thread")
DATA = prepared(30)


def steps(learner: Learner, count: int) -> Learner:
    """Train a little; the averaged weights, which are exported, become the net's."""
    for step in range(count):
        items = DATA.batch_items(1, step, 4)
        learner.step(DATA.batch(items), Moment(1, step, count, items))
    learner.averaged.load_state_dict(learner.net.state_dict())
    return learner


@pytest.fixture(scope="module")
def model(one_thread: None, tmp_path_factory: pytest.TempPathFactory) -> LatentModel:
    learner = steps(learner_for(DATA, components=3), 6)
    return playable(learner, DATA, tmp_path_factory.mktemp("model") / "w.safetensors")


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_shapes_and_ranges(tmp_path: Path, channels: int) -> None:
    data = prepared(20, 16, channels)
    model = playable(learner_for(data), data, tmp_path / "w.safetensors")
    code = model.encode(list(data.pixels[:5]), "z")
    assert code.tensors["z"].shape == (5, 4)
    assert code.tensors["z"].dtype == np.float32
    assert (code.model_id, code.space) == (model.id, "z")
    pictures = model.decode(code)
    assert {(picture.shape, picture.dtype) for picture in pictures} == {
        ((16, 16, channels), np.dtype(np.uint8))
    }
    far = Code(model.id, "z", {"z": np.full((1, 4), 1e6, np.float32)})
    assert model.decode(far)[0].shape == (16, 16, channels)


def test_the_start_is_the_best_linear_one(tmp_path: Path) -> None:
    data = prepared(60)
    model = playable(learner_for(data, latent=16), data, tmp_path / "w.safetensors")
    pictures = data.pixels[data.training]
    again = np.stack(model.decode(model.encode(list(pictures), "z")))
    assert psnr(pictures, again) > 20
    grey = np.full_like(pictures, round(float(pictures.mean())))
    assert psnr(pictures, again) > psnr(pictures, grey) + 5


def test_a_batch_never_changes_a_bit(model: LatentModel) -> None:
    pictures = list(DATA.pixels[:7])
    together = model.encode(pictures, "z")
    alone = [model.encode([picture], "z").tensors["z"][0] for picture in pictures]
    assert np.array_equal(together.tensors["z"], np.stack(alone))
    backwards = model.encode(pictures[::-1], "z").tensors["z"][::-1]
    assert np.array_equal(together.tensors["z"], backwards)
    decoded = model.decode(together)
    for index, picture in enumerate(decoded):
        assert np.array_equal(model.decode(together.at(index))[0], picture)


def test_posteriors_are_encodings_with_a_spread(model: LatentModel) -> None:
    mean, variance = cast("ImageVae", model).posterior(list(DATA.pixels))
    code = model.encode(list(DATA.pixels), "z")
    np.testing.assert_allclose(mean, code.tensors["z"], atol=1e-4)
    assert bool(((variance > 0) & np.isfinite(variance)).all())


def test_a_seed_draws_the_same_bytes(model: LatentModel) -> None:
    first = {seed: model.prior(seed, "z") for seed in range(5)}
    for seed in reversed(range(5)):
        again = model.prior(seed, "z")
        assert again.to_bytes() == first[seed].to_bytes()
        assert again.seed == seed
        assert np.array_equal(model.decode(again)[0], model.decode(first[seed])[0])
    assert len({code.to_bytes() for code in first.values()}) == 5
    calm = model.prior(3, "z", temperature=0.0)
    assert calm.to_bytes() != first[3].to_bytes()


def test_the_atlas_tells_what_is_typical(model: LatentModel) -> None:
    space = model.spaces["z"]
    assert (space.shape, space.geometry) == ((4,), "gaussian")
    assert space.mean is not None
    assert space.axes is not None
    means = model.encode(list(DATA.pixels[DATA.training]), "z").tensors["z"]
    np.testing.assert_allclose(space.mean, means.mean(0), atol=0.02)
    np.testing.assert_allclose(space.axes @ space.axes.T, np.eye(4), atol=0.01)
    spread = (means - means.mean(0)) @ space.axes.T
    assert spread.std(0).argmax() == 0


@pytest.mark.parametrize("corruption", ["noise", "blur", "mask", "jpeg", "mixed"])
def test_the_denoising_form_trains_and_says_so(tmp_path: Path, corruption: str) -> None:
    learner = steps(learner_for(DATA, corruption=corruption), 2)
    model = playable(learner, DATA, tmp_path / "w.safetensors")
    assert Cap.DENOISE in model.caps
    assert model.encode(list(DATA.pixels[:2]), "z").tensors["z"].shape == (2, 4)


def test_a_repairer_brings_noisy_pictures_nearer(tmp_path: Path) -> None:
    data = prepared(60)
    learner = learner_for(data, latent=8, corruption="noise", corruption_strength=0.5)
    model = playable(learner, data, tmp_path / "w.safetensors")
    clean = discs(8, seed=9)
    noise = np.random.default_rng(0).normal(0, 60, clean.shape)
    noisy = np.clip(clean + noise, 0, 255).astype(np.uint8)
    repaired = np.stack(model.decode(model.encode(list(noisy), "z")))
    assert psnr(clean, repaired) > psnr(clean, noisy) + 2


def test_a_plain_model_does_not_claim_to_repair(model: LatentModel) -> None:
    assert Cap.DENOISE not in model.caps
    assert model.caps == Cap.SAMPLE | Cap.ENCODE | Cap.DECODE | Cap.INVERT


@pytest.mark.parametrize("size", [16, 24, 32, 48, 64, 72, 96, 128, 192, 256])
def test_every_offered_size_can_be_built(size: int) -> None:
    torch.manual_seed(0)
    net = build_net(ImageVaeConfig(size=size, channels=3, latent=4, width=8)).eval()
    with torch.no_grad():
        picture = net.decode(torch.zeros(1, 4))
    assert picture.shape == (1, 3, size, size)
    assert bool(((picture >= 0) & (picture <= 1)).all())


def can_be_built(size: int) -> bool:
    try:
        plan_grids(size, 8)
    except ValueError:
        return False
    return True


def test_a_size_is_offered_exactly_when_it_can_be_built() -> None:
    for size in range(16, 1025, 8):
        try:
            ImageVaeConfig(size=size)
        except ValidationError:
            assert not can_be_built(size)
        else:
            assert can_be_built(size)


@pytest.mark.parametrize("part", ["encoder", "decoder"])
def test_a_frozen_part_stays_as_it_is(tmp_path: Path, part: str) -> None:
    parent = load_weights(saved(steps(learner_for(DATA), 3), DATA, tmp_path / "p").path)[1]
    child = learner_for(DATA, options(weight_decay=0.5), seed=2)
    child.adopt(parent, [part])
    before = {name: tensor.clone() for name, tensor in child.net.state_dict().items()}
    steps(child, 4)
    now = child.net.state_dict()
    changed = {name for name in before if not torch.equal(before[name], now[name])}
    assert changed
    assert not any(name.startswith(f"{part}.") for name in changed)
    exported = child.export(DATA)[1]
    for name, tensor in parent.items():
        if name.startswith(f"net.{part}."):
            assert torch.equal(exported[name], tensor)


def test_a_child_starts_as_its_parent(tmp_path: Path) -> None:
    ref = saved(steps(learner_for(DATA), 3), DATA, tmp_path / "p")
    parent = load_weights(ref.path)[1]
    child = learner_for(prepared(20, seed=3), seed=2)
    child.adopt(parent, [])
    for name, tensor in child.averaged.state_dict().items():
        assert torch.equal(tensor, parent[f"net.{name}"])


@pytest.mark.parametrize("other", [{"latent": 5}, {"width": 16}])
def test_a_parent_of_another_shape_is_refused(tmp_path: Path, other: dict[str, Any]) -> None:
    parent = load_weights(saved(learner_for(DATA), DATA, tmp_path / "p").path)[1]
    with pytest.raises(StudioError, match="another shape") as caught:
        learner_for(DATA, **other).adopt(parent, [])
    assert caught.value.kind == "input"

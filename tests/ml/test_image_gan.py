"""`image-gan`: both losses train, resume to the bit, and what is exported plays and judges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
import torch

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.image_gan import ImageGanConfig
from aigc_studio.catalog.latent import Cap, Code
from aigc_studio.catalog.latent_maths import crossed
from aigc_studio.catalog.spaces import read_directions, read_space
from aigc_studio.ml.families.image_gan_learner import HIGHEST, ImageGanLearner
from aigc_studio.ml.protocol import Moment
from aigc_studio.ml.registry import load_model
from aigc_studio.ml.train import train
from aigc_studio.ml.weights import load_weights, save_weights
from tests.ml.helpers import options, prepared, state_of
from tests.ml.test_train import Script

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from torch import Tensor

    from aigc_studio.jobs.specs import ModelRef
    from aigc_studio.ml.families.image_gan import ImageGan
    from aigc_studio.ml.families.image_gan_net import ImageGanNet
    from aigc_studio.ml.protocol import Learner

pytestmark = pytest.mark.usefixtures("one_thread")
DATA = prepared(24, 32, 3)
LOSSES: list[dict[str, Any]] = [
    {"loss": "relativistic"},
    {"loss": "logistic", "path_length": 2.0},
    {"loss": "logistic", "path_length": 2.0, "rebuild": 30.0},
    {"loss": "relativistic", "rebuild": 30.0},
]


class Quiet(Script):
    """Hooks that expect pictures of any kind."""

    def preview(self, step: int, pictures: object, figures: dict[str, float]) -> None:
        assert np.isfinite(figures["psnr"])


def learner(**changes: Any) -> ImageGanLearner:
    wishes = {"size": 32, "channels": 3, "latent": 8, "width": 16, "mapping": 2}
    config = ImageGanConfig.model_validate({**wishes, **changes})
    return ImageGanLearner.build(config, options(weight_decay=0.0), DATA, 1, "cpu")


def stepped(one: ImageGanLearner, count: int, first: int = 0) -> dict[str, Tensor]:
    for step in range(first, first + count):
        items = DATA.batch_items(1, step, 4)
        figures = one.step(DATA.batch(items), Moment(1, step, 20, items))
    return figures


def saved(one: ImageGanLearner, path: Path) -> ModelRef:
    from aigc_studio.jobs.specs import ModelRef

    config, tensors = one.export(DATA)
    return ModelRef(id=save_weights(path, tensors, "image-gan", config), path=path)


def net_of(one: ImageGanLearner) -> ImageGanNet:
    return one.net


@pytest.fixture(scope="module")
def ref(one_thread: None, tmp_path_factory: pytest.TempPathFactory) -> ModelRef:
    trained = learner(attention=True)
    stepped(trained, 3)
    trained.averaged.load_state_dict(trained.net.state_dict())
    return saved(trained, tmp_path_factory.mktemp("gan") / "w.safetensors")


@pytest.fixture(scope="module")
def model(ref: ModelRef) -> ImageGan:
    return cast("ImageGan", load_model(ref, "cpu"))


@pytest.mark.parametrize("wishes", LOSSES)
def test_every_player_takes_its_step(wishes: dict[str, Any]) -> None:
    one = learner(**wishes)
    before = {name: tensor.clone() for name, tensor in one.net.state_dict().items()}
    figures = stepped(one, 1, first=16)
    assert {"loss", "discriminator", "real", "made", "penalty", "augmentation"} <= set(figures)
    assert all(bool(value.isfinite()) for value in figures.values())
    moved = {
        name.split(".")[0]
        for name, tensor in one.net.state_dict().items()
        if not torch.equal(tensor, before[name])
    }
    assert {"mapping", "synthesis", "discriminator", "encoder"} <= moved
    assert all(parameter.requires_grad for parameter in one.net.parameters())


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
@pytest.mark.parametrize("wishes", LOSSES)
def test_a_suspended_run_resumes_to_the_bit(
    tmp_path: Path, wishes: dict[str, Any], precision: str
) -> None:
    settings = options(precision=precision, weight_decay=0.0, augmentation={"flip": 0.5})

    def go(folder: str, script: Script) -> ImageGanLearner:
        config = learner(**wishes).config
        one = ImageGanLearner.build(config, settings, DATA, 1, "cpu")
        where = tmp_path / folder
        train(
            cast("Learner", one), DATA, settings, seed=5, total=10, checkpoints=where, hooks=script
        )
        return one

    undisturbed = go("a", Quiet())
    go("b", Quiet({5: "suspend"}))
    torch.manual_seed(99)  # of another life
    ours, theirs = (state_of(cast("Learner", each)) for each in (go("b", Quiet()), undisturbed))
    assert ours.keys() == theirs.keys()
    assert any(name.startswith("moments.encoder") for name in ours)
    assert all(torch.equal(ours[name], theirs[name]) for name in theirs)


def test_augmentation_is_adapted_by_the_sign_of_verdicts() -> None:
    one = learner(loss="logistic")
    net = net_of(one)
    for _ in range(200):  # all real pictures recognised: overfitting
        one._adapt(torch.ones(4), 500)
    assert float(net.signs) == pytest.approx(1.0, abs=1e-3)
    assert float(net.probability) == pytest.approx(HIGHEST)
    for _ in range(400):  # guesses
        one._adapt(torch.tensor([1.0, -1.0]), 500)
    assert float(net.probability) == 0.0
    assert one._probability(Moment(1, 5, 10, torch.arange(4))) == 0.0
    still = learner()
    assert still._probability(Moment(1, 0, 10, torch.arange(4))) == 0.0
    assert still._probability(Moment(1, 9, 10, torch.arange(4))) == pytest.approx(0.3)


@pytest.mark.parametrize(("loss", "weight"), [("logistic", 1.0), ("relativistic", 0.25)])
def test_small_pictures_have_the_penalty_that_suits_their_loss(loss: str, weight: float) -> None:
    one, same = learner(loss=loss), learner(loss=loss, gamma=weight)
    other = learner(loss=loss, gamma=weight / 2)
    for each in (one, same, other):
        stepped(each, 2)
    learned, wanted, unwanted = (each.net.discriminator.state_dict() for each in (one, same, other))
    torch.testing.assert_close(learned, wanted, rtol=0, atol=0)
    assert any(not torch.equal(learned[name], unwanted[name]) for name in learned)


def test_what_is_frozen_stays_and_the_rest_learns(ref: ModelRef) -> None:
    parent = load_weights(ref.path)[1]
    child = learner(attention=True)
    child.adopt(parent, ["mapping", "discriminator-early"])
    before = {name: tensor.clone() for name, tensor in child.net.state_dict().items()}
    stepped(child, 2)
    now = child.net.state_dict()
    changed = {name for name in before if not torch.equal(before[name], now[name])}
    assert any(name.startswith("synthesis.") for name in changed)
    assert any(name.startswith("discriminator.hidden") for name in changed)
    kept = ("mapping.", "discriminator.from_picture", "discriminator.blocks.0.")
    assert not any(name.startswith(kept) for name in changed)
    with pytest.raises(StudioError, match="another shape") as caught:
        learner(latent=9).adopt(parent, [])
    assert caught.value.kind == "input"


def test_a_frozen_generator_leaves_the_others_to_learn(ref: ModelRef) -> None:
    child = learner(attention=True)
    child.adopt(load_weights(ref.path)[1], ["mapping", "synthesis"])
    assert set(child.optimisers) == {"discriminator", "encoder"}
    before = net_of(child).synthesis.start.clone()
    assert "loss" in stepped(child, 1)
    assert torch.equal(net_of(child).synthesis.start, before)


@pytest.mark.parametrize("loss", ["relativistic", "logistic"])
def test_what_is_made_comes_nearer_to_what_is_learned(loss: str) -> None:
    one = learner(loss=loss, width=32)
    goal = DATA.batch(DATA.training).mean(0)

    def off() -> float:
        z = torch.randn(64, 8, generator=torch.Generator().manual_seed(1))
        with torch.no_grad():
            made = (net_of(one).pictures(net_of(one).mapping(z)) + 1) / 2
        return float((made.clamp(0, 1).mean(0) - goal).square().mean())

    before = off()
    stepped(one, 60)
    assert off() < 0.5 * before


def test_a_seed_draws_the_same_bytes_and_truncation_leads_to_the_mean(model: ImageGan) -> None:
    first = {seed: model.prior(seed, "w") for seed in range(4)}
    for seed in reversed(range(4)):
        assert model.prior(seed, "w").to_bytes() == first[seed].to_bytes()
    assert len({code.to_bytes() for code in first.values()}) == 4
    mean = model.spaces["w"].mean
    assert mean is not None
    np.testing.assert_allclose(model.prior(1, "w", temperature=0.0).tensors["w"][0], mean)
    half = model.prior(1, "w", temperature=0.5).tensors["w"][0]
    np.testing.assert_allclose(half, (first[1].tensors["w"][0] + mean) / 2, atol=1e-5)


def test_all_spaces_lead_to_the_same_picture(model: ImageGan) -> None:
    z = model.prior(7, "z")
    w, layered = model.map(z, "w"), model.map(z, "w+")
    assert layered.tensors["w+"].shape[1:] == model.spaces["w+"].shape == (8, 8)
    pictures = [model.decode(code)[0] for code in (z, w, layered)]
    assert np.array_equal(pictures[0], pictures[1])
    assert np.array_equal(pictures[0], pictures[2])
    assert pictures[0].shape == (32, 32, 3)
    np.testing.assert_allclose(w.tensors["w"], model.prior(7, "w").tensors["w"], atol=1e-6)
    for code, to in ((w, "z"), (layered, "w"), (model.prior(1, "noise"), "w+")):
        with pytest.raises(StudioError, match="no way"):
            model.map(code, to)


def test_a_batch_never_changes_a_bit(model: ImageGan) -> None:
    found = model.encode(list(DATA.pixels[:5]), "w")
    alone = [model.encode([each], "w").tensors["w"][0] for each in DATA.pixels[:5]]
    assert np.array_equal(found.tensors["w"], np.stack(alone))
    together = model.decode(found)
    for index, picture in enumerate(together):
        assert np.array_equal(model.decode(found.at(index))[0], picture)
    scores = model.judge(list(DATA.pixels[:5]))
    assert scores == [model.judge([each])[0] for each in DATA.pixels[:5]]
    assert len(set(scores)) == 5


def test_noise_is_the_models_own_unless_given(tmp_path: Path) -> None:
    noisy = learner()
    for conv in net_of(noisy).synthesis.convs:
        torch.nn.init.ones_(conv.get_parameter("noise_strength"))
    noisy.averaged.load_state_dict(noisy.net.state_dict())
    model = cast("ImageGan", load_model(saved(noisy, tmp_path / "w.safetensors"), "cpu"))
    w = model.prior(1, "w")
    usual = model.decode(w)[0]
    assert np.array_equal(model.decode(w)[0], usual)
    given = [
        model.decode(Code(w.model_id, "w", {**w.tensors, **model.prior(seed, "noise").tensors}))[0]
        for seed in (1, 1, 2)
    ]
    assert np.array_equal(given[0], given[1])
    assert not np.array_equal(given[0], given[2])
    assert not np.array_equal(given[0], usual)


def test_crossed_layers_decode_between_their_parents(model: ImageGan) -> None:
    a, b = (model.map(model.prior(seed, "w"), "w+").tensors["w+"][0] for seed in (1, 2))

    def picture(layer: float) -> Any:
        return model.decode(Code(model.id, "w+", {"w+": crossed(a, b, layer)[None]}))[0]

    assert np.array_equal(picture(8), model.decode(model.prior(1, "w"))[0])
    assert np.array_equal(picture(0), model.decode(model.prior(2, "w"))[0])
    assert not np.array_equal(picture(4), picture(8))


def test_a_search_finds_a_made_picture_again(model: ImageGan) -> None:
    goal = model.decode(model.prior(3, "w"))[0]
    for space in ("w", "w+"):
        looks = list(model.invert(goal, space, 60))
        assert looks[-1][1] > looks[0][1]
        assert looks[-1][0].tensors[space].shape[1:] == model.spaces[space].shape
    with pytest.raises(StudioError, match="no way"):
        next(model.invert(goal, "z", 5))


def test_the_atlas_and_directions_are_read_without_torch(ref: ModelRef, model: ImageGan) -> None:
    space = read_space(ref.path)
    assert (space.name, space.geometry, space.shape) == ("w+", "euclid", (8, 8))
    assert space.layers == model.net.synthesis.styles
    assert model.spaces["w+"].mean is not None
    assert space.axes is not None
    assert (axes := model.spaces["w+"].axes) is not None
    assert np.allclose(space.axes, axes, atol=1e-6)
    drawn = np.concatenate([model.prior(seed, "w").tensors["w"] for seed in range(400)])
    assert space.mean is not None
    assert space.std is not None
    np.testing.assert_allclose(space.mean[0], drawn.mean(0), atol=0.25 * float(space.std.max()))
    found = read_directions(ref.path)
    assert set(found) == {"pca", "closed-form"}
    rows = found["closed-form"][:, 0] * np.sqrt(space.layers)
    weights = model.net.synthesis.styles_of().double().numpy()
    gains = np.linalg.norm(rows.astype(np.float64) @ weights.T, axis=1)
    assert list(gains) == sorted(gains, reverse=True)
    assert gains[0] == pytest.approx(np.linalg.svd(weights, compute_uv=False)[0], rel=1e-3)


def test_it_can_what_its_family_says(model: ImageGan) -> None:
    for cap in (Cap.SAMPLE, Cap.ENCODE, Cap.DECODE, Cap.INVERT, Cap.LAYERS, Cap.JUDGE):
        assert cap in model.caps
    assert model.home == "w+"
    assert model.config.layers == model.net.synthesis.styles


def test_a_point_of_w_is_the_same_row_in_every_layer(model: ImageGan) -> None:
    row, layered = model.prior(5, "w"), model.prior(5)
    assert layered.tensors["w+"].shape == (1, model.config.layers, 8)
    assert np.array_equal(layered.tensors["w+"][0], np.tile(row.tensors["w"], (8, 1)))
    assert np.array_equal(model.decode(row)[0], model.decode(layered)[0])


def wider(name: str) -> Callable[[dict[str, Tensor]], object]:
    return lambda tensors: tensors.update({name: torch.cat([tensors[name]] * 2)})


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda tensors: tensors.pop("net.encoder.to_w.bias"), id="net lacks one"),
        pytest.param(lambda tensors: tensors.pop("space.std"), id="atlas lacks one"),
        pytest.param(lambda tensors: tensors.pop("directions.axes"), id="no directions"),
        pytest.param(lambda tensors: tensors.update({"x": torch.ones(1)}), id="more"),
        pytest.param(lambda tensors: tensors.update({"net.x": torch.ones(1)}), id="net has more"),
        pytest.param(wider("net.synthesis.start"), id="net of another shape"),
        pytest.param(wider("space.mean"), id="atlas of another shape"),
        pytest.param(
            lambda tensors: tensors.update({"directions.axes": torch.ones(2, 9)}),
            id="directions of another space",
        ),
        pytest.param(
            lambda tensors: tensors.update({"net.signs": torch.tensor(1)}), id="whole numbers"
        ),
        pytest.param(lambda tensors: tensors["space.mean"].fill_(float("nan")), id="not a number"),
    ],
)
def test_tensors_that_do_not_belong_are_refused(
    ref: ModelRef, tmp_path: Path, change: Callable[[dict[str, Tensor]], object]
) -> None:
    header, tensors = load_weights(ref.path)
    change(tensors)
    path = tmp_path / "w.safetensors"
    config = ImageGanConfig.model_validate(header.config)
    save_weights(path, tensors, "image-gan", config)
    from aigc_studio.jobs.specs import ModelRef

    with pytest.raises(StudioError) as caught:
        load_model(ModelRef(id=ref.id, path=path), "cpu")
    assert caught.value.kind == "hostile"

"""Judging, searching and mixing through a real worker, with a model trained for a few steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.image_gan import ImageGanConfig
from aigc_studio.catalog.latent import Code
from aigc_studio.catalog.training import TrainOptions
from aigc_studio.document.ranking import ranking
from aigc_studio.jobs.runner import run_job
from aigc_studio.jobs.specs import Decode, FilePoint, Invert, Mix, ModelRef, Rank, SeedPoint
from aigc_studio.ml.families.image_gan_learner import ImageGanLearner
from aigc_studio.ml.protocol import Moment
from aigc_studio.ml.registry import load_model
from aigc_studio.ml.weights import save_weights
from tests.cli.conftest import write_picture
from tests.ml.helpers import learner_for, prepared, saved

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.ml.families.image_gan import ImageGan

DATA = prepared(24, 32, 3)


@pytest.fixture(scope="module")
def ref(tmp_path_factory: pytest.TempPathFactory) -> ModelRef:
    config = ImageGanConfig(size=32, channels=3, latent=8, width=16, mapping=2)
    learner = ImageGanLearner.build(config, TrainOptions(batch=4, warmup=0), DATA, 1, "cpu")
    for step in range(2):
        items = DATA.batch_items(1, step, 4)
        learner.step(DATA.batch(items), Moment(1, step, 2, items))
    learner.averaged.load_state_dict(learner.net.state_dict())
    path = tmp_path_factory.mktemp("gan") / "w.safetensors"
    config_now, tensors = learner.export(DATA)
    return ModelRef(id=save_weights(path, tensors, "image-gan", config_now), path=path)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    folder = tmp_path_factory.mktemp("pictures")
    return tuple(write_picture(folder / f"{n}.png", n, side=48, mode="RGB") for n in range(3))


def test_judging_scores_each_picture_by_itself(
    ref: ModelRef, pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    spec = Rank(model=ref, inputs=(*pictures, broken))
    values = run_job(spec).values
    scores = values["scores"]
    assert isinstance(scores, list)
    assert scores[3] is None
    assert values["left_out"]
    assert "broken.png" in str(values["left_out"])
    alone = run_job(Rank(model=ref, inputs=pictures[1:2])).values["scores"]
    assert alone == scores[1:2]
    best_first = ranking(spec, values)
    assert [each.path for each in best_first] == [
        path for _, path in sorted(zip(scores[:3], pictures, strict=True), reverse=True)
    ]
    assert run_job(Rank(model=ref, inputs=(broken,))).values["scores"] == [None]


def test_a_search_shows_how_it_goes_and_ends_with_its_quality(
    ref: ModelRef, pictures: tuple[Path, ...]
) -> None:
    outcome = run_job(Invert(model=ref, input=pictures[0], steps=60))
    indices = [message.index for message, _ in outcome.media]
    assert indices == list(range(len(indices)))
    assert len(indices) >= 3
    assert {pixels.shape for _, pixels in outcome.media} == {(48, 48, 3)}
    ((message, data),) = outcome.codes
    assert message.space == "w+"
    assert outcome.values["psnr"] == [message.quality[0]]
    began = outcome.values["psnr_at_start"]
    assert isinstance(began, float)
    assert message.quality[0] > began
    assert outcome.media[-1][0].code == data
    again = run_job(Decode(model=ref, code=data))
    assert again.values["space"] == "w+"
    still = run_job(Invert(model=ref, input=pictures[0], steps=60))
    assert np.array_equal(still.media[-1][1], outcome.media[-1][1])


def test_a_vae_can_be_searched_too(tmp_path: Path) -> None:
    data = prepared(30)
    vae = saved(learner_for(data), data, tmp_path / "w.safetensors")
    picture = write_picture(tmp_path / "a.png", 5, side=16, mode="L")
    outcome = run_job(Invert(model=vae, input=picture, steps=40))
    ((message, _),) = outcome.codes
    assert message.space == "z"
    assert message.quality[0] >= float(str(outcome.values["psnr_at_start"])) - 0.1
    with pytest.raises(StudioError, match="no discriminator"):
        run_job(Rank(model=vae, inputs=(picture,)))
    with pytest.raises(StudioError, match="no layers"):
        run_job(Mix(model=vae, base=SeedPoint(seed=1), other=SeedPoint(seed=2), first=0, last=0))


def test_mixing_takes_the_layers_that_are_named(ref: ModelRef, pictures: tuple[Path, ...]) -> None:
    spec = Mix(model=ref, base=SeedPoint(seed=1), other=SeedPoint(seed=2), first=0, last=7)
    ((whole, pixels),) = run_job(spec).media
    torch.set_num_threads(1)
    model: ImageGan = load_model(ref, "cpu")  # type: ignore[assignment]
    assert np.array_equal(pixels, model.decode(model.prior(2, "w"))[0])
    ((message, _),) = run_job(spec.model_copy(update={"first": 4})).media
    rows = Code.from_bytes(message.code or b"", ref.id, "w+").tensors["w+"][0]
    ends = [model.prior(seed, "w").tensors["w"][0] for seed in (1, 2)]
    assert np.array_equal(rows[3], ends[0])
    assert np.array_equal(rows[4], ends[1])
    assert whole.code != message.code
    assert run_job(spec.model_copy(update={"base": FilePoint(path=pictures[0]), "last": 2})).media
    with pytest.raises(StudioError, match="no layers 0 to 8"):
        run_job(spec.model_copy(update={"last": 8}))


def test_points_of_other_spaces_and_noise_are_decoded_or_refused(ref: ModelRef) -> None:
    model: ImageGan = load_model(ref, "cpu")  # type: ignore[assignment]
    z, noise = model.prior(4, "z"), model.prior(4, "noise")
    w = run_job(Decode(model=ref, code=model.prior(4, "w").to_bytes())).media[0][1]
    assert np.array_equal(run_job(Decode(model=ref, code=z.to_bytes())).media[0][1], w)
    both = Code(ref.id, "z", {**z.tensors, **noise.tensors})
    assert run_job(Decode(model=ref, code=both.to_bytes())).media
    short = {"z": z.tensors["z"][:, :4]}
    for tensors in (
        noise.tensors,
        short,
        {"x": z.tensors["z"]},
        {**z.tensors, "x": z.tensors["z"]},
        {**z.tensors, "noise": np.repeat(noise.tensors["noise"], 2, 0)},
        {"z": z.tensors["z"] * np.float32("nan")},
    ):
        with pytest.raises(StudioError) as caught:
            run_job(Decode(model=ref, code=Code(ref.id, "z", tensors).to_bytes()))
        assert caught.value.kind == "input"

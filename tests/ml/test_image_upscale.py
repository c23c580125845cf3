"""`image-upscale`: seams, sizes, both optimisers over a resume, and hostile weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.image_upscale import ImageUpscaleConfig
from aigc_studio.catalog.latent import Cap
from aigc_studio.ml.families import image_upscale
from aigc_studio.ml.metrics.upscaling import averaged, enlarged_plainly, upscaling
from aigc_studio.ml.registry import as_upscaler, learner_class, load_any, load_model
from aigc_studio.ml.train import train
from aigc_studio.ml.weights import load_weights, save_weights
from tests.ml.helpers import options, prepared
from tests.ml.test_train import KilledError, Script

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor

    from aigc_studio.jobs.specs import ModelRef
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.data import PreparedData
    from aigc_studio.ml.protocol import Learner

pytestmark = pytest.mark.usefixtures("one_thread")
DATA = prepared(20, 32, 4)
TOTAL = 10


class Quiet(Script):
    """Hooks that look at nothing."""

    def preview(self, step: int, pictures: list[Pixels], figures: dict[str, float]) -> None:
        assert {picture.shape for picture in pictures} == {(32, 32, 4)}


def config(**changes: Any) -> ImageUpscaleConfig:
    wishes = {"factor": 2, "channels": 4, "width": 8, "blocks": 2}
    return ImageUpscaleConfig.model_validate({**wishes, **changes})


def learner(data: PreparedData = DATA, **changes: Any) -> Learner:
    wishes = options(learning_rate=5e-3)
    return learner_class("image-upscale").build(config(**changes), wishes, data, 1, "cpu")


def saved(made: Learner, path: Path) -> ModelRef:
    from aigc_studio.jobs.specs import ModelRef

    settings, tensors = made.export(DATA)
    return ModelRef(id=save_weights(path, tensors, "image-upscale", settings), path=path)


def go(made: Learner, folder: Path, script: Script, total: int = TOTAL) -> None:
    wishes = options(learning_rate=5e-3)
    train(made, DATA, wishes, seed=5, total=total, checkpoints=folder, hooks=script)


def state(made: Learner) -> dict[str, Tensor]:
    tensors = {f"net.{k}": v for k, v in made.net.state_dict().items()}
    tensors |= {f"averaged.{k}": v for k, v in made.averaged.state_dict().items()}
    for name, optimiser in made.optimisers.items():
        for index, values in optimiser.state_dict()["state"].items():
            tensors |= {f"{name}.{index}.{k}": v for k, v in values.items()}
    return tensors


@pytest.mark.parametrize("dies", [3, 7, 9])
def test_a_killed_run_resumes_to_the_bit_with_both_optimisers(tmp_path: Path, dies: int) -> None:
    whole, first, again = learner(wear="both"), learner(wear="both"), learner(wear="both")
    go(whole, tmp_path / "a", Quiet())
    with pytest.raises(KilledError):
        train(
            first, DATA, options(learning_rate=5e-3, checkpoint_seconds=1e-9), seed=5, total=TOTAL,
            checkpoints=tmp_path / "b", hooks=Quiet(dies_at=dies),
        )  # fmt: skip
    go(again, tmp_path / "b", Quiet())
    ours, theirs = state(whole), state(again)
    assert any(name.startswith("critic.") for name in ours)
    assert ours.keys() == theirs.keys()
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)


def test_it_starts_as_bicubic_and_gets_better(tmp_path: Path) -> None:
    fresh = learner()
    pixels = DATA.pixels[DATA.held_out]
    before = upscaling(as_upscaler(load_any(saved(fresh, tmp_path / "a.st"), "cpu")), pixels)
    assert before["psnr"] == pytest.approx(before["psnr_bicubic"], abs=3)
    go(fresh, tmp_path / "run", Quiet(), total=60)
    after = upscaling(as_upscaler(load_any(saved(fresh, tmp_path / "b.st"), "cpu")), pixels)
    assert float(str(after["psnr"])) > float(str(before["psnr"]))
    assert after["gain"] == pytest.approx(
        float(str(after["psnr"])) - float(str(after["psnr_lanczos"]))
    )


@pytest.mark.parametrize("factor", [2, 4])
def test_tiles_show_no_seam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, factor: int) -> None:
    made = learner(prepared(12, 32, 4), factor=factor)
    for parameter in made.averaged.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    model = as_upscaler(load_any(saved(made, tmp_path / "w.st"), "cpu"))
    assert model.caps == Cap.UPSCALE
    picture = np.random.default_rng(0).integers(0, 256, (37, 23, 4), dtype=np.uint8)
    whole = model.upscale(picture)
    assert whole.shape == (37 * factor, 23 * factor, 4)
    monkeypatch.setattr(image_upscale, "TILE", 10)
    parts: list[float] = []
    tiled = model.upscale(picture, parts.append)
    assert np.abs(tiled.astype(int) - whole).max() <= 1
    assert len(parts) == 4 * 3
    assert parts[-1] == 1.0


def test_it_is_nothing_to_play(tmp_path: Path) -> None:
    ref = saved(learner(), tmp_path / "w.st")
    with pytest.raises(StudioError, match="makes no pictures of its own"):
        load_model(ref, "cpu")


def test_a_parent_gives_its_weights_and_the_body_can_be_kept(tmp_path: Path) -> None:
    parent, child = learner(), learner()
    go(parent, tmp_path / "a", Quiet(), total=4)
    _, tensors = load_weights(saved(parent, tmp_path / "w.st").path)
    child.adopt(tensors, ["body"])
    kept = {k: v.clone() for k, v in child.net.state_dict().items() if ".body." in k}
    go(child, tmp_path / "b", Quiet(), total=4)
    assert all(torch.equal(child.net.state_dict()[name], kept[name]) for name in kept)
    with pytest.raises(StudioError, match="another shape"):
        learner(factor=4).adopt(tensors, [])


def test_patches_that_do_not_divide_are_refused() -> None:
    with pytest.raises(StudioError, match="do not suit a factor of 4"):
        learner(prepared(4, 48, 4), factor=4)


@pytest.mark.parametrize("change", ["more", "less", "shape", "whole"])
def test_hostile_weights_are_refused(tmp_path: Path, change: str) -> None:
    settings, tensors = learner().export(DATA)
    if change == "more":
        tensors["other"] = torch.zeros(1)
    elif change == "less":
        del tensors["net.enter.bias"]
    elif change == "shape":
        tensors["net.enter.bias"] = torch.zeros(9)
    else:
        tensors["net.enter.bias"] = torch.zeros(8, dtype=torch.int64)
    path = tmp_path / "w.st"
    from aigc_studio.jobs.specs import ModelRef

    ref = ModelRef(id=save_weights(path, tensors, "image-upscale", settings), path=path)
    with pytest.raises(StudioError) as caught:
        load_any(ref, "cpu")
    assert caught.value.kind == "hostile"


def test_averaging_and_plain_enlargement() -> None:
    pixels = np.arange(2 * 4 * 4 * 1, dtype=np.uint8).reshape(2, 4, 4, 1)
    small = averaged(pixels, 2)
    assert small[0, ..., 0].tolist() == [[2, 4], [10, 12]]
    assert enlarged_plainly(small, 2, "lanczos").shape == pixels.shape
    assert config(factor="4").factor == 4

"""A pair of generators at work: what it shows where, and each domain measured by itself."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from PIL import Image as Pillow

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.conditions import Conditions
from aigc_studio.jobs.messages import AnyAnswer, MediaOut
from aigc_studio.jobs.specs import (
    DataSet,
    Decode,
    Encode,
    Evaluate,
    Invert,
    Reconstruct,
    Sample,
    TrainItem,
)
from aigc_studio.media.preparation import Preparation
from aigc_studio.worker import inverting, measuring, playing
from aigc_studio.worker.control import Control
from tests.ml.helpers import discs
from tests.ml.test_cogan import go, learner, saved
from tests.worker.test_training_parts import Heard, one_thread

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.jobs.specs import ModelRef
    from aigc_studio.jobs.wire import Payload

__all__ = ["one_thread"]


class HeardAll(Heard):
    """Pixels too."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures: list[tuple[MediaOut, bytes]] = []

    def _take(self, message: AnyAnswer, payload: Payload) -> bool:
        if isinstance(message, MediaOut):
            self.pictures.append((message, bytes(payload)))
        return super()._take(message, payload)


@pytest.fixture
def ref(tmp_path: Path) -> ModelRef:
    return saved(learner(), tmp_path / "w.safetensors")


def data_set(folder: Path, seed: int) -> DataSet:
    folder.mkdir()
    items = []
    for number, pixels in enumerate(discs(18, 16, 3, seed)):
        path = folder / f"{number}.png"
        Pillow.fromarray(pixels).save(path)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        items.append(TrainItem(path=path, sha256=sha256))
    return DataSet(name=folder.name, items=tuple(items), preparation=Preparation())


def test_domains_by_condition(ref: ModelRef) -> None:
    shapes = {}
    for domain in ("first", "second", "both"):
        heard = HeardAll()
        conditions = Conditions.model_validate({"domain": domain})
        playing.handle(Sample(model=ref, seeds=(4,), conditions=conditions), heard.reporter)
        ((message, pixels),) = heard.pictures
        shapes[domain] = message.shape
        again = HeardAll()
        code = message.code or b""
        playing.handle(Decode(model=ref, code=code, conditions=conditions), again.reporter)
        assert again.pictures[0][1] == pixels
    assert shapes == {"first": (16, 16, 3), "second": (16, 16, 3), "both": (16, 32, 3)}


def test_it_finds_no_pictures(ref: ModelRef, tmp_path: Path) -> None:
    path = data_set(tmp_path / "a", 0).items[0].path
    with pytest.raises(StudioError, match="finds no points"):
        playing.handle(Encode(model=ref, inputs=(path,)), Heard().reporter)


@pytest.fixture
def finder(tmp_path: Path) -> ModelRef:
    made = learner(rebuild=30.0)
    go(made, tmp_path / "run")
    return saved(made, tmp_path / "f.safetensors")


def test_what_is_found_is_shown_in_the_look_that_is_wished(
    finder: ModelRef, tmp_path: Path
) -> None:
    path = data_set(tmp_path / "a", 0).items[0].path
    shown: dict[str, bytes] = {}
    near = []
    for domain in ("", "first", "second"):
        heard = HeardAll()
        told = Conditions.model_validate({"domain": domain}) if domain else None
        playing.handle(Reconstruct(model=finder, inputs=(path,), conditions=told), heard.reporter)
        ((message, shown[domain]),) = heard.pictures
        assert message.shape == (16, 16, 3)
        near.append(heard.values["psnr"])
    assert shown["first"] != shown["second"]
    assert shown[""] in (shown["first"], shown["second"])
    assert near[0] == near[1] == near[2]


@pytest.mark.parametrize("domain", ["first", "second", "both"])
def test_a_search_ends_with_the_look_that_is_wished(
    finder: ModelRef, tmp_path: Path, domain: str
) -> None:
    path = data_set(tmp_path / "a", 0).items[0].path
    heard = HeardAll()
    conditions = Conditions.model_validate({"domain": domain})
    spec = Invert(model=finder, input=path, steps=20, conditions=conditions)
    inverting.handle(spec, heard.reporter, Control())
    message, pixels = heard.pictures[-1]
    looks = []
    for look in ("first", "second"):
        again = HeardAll()
        told = Conditions.model_validate({"domain": look})
        code = message.code or b""
        playing.handle(Decode(model=finder, code=code, conditions=told), again.reporter)
        looks.append(again.pictures[0][1])
    assert message.shape == (16, 16, 3)
    assert pixels in (looks if domain == "both" else [looks[domain == "second"]])
    # Shown pictures are rounded to whole levels.
    assert heard.values["psnr"][0] >= heard.values["psnr_at_start"] - 0.01


def test_each_domain_is_measured_by_itself(ref: ModelRef, tmp_path: Path) -> None:
    first, second = data_set(tmp_path / "a", 0), data_set(tmp_path / "b", 5)
    wish = Evaluate(model=ref, data=first, reference=second.items, samples=16)
    heard = Heard()
    measuring.evaluate(wish.model_copy(update={"pair": second}), heard.reporter)
    metrics = heard.values["metrics"]
    assert metrics["psnr"] is None
    assert isinstance(metrics["kid"], float)
    assert isinstance(metrics["second_kid"], float)
    assert metrics["kid"] != metrics["second_kid"]
    alone = Heard()
    measuring.evaluate(wish, alone.reporter)
    assert "second_kid" not in alone.values["metrics"]

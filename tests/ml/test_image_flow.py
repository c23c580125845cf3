"""`image-flow`: two spaces and the ways between, words, repainting, files not to be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from pydantic import ValidationError

from aigc_studio.base.errors import StudioError
from aigc_studio.catalog.conditions import Conditions
from aigc_studio.catalog.header import Header
from aigc_studio.catalog.latent import Cap
from aigc_studio.catalog.spaces import read_space
from aigc_studio.ml.families.image_flow import LATENT, NOISE, ImageFlow
from aigc_studio.ml.weights import load_weights
from tests.ml.flow_helpers import exported, flow_config, flow_learner, played, told, trained
from tests.ml.helpers import prepared

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from torch import Tensor

    from aigc_studio.jobs.specs import ModelRef
    from aigc_studio.media.image import Pixels

pytestmark = pytest.mark.usefixtures("one_thread")
DATA = told(24)
POINT = (2, 2, 2)


@pytest.fixture(scope="module")
def stored(one_thread: None, tmp_path_factory: pytest.TempPathFactory) -> ModelRef:
    learner = trained(flow_learner(DATA), DATA, 12)
    return exported(learner, DATA, tmp_path_factory.mktemp("model") / "w.safetensors")


@pytest.fixture(scope="module")
def model(stored: ModelRef) -> ImageFlow:
    header, tensors = load_weights(stored.path)
    return ImageFlow.load(stored.id, header, tensors, "cpu")


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_shapes_and_ranges(tmp_path: Path, channels: int) -> None:
    data = told(20, channels)
    model = played(trained(flow_learner(data), data, 4), data, tmp_path / "w.safetensors")
    for space in (NOISE, LATENT):
        code = model.encode(list(data.pixels[:2]), space)
        assert code.tensors[space].shape == (2, *POINT)
        pictures = model.decode(code)
        assert {picture.shape for picture in pictures} == {(16, 16, channels)}
        assert pictures[0].dtype == np.uint8


def test_a_seed_draws_the_same_bytes_and_no_batch_changes_a_bit(model: ImageFlow) -> None:
    code = model.prior(3)
    assert code.seed == 3
    assert code.to_bytes() == model.prior(3).to_bytes() != model.prior(4).to_bytes()
    together = model.encode(list(DATA.pixels[:3]))
    decoded = model.decode(together)
    for index, picture in enumerate(decoded):
        assert np.array_equal(model.decode(together.at(index))[0], picture)
    assert not model.prior(3, temperature=0.0).tensors[NOISE].any()


def test_there_and_back_between_the_spaces(model: ImageFlow) -> None:
    fine = model.conditioned(Conditions(steps=100))
    latent = fine.encode(list(DATA.pixels[:2]), LATENT)
    noise = fine.map(latent, NOISE)
    assert not np.allclose(noise.tensors[NOISE], latent.tensors[LATENT], atol=0.01)
    again = fine.map(noise, LATENT).tensors[LATENT]
    np.testing.assert_allclose(again, latent.tensors[LATENT], atol=0.02)
    with pytest.raises(StudioError, match="no space"):
        model.map(latent, "w")


def test_the_way_back_gets_better_with_shorter_steps(model: ImageFlow) -> None:
    item = DATA.pixels[0]
    found = [quality for _, quality in model.invert(item, NOISE, 150)]
    assert len(found) == 4  # the first, then 20, 40 and 80 steps
    assert found == sorted(found)
    assert [code.space for code, _ in model.invert(item, LATENT, 150)] == [LATENT]


def test_a_preview_takes_fewer_steps(model: ImageFlow) -> None:
    steps: list[int] = []
    watched = model.watched(lambda step, total, picture: steps.append(total))
    watched.decode(model.prior(1))
    assert steps == [20] * 20
    steps.clear()
    watched.decode(model.prior(1), preview=0.3)
    assert steps == [6] * 6


def test_glimpses_end_at_the_picture(model: ImageFlow) -> None:
    seen: list[Pixels] = []

    def look(step: int, total: int, picture: Callable[[], Pixels]) -> None:
        seen.append(picture())

    made = model.watched(look).decode(model.prior(1))[0]
    assert np.abs(seen[-1].astype(int) - made).max() <= 1
    assert {picture.shape for picture in seen} == {made.shape}


def test_words_change_what_comes(model: ImageFlow) -> None:
    assert Cap.CONDITION in model.caps
    noise = model.prior(5)

    def latent(**told: Any) -> np.ndarray:
        return model.conditioned(Conditions(**told)).map(noise, LATENT).tensors[LATENT]

    free, small = latent(), latent(words="small disc", guidance=1)
    assert not np.array_equal(small, free)
    assert not np.array_equal(small, latent(words="小圆", guidance=1))
    assert not np.array_equal(small, latent(words="small disc", guidance=4))
    assert not np.array_equal(free, latent(label="shape"))
    assert np.array_equal(free, latent(words="small disc", guidance=0))
    assert np.array_equal(free, latent(words="unheard of"))
    assert np.array_equal(free, model.map(noise, LATENT).tensors[LATENT])  # itself untold


def test_an_unknown_label_is_told(model: ImageFlow) -> None:
    with pytest.raises(StudioError, match="no label") as caught:
        model.conditioned(Conditions(label="vegetable"))
    assert "shape" in caught.value.todo


def test_pictures_without_words_make_a_model_without(tmp_path: Path) -> None:
    data = prepared(20)
    model = played(trained(flow_learner(data), data, 4), data, tmp_path / "w.safetensors")
    assert Cap.CONDITION not in model.caps
    assert Cap.REPAINT in model.caps


def test_the_atlas_is_read_without_torch(stored: ModelRef, model: ImageFlow) -> None:
    space = read_space(stored.path)
    assert (space.name, space.shape, space.geometry) == (NOISE, POINT, "gaussian")
    assert space.axes is not None
    assert model.spaces[NOISE].axes is not None
    flat = space.axes.reshape(len(space.axes), -1)
    np.testing.assert_allclose(flat @ flat.T, np.eye(len(flat)), atol=0.01)
    assert space.std is not None
    assert (space.std == 1).all()


def test_repainting_with_no_strength_changes_nothing_and_seeds_decide(model: ImageFlow) -> None:
    item = DATA.pixels[0]
    assert np.array_equal(model.repainted(item, None, strength=0.0, seed=1), item)
    one, other = (model.repainted(item, None, strength=0.9, seed=seed) for seed in (1, 2))
    assert np.array_equal(one, model.repainted(item, None, strength=0.9, seed=1))
    assert not np.array_equal(one, other)


def test_a_mask_keeps_the_cells_outside_it(model: ImageFlow) -> None:
    item = DATA.pixels[0]
    mask = np.zeros((16, 16), np.float32)
    mask[:8, :8] = 1
    kept = model.encode([item], LATENT).tensors[LATENT]
    masked = model.repainted(item, mask, strength=1.0, seed=1)
    nothing = model.repainted(item, np.zeros_like(mask), strength=1.0, seed=1)
    # Of no cell that may change, the latent is what it was, to the bit.
    decoded = model.decode(model.encode([item], LATENT))[0]
    assert np.array_equal(nothing, decoded)
    assert not np.array_equal(masked, nothing)
    assert kept.shape == (1, *POINT)


@pytest.mark.parametrize(
    "wishes",
    [{"size": 20}, {"dim": 18, "heads": 4}, {"latent": 0}, {"words": 10**6}, {"patch": 3}],
)
def test_shapes_that_cannot_be(wishes: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        flow_config(DATA, **wishes)


def test_cells_of_a_token() -> None:
    assert flow_config(DATA, size=64).cells == 1
    assert flow_config(DATA, size=64, patch=2).cells == 2
    assert flow_config(DATA, size=128).cells == 2
    assert flow_config(DATA, size=72, patch=2).cells == 1  # 9 cells a side


def hostile(stored: ModelRef, change: Callable[[Header, dict[str, Tensor]], Header | None]) -> None:
    header, tensors = load_weights(stored.path)
    changed = change(header, tensors) or header
    with pytest.raises(StudioError) as caught:
        ImageFlow.load(stored.id, changed, tensors, "cpu")
    assert caught.value.kind == "hostile"


def test_weights_that_do_not_fit_are_refused(stored: ModelRef) -> None:
    hostile(stored, lambda _, tensors: tensors.update(words=torch.zeros(3)))
    hostile(stored, lambda _, tensors: tensors.update(more=torch.zeros(1)))
    hostile(stored, lambda _, tensors: tensors.update({"net.more": torch.zeros(1)}))
    hostile(stored, lambda _, tensors: tensors.update({"net.latent_std": torch.zeros(2, 1, 1)}))
    hostile(stored, lambda _, tensors: tensors.update({"space.mean": torch.zeros(8)}))
    words = torch.tensor(list(b"a\nb"), dtype=torch.uint8)
    hostile(stored, lambda _, tensors: tensors.update(words=words))
    far = {"size": 1024, "dim": 2048, "depth": 48}
    hostile(stored, lambda h, _: Header(h.family, {**h.config, **far}, h.tensors, h.parameters))
    hostile(stored, lambda h, _: Header(h.family, {**h.config, "size": 17}, h.tensors, 0))

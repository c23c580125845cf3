"""`evaluate` of a model whose home has a row for each layer, after a real run of a few steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from aigc_studio.catalog.spaces import read_space
from aigc_studio.jobs.specs import DataSet, Evaluate, ModelRef
from aigc_studio.ml import device
from aigc_studio.worker import measuring
from tests.worker.test_training_parts import Heard, carried_out, training

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is tiny is quicker so."""
    before = torch.get_num_threads()
    monkeypatch.setattr(device, "_allowed", lambda whole: 1)
    yield
    torch.set_num_threads(before)


def test_a_gan_of_layers_is_measured_as_all_others(tmp_path: Path) -> None:
    spec = training(tmp_path, 40).model_copy(
        update={
            "family": "image-gan",
            "config": {"latent": 8, "width": 16, "mapping": 2},
            "steps": 3,
        }
    )
    weights = spec.folder / "model" / "weights.safetensors"
    ref = ModelRef(id=str(carried_out(spec).values["model"]), path=weights)
    assert read_space(weights).name == "w+"
    items, known = spec.data.items[:16], spec.data.items[16:32]
    wish = Evaluate(
        model=ref,
        data=DataSet(name="discs", items=items, preparation=spec.data.preparation),
        reference=known,
        samples=16,
        seed=3,
        device="cpu",
    )
    heard = Heard()
    measuring.evaluate(wish, heard.reporter)
    metrics = heard.values["metrics"]
    assert metrics["psnr"] > 0
    assert -1 <= metrics["ssim"] <= 1
    assert metrics["stated"]["rebuilt_through"] == "w+"
    assert metrics["kid"] is not None
    assert metrics["memorisation_rate"] is not None
    again = Heard()
    measuring.evaluate(wish, again.reporter)
    assert again.values["metrics"] == metrics

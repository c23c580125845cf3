"""The probe that turns minutes into steps meets all of a run, not its beginning alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from aigc_studio.ml.data import prepare_data
from aigc_studio.ml.families.image_vae_learner import ImageVaeLearner
from aigc_studio.worker.starting import probe
from tests.worker.test_training_parts import training

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor

    from aigc_studio.ml.protocol import Moment


def test_steps_are_spread_over_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[float] = []

    def step(self: Any, batch: Tensor, moment: Moment) -> dict[str, Tensor]:
        seen.append(moment.step / moment.total)
        return {}

    monkeypatch.setattr(ImageVaeLearner, "step", step)
    spec = training(tmp_path)
    data = prepare_data(spec.data, tmp_path / "data", lambda done, total: None)
    probe(spec, data, 0.2)
    assert len(seen) >= 4
    met = seen[:50]
    assert len({round(place * 1000) for place in met}) == len(met)
    halves = np.histogram(met[: len(met) // 2 * 2], bins=2, range=(0, 1))[0]
    assert abs(int(halves[0]) - int(halves[1])) <= 2


FEW: dict[str, dict[str, Any]] = {
    "image-vae": {"latent": 4, "width": 8, "components": 2},
    "image-gan": {"latent": 8, "width": 16, "mapping": 2, "rebuild": 30.0, "loss": "logistic"},
    "image-flow": {"latent": 2, "width": 8, "blocks": 1, "dim": 16, "depth": 1, "heads": 2},
}


@pytest.mark.parametrize("family", sorted(FEW))
def test_a_run_can_be_met_in_any_order(tmp_path: Path, family: str) -> None:
    spec = training(tmp_path)
    spec = spec.model_copy(update={"family": family, "config": FEW[family]})
    data = prepare_data(spec.data, tmp_path / "data", lambda done, total: None)
    seconds, _ = probe(spec, data, 0.5)
    assert seconds > 0

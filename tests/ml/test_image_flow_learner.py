"""`image-flow` learns in two parts: resumes to the bit across them, rates, parents, critics."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
import torch

from aigc_studio.base.errors import StudioError
from aigc_studio.ml.protocol import Moment
from aigc_studio.ml.rebuilding import laplacian_error
from aigc_studio.ml.train import Session, train
from aigc_studio.ml.weights import load_weights
from tests.ml.flow_helpers import exported, flow_learner, net_of, told, trained, whole_state
from tests.ml.helpers import options
from tests.ml.test_train import Script

if TYPE_CHECKING:
    from pathlib import Path

    from aigc_studio.catalog.training import TrainOptions
    from aigc_studio.ml.families.image_flow_learner import ImageFlowLearner
    from aigc_studio.ml.protocol import Learner

pytestmark = pytest.mark.usefixtures("one_thread")
DATA = told(24)
TOTAL = 10  # the first four are the autoencoder's


def go(
    learner: ImageFlowLearner,
    folder: Path,
    script: Script | None = None,
    wishes: TrainOptions | None = None,
) -> Session:
    return train(
        cast("Learner", learner),
        DATA,
        wishes or options(),
        seed=5,
        total=TOTAL,
        checkpoints=folder,
        hooks=script or Script(),
    )


@pytest.mark.parametrize("augmentation", [{}, {"flip": 0.5, "shift": 0.1}])
@pytest.mark.parametrize("step", [3, 4, 5, 8])
def test_a_suspended_run_resumes_to_the_bit_on_both_sides_of_the_seam(
    tmp_path: Path, step: int, augmentation: dict[str, float]
) -> None:
    wishes = options(augmentation=augmentation)
    undisturbed = flow_learner(DATA, wishes, critic=0.5)
    go(undisturbed, tmp_path / "a", wishes=wishes)
    first = flow_learner(DATA, wishes, critic=0.5)
    assert go(first, tmp_path / "b", Script({step: "suspend"}), wishes).ending == "suspended"
    again = flow_learner(DATA, wishes, critic=0.5)
    torch.manual_seed(99)  # of another life
    assert go(again, tmp_path / "b", wishes=wishes).resumed_from == step
    ours, theirs = whole_state(again), whole_state(undisturbed)
    assert ours.keys() == theirs.keys()
    assert all(torch.equal(ours[name], theirs[name]) for name in theirs)
    assert all(
        torch.equal(tensor, undisturbed.export(DATA)[1][name])
        for name, tensor in again.export(DATA)[1].items()
    )


def test_each_part_has_a_schedule_of_its_own() -> None:
    learner = flow_learner(DATA, options(learning_rate=1e-2, warmup=0))
    rates = {"autoencoder": [], "flow": []}  # type: dict[str, list[float]]
    for step in range(TOTAL):
        items = DATA.batch_items(1, step, 4)
        learner.step(DATA.batch(items), Moment(1, step, TOTAL, items))
        name = "autoencoder" if step < 4 else "flow"
        rates[name].append(learner.optimisers[name].param_groups[0]["lr"])
    for found in rates.values():
        assert found[0] == pytest.approx(1e-2)
        assert found == sorted(found, reverse=True)
        assert found[-1] < 3e-3


def test_the_flow_leaves_the_autoencoder_alone() -> None:
    learner = trained(flow_learner(DATA), DATA, 4)
    before = {k: v.clone() for k, v in net_of(learner).autoencoder.state_dict().items()}
    flow = {k: v.clone() for k, v in net_of(learner).flow.state_dict().items()}
    for step in range(4, 8):
        items = DATA.batch_items(1, step, 4)
        learner.step(DATA.batch(items), Moment(1, step, TOTAL, items))
    after = net_of(learner).autoencoder.state_dict()
    assert all(torch.equal(before[name], after[name]) for name in before)
    assert any(not torch.equal(flow[k], v) for k, v in net_of(learner).flow.state_dict().items())


def test_latents_are_of_mean_0_and_deviation_1() -> None:
    learner = trained(flow_learner(DATA), DATA, 6)
    latents = net_of(learner).encode(DATA.batch(DATA.training))
    torch.testing.assert_close(latents.mean((0, 2, 3)), torch.zeros(2), atol=1e-3, rtol=0)
    torch.testing.assert_close(latents.std((0, 2, 3)), torch.ones(2), atol=1e-3, rtol=0)


def test_previews_and_figures_of_both_parts() -> None:
    learner = flow_learner(DATA)
    assert len(learner.preview(DATA)) == 2 * len(DATA.held_out)
    assert set(learner.measure(DATA)) == {"psnr"}
    trained(learner, DATA, 6)
    assert len(learner.preview(DATA)) == len(DATA.held_out)
    first = learner.measure(DATA)
    assert set(first) == {"psnr", "flow"}
    assert learner.measure(DATA) == first


def test_a_snapshot_of_the_first_part_can_be_played(tmp_path: Path) -> None:
    learner = flow_learner(DATA)
    exported(learner, DATA, tmp_path / "w.safetensors")
    assert not net_of(learner).measured


def test_a_kept_autoencoder_leaves_the_whole_run_to_the_flow(tmp_path: Path) -> None:
    parent = exported(trained(flow_learner(DATA), DATA, 6), DATA, tmp_path / "w.safetensors")
    _, tensors = load_weights(parent.path)
    learner = flow_learner(DATA, seed=2)
    learner.adopt(tensors, ("autoencoder",))
    items = DATA.batch_items(1, 0, 4)
    assert "flow" in learner.step(DATA.batch(items), Moment(1, 0, TOTAL, items))
    torch.testing.assert_close(net_of(learner).latent_std, tensors["net.latent_std"])
    whole = flow_learner(DATA, seed=2)
    whole.adopt(tensors, ())
    assert "error" in whole.step(DATA.batch(items), Moment(1, 0, TOTAL, items))


def test_a_parents_words_keep_their_meaning(tmp_path: Path) -> None:
    parent = trained(flow_learner(DATA), DATA, 6)
    _, tensors = load_weights(exported(parent, DATA, tmp_path / "w.safetensors").path)
    captions = tuple({"en": "green square"} for _ in DATA.captions)
    from dataclasses import replace

    other = replace(DATA, captions=captions)
    child = flow_learner(other)
    child.adopt(tensors, ())
    known = len(parent.vocabulary.entries)
    assert child.vocabulary.entries[:known] == parent.vocabulary.entries
    assert {"green", "squar"} <= set(child.vocabulary.entries[known:])
    row = "flow.words.table.weight"
    theirs = tensors[f"net.{row}"]
    torch.testing.assert_close(child.net.state_dict()[row][: len(theirs)], theirs)


def test_a_parent_of_another_shape_is_refused(tmp_path: Path) -> None:
    parent = exported(trained(flow_learner(DATA), DATA, 4), DATA, tmp_path / "w.safetensors")
    _, tensors = load_weights(parent.path)
    with pytest.raises(StudioError, match="another shape"):
        flow_learner(DATA, dim=32).adopt(tensors, ())


def test_the_critic_joins_late_and_stays_out_of_the_model(tmp_path: Path) -> None:
    learner = flow_learner(DATA, critic=0.5)
    seen = []
    for step in range(4):
        items = DATA.batch_items(1, step, 4)
        seen.append("critic" in learner.step(DATA.batch(items), Moment(1, step, TOTAL, items)))
    assert seen == [False, False, True, True]
    _, tensors = learner.export(DATA)
    assert not any("critic" in name for name in tensors)


def test_the_error_sees_coarse_and_fine() -> None:
    wanted = torch.zeros(1, 1, 16, 16)
    rows = torch.arange(16)
    fine = ((rows[:, None] + rows) % 2).float() * 0.2 - 0.1
    flat = torch.full((16, 16), 0.1)
    assert float(laplacian_error(wanted, wanted)) == 0
    # A flat error is in the last band alone, a chequered one in the first.
    assert float(laplacian_error(flat[None, None], wanted)) == pytest.approx(0.1)
    assert float(laplacian_error(fine[None, None], wanted)) == pytest.approx(0.1)
    assert np.isfinite(float(laplacian_error(torch.rand(1, 1, 2, 2), torch.rand(1, 1, 2, 2))))

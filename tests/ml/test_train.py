"""The one training loop with a true tiny model: endings, resumes to the bit, and going astray."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import pytest
import torch
from safetensors.torch import load_file

from aigc_studio.base.errors import StudioError
from aigc_studio.ml.families.image_vae_learner import ImageVaeLearner
from aigc_studio.ml.train import Session, rate_factor, train
from tests.ml.helpers import config_for, learner_for, options, playable, prepared, state_of

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor

    from aigc_studio.catalog.training import TrainOptions
    from aigc_studio.jobs.messages import Action
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.checkpoints import Counters
    from aigc_studio.ml.families.image_vae_net import ImageVaeNet
    from aigc_studio.ml.protocol import Learner, Moment

pytestmark = pytest.mark.usefixtures("one_thread")
DATA = prepared(30)
TOTAL = 12
EVERY_STEP = 1e-9


class KilledError(Exception):
    """Ends the loop as suddenly as a signal."""


@dataclass
class Script:
    """Hooks that wish something before given steps and note what they are told."""

    wishes: dict[int, Action] = field(default_factory=dict)
    dies_at: int = -1
    polls: int = 0
    steps: list[int] = field(default_factory=list)
    previews: list[int] = field(default_factory=list)
    snapshots: list[int] = field(default_factory=list)

    def poll(self) -> Action | None:
        if self.polls == self.dies_at:
            raise KilledError
        self.polls += 1
        return self.wishes.get(self.polls - 1)

    def progress(
        self, counters: Counters, total: int, items_per_second: float, seconds_left: float
    ) -> None:
        assert counters.step <= total
        assert items_per_second > 0
        assert seconds_left >= 0
        self.steps.append(counters.step)

    def preview(self, step: int, pictures: list[Pixels], figures: dict[str, float]) -> None:
        assert {picture.shape for picture in pictures} == {(16, 16, 1)}
        assert math.isfinite(figures["psnr"])
        self.previews.append(step)

    def snapshot(self, step: int) -> None:
        self.snapshots.append(step)


def go(
    learner: Learner,
    folder: Path,
    script: Script | None = None,
    wishes: TrainOptions | None = None,
    total: int = TOTAL,
) -> Session:
    return train(
        learner,
        DATA,
        wishes or options(),
        seed=5,
        total=total,
        checkpoints=folder,
        hooks=script or Script(),
    )


def same(one: Learner, other: Learner) -> bool:
    ours, theirs = state_of(one), state_of(other)
    return ours.keys() == theirs.keys() and all(torch.equal(ours[k], theirs[k]) for k in ours)


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
@pytest.mark.parametrize("step", [1, 5, 11])
def test_a_suspended_run_resumes_to_the_bit(tmp_path: Path, step: int, precision: str) -> None:
    wishes = options(precision=precision, augmentation={"flip": 0.5, "shift": 0.1})
    undisturbed = learner_for(DATA, wishes)
    go(undisturbed, tmp_path / "a", wishes=wishes)
    first = learner_for(DATA, wishes)
    session = go(first, tmp_path / "b", Script({step: "suspend"}), wishes)
    assert (session.ending, session.counters.step, session.resumed_from) == ("suspended", step, 0)
    again = learner_for(DATA, wishes)
    torch.manual_seed(99)  # of another life
    session = go(again, tmp_path / "b", wishes=wishes)
    assert (session.ending, session.counters.step) == ("finished", TOTAL)
    assert session.resumed_from == step
    assert same(again, undisturbed)
    ours, theirs = (each.export(DATA)[1] for each in (again, undisturbed))
    assert all(torch.equal(ours[name], theirs[name]) for name in theirs)


@pytest.mark.parametrize("seconds", [EVERY_STEP, 30.0])
def test_a_killed_run_goes_on_from_its_last_checkpoint(tmp_path: Path, seconds: float) -> None:
    wishes = options(checkpoint_seconds=seconds)
    undisturbed = learner_for(DATA, wishes)
    go(undisturbed, tmp_path / "a", wishes=wishes)
    for dies_at in (3, 2, 4):
        with pytest.raises(KilledError):
            go(learner_for(DATA, wishes), tmp_path / "b", Script(dies_at=dies_at), wishes)
    again = learner_for(DATA, wishes)
    assert go(again, tmp_path / "b", wishes=wishes).resumed_from == (9 if seconds < 1 else 0)
    assert same(again, undisturbed)


def test_checkpoints_previews_and_snapshots_change_nothing(tmp_path: Path) -> None:
    quiet, busy = learner_for(DATA), learner_for(DATA)
    go(quiet, tmp_path / "a")
    often = options(checkpoint_seconds=EVERY_STEP, preview_seconds=EVERY_STEP)
    script = Script({2: "snapshot", 7: "snapshot"})
    session = go(busy, tmp_path / "b", script, often)
    assert same(quiet, busy)
    assert session.clock.worked > 0
    assert script.snapshots == [3, 8]
    assert (script.previews[0], script.previews[-1]) == (1, TOTAL)
    assert script.steps == [1, 6, 11]


def test_stop_leaves_a_model_that_plays(tmp_path: Path) -> None:
    learner = learner_for(DATA)
    session = go(learner, tmp_path / "c", Script({4: "stop"}))
    assert (session.ending, session.counters.step) == ("stopped", 4)
    assert [path.name for path in (tmp_path / "c").iterdir()] == ["000000004.safetensors"]
    model = playable(learner, DATA, tmp_path / "w.safetensors")
    assert model.decode(model.prior(1, "z"))[0].shape == (16, 16, 1)


def test_a_finished_run_is_not_trained_again(tmp_path: Path) -> None:
    learner = learner_for(DATA)
    done = go(learner, tmp_path / "c")
    again = learner_for(DATA)
    session = go(again, tmp_path / "c")
    assert (session.ending, session.resumed_from) == ("finished", TOTAL)
    assert session.counters == done.counters
    assert same(again, learner)


def test_the_average_lags_behind_the_net(tmp_path: Path) -> None:
    learner = learner_for(DATA)
    start = learner.net.get_parameter("decoder.leave.weight").detach().clone()
    go(learner, tmp_path / "c", wishes=options(ema_decay=0.5))
    net = learner.net.get_parameter("decoder.leave.weight").detach()
    averaged = learner.averaged.get_parameter("decoder.leave.weight")
    assert not torch.equal(averaged, net)
    assert (averaged - net).norm() < (start - net).norm()


def test_the_loss_goes_down(tmp_path: Path) -> None:
    wishes = options(learning_rate=1e-2)
    learner = learner_for(DATA, wishes)

    def loss() -> float:
        clean = DATA.batch(DATA.training)
        noise = torch.randn(len(clean), 4, generator=torch.Generator().manual_seed(0))
        with torch.no_grad():
            return float(cast("ImageVaeNet", learner.net).loss(clean, clean, noise)["loss"])

    before = loss()
    session = go(learner, tmp_path / "c", wishes=wishes, total=60)
    assert loss() < before - 0.1
    assert session.counters.last["loss"] < session.counters.first["loss"]
    assert set(session.counters.first) == {"loss", "mse", "kl", "nll"}


class Astray(ImageVaeLearner):
    """Its weights are poisoned by one step, as by a gradient that overflowed."""

    poisoned = 7

    def step(self, batch: Tensor, moment: Moment) -> dict[str, Tensor]:
        losses = super().step(batch, moment)
        if moment.step == self.poisoned:
            with torch.no_grad():
                self.net.get_parameter("decoder.leave.bias").fill_(float("nan"))
        return losses


@pytest.mark.parametrize("poisoned", [6, 7, 9, TOTAL - 1])
@pytest.mark.parametrize("seconds", [EVERY_STEP, 30.0])
def test_weights_gone_astray_never_replace_a_good_checkpoint(
    tmp_path: Path, poisoned: int, seconds: float
) -> None:
    go(learner_for(DATA), tmp_path, Script({3: "suspend"}))
    wishes = options(checkpoint_seconds=seconds)
    learner = Astray.build(config_for(DATA), wishes, DATA, 1, "cpu")
    learner.poisoned = poisoned
    with pytest.raises(StudioError, match="astray") as caught:
        go(cast("Learner", learner), tmp_path, wishes=wishes)
    assert "learning_rate" in caught.value.todo
    kept = sorted(tmp_path.iterdir())
    assert int(kept[-1].stem) == (poisoned if seconds < 1 else 3)
    assert f"step {int(kept[-1].stem)} is kept" in caught.value.kept
    for path in kept:
        assert all(bool(t.isfinite().all()) for t in load_file(path).values())


def test_a_run_astray_before_its_first_checkpoint_promises_none(tmp_path: Path) -> None:
    learner = Astray.build(config_for(DATA), options(), DATA, 1, "cpu")
    learner.poisoned = 1
    with pytest.raises(StudioError, match="astray") as caught:
        go(cast("Learner", learner), tmp_path)
    assert caught.value.kept == ""


def test_the_rate_warms_up_and_falls_to_its_end() -> None:
    wishes = options(warmup=10, final_rate=0.1)
    factors = [rate_factor(step, 200, wishes) for step in range(200)]
    assert factors[:10] == pytest.approx([(step + 1) / 10 for step in range(10)])
    assert max(factors) == 1.0
    assert factors[10:] == sorted(factors[10:], reverse=True)
    assert factors[-1] == pytest.approx(0.1, abs=1e-3)
    assert rate_factor(0, 1, wishes) == 1.0

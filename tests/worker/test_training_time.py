"""Where a run's time goes, by a clock that the tests hold; and losses that are no numbers."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import torch

from aigc_studio.base.errors import StudioError
from aigc_studio.ml.checkpoints import load_newest, save_checkpoint
from aigc_studio.ml.train import train
from tests.ml.helpers import learner_for, options, prepared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aigc_studio.jobs.messages import Action
    from aigc_studio.ml.checkpoints import Counters
    from aigc_studio.ml.train import Session

STEPS = 20


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """What is tiny is quicker so, above all where others compute too."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


class Clock:
    """Seconds that pass when a test says so, and a millisecond at each look."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        self.seconds += 0.001
        return self.seconds


class Hooks:
    """Hooks that take their time."""

    def __init__(self, clock: Clock, *, poll: float = 0.0, snapshot: float = 0.0) -> None:
        self.clock = clock
        self.seconds = {"poll": poll, "snapshot": snapshot}
        self.speeds: list[float] = []
        self.looks = 0

    def poll(self) -> Action | None:
        self.clock.seconds += self.seconds["poll"]
        return "snapshot" if self.seconds["snapshot"] else None

    def progress(self, counters: Counters, total: int, items_per_second: float) -> None:
        self.speeds.append(items_per_second)

    def preview(self, step: int, pictures: object, figures: object) -> None:
        self.looks += 1

    def snapshot(self, step: int) -> None:
        self.clock.seconds += self.seconds["snapshot"]


def trained(folder: Path, **seconds: float) -> tuple[Session, Hooks]:
    """A few real steps whose hooks take so many seconds."""
    clock, data, wishes = Clock(), prepared(), options()
    hooks = Hooks(clock, **seconds)
    learner = learner_for(data, wishes)
    session = train(
        learner, data, wishes, seed=1, total=STEPS, checkpoints=folder, hooks=hooks, now=clock
    )
    return session, hooks


def test_waiting_is_no_training_time(tmp_path: Path) -> None:
    plain, quick = trained(tmp_path / "plain")
    waited, slow = trained(tmp_path / "waited", poll=60.0)
    assert plain.clock.waiting == 0
    assert waited.clock.waiting == pytest.approx(60 * STEPS, rel=0.01)
    assert 0 < waited.clock.worked <= plain.clock.worked
    assert 0 < waited.clock.outside <= plain.clock.outside
    assert 0 < waited.counters.seconds <= plain.counters.seconds
    assert slow.speeds[-1] >= quick.speeds[-1]


def test_waiting_makes_neither_checkpoints_nor_looks_fall_due(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = []

    def counted(*args: Any) -> Path:
        saved.append(args[0])
        return save_checkpoint(*args)

    monkeypatch.setattr("aigc_studio.ml.train.save_checkpoint", counted)
    _, hooks = trained(tmp_path, poll=60.0)
    assert len(saved) == 1  # at the end
    assert hooks.looks == 2  # after the first step, and at the end


def test_snapshots_are_no_training_time(tmp_path: Path) -> None:
    session, _ = trained(tmp_path, snapshot=30.0)
    assert session.clock.looking > 30 * STEPS
    assert session.clock.worked < 10


@pytest.mark.parametrize("poison", ["loss", "weights"])
def test_what_is_lost_never_replaces_a_good_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, poison: str
) -> None:
    data, wishes = prepared(), options(checkpoint_seconds=1e-6)
    learner = learner_for(data, wishes)
    step = learner.step

    def poisoned(batch: Any, moment: Any) -> dict[str, torch.Tensor]:
        losses = step(batch, moment)
        if moment.step >= 7:
            with torch.no_grad():
                next(learner.net.parameters()).fill_(float("nan"))
            if poison == "loss":
                return dict.fromkeys(losses, torch.tensor(float("nan")))
        return losses

    monkeypatch.setattr(learner, "step", poisoned)
    clock = Clock()
    with pytest.raises(StudioError, match="astray") as caught:
        train(
            learner, data, wishes, seed=1, total=STEPS, checkpoints=tmp_path,
            hooks=Hooks(clock), now=clock,
        )  # fmt: skip
    assert "step 7" in caught.value.kept
    assert "learning_rate=0.001" in caught.value.todo
    again = learner_for(data, wishes)
    assert load_newest(tmp_path, again).step == 7
    assert all(bool(p.isfinite().all()) for p in again.net.parameters())


def test_peak_memory_remembers_what_was_given_back() -> None:
    script = """
import numpy, psutil
from aigc_studio.ml.device import peak_memory
before = peak_memory("cpu").main
held = numpy.ones(300_000_000, numpy.uint8)
del held
peak = peak_memory("cpu")
now = psutil.Process().memory_info().rss
assert peak.graphics is None
assert peak.main > before + 200_000_000, (before, peak)
assert peak.main > now + 200_000_000, (now, peak)
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=120)

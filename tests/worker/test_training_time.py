"""Where a run's time goes, by a clock that the tests hold; and losses that are no numbers."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from aigc_studio.base.errors import StudioError
from aigc_studio.ml.checkpoints import load_newest, save_checkpoint
from aigc_studio.ml.pace import Pace
from aigc_studio.ml.train import train
from tests.ml.helpers import learner_for, options, prepared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aigc_studio.jobs.messages import Action
    from aigc_studio.ml.checkpoints import Counters
    from aigc_studio.ml.protocol import Learner
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
        self.ends: list[float] = []
        self.looks = 0

    def poll(self) -> Action | None:
        self.clock.seconds += self.seconds["poll"]
        return "snapshot" if self.seconds["snapshot"] else None

    def progress(
        self, counters: Counters, total: int, items_per_second: float, seconds_left: float
    ) -> None:
        self.speeds.append(items_per_second)
        self.ends.append(self.clock.seconds + seconds_left)

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


def test_speed_is_that_of_late_and_time_left_counts_the_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, data, wishes = Clock(), prepared(), options(preview_seconds=50.0)
    hooks, learner = Hooks(clock), learner_for(data, wishes)
    step, preview = learner.step, learner.preview

    def slower_later(batch: Any, moment: Any) -> Any:
        clock.seconds += 0.5 if moment.step < 100 else 2.0
        return step(batch, moment)

    def dear(data: Any) -> Any:
        clock.seconds += 4.0
        return preview(data)

    monkeypatch.setattr(learner, "step", slower_later)
    monkeypatch.setattr(learner, "preview", dear)
    train(
        learner, data, wishes, seed=1, total=300, checkpoints=tmp_path, hooks=hooks, now=clock
    )  # fmt: skip
    told = dict(zip(range(1, 300, 5), zip(hooks.speeds, hooks.ends, strict=True), strict=True))
    assert told[96][0] == pytest.approx(4 / 0.5, rel=0.02)
    assert told[121][0] == pytest.approx(4 / 2.0, rel=0.1)
    for number in range(141, 300, 5):
        assert told[number][1] == pytest.approx(clock.seconds, rel=0.03)


def test_a_young_run_has_its_checkpoints_close_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, data, wishes = Clock(), prepared(), options(preview_seconds=1000.0)
    learner, saved = learner_for(data, wishes), []
    step = learner.step

    def of_one_second(batch: Any, moment: Any) -> Any:
        clock.seconds += 1.0
        return step(batch, moment)

    def noted(folder: Path, learner: Learner, counters: Counters) -> Path:
        saved.append(counters.step)
        return save_checkpoint(folder, learner, counters)

    monkeypatch.setattr(learner, "step", of_one_second)
    monkeypatch.setattr("aigc_studio.ml.train.save_checkpoint", noted)
    train(
        learner, data, wishes, seed=1, total=90, checkpoints=tmp_path, hooks=Hooks(clock), now=clock
    )  # fmt: skip
    gaps = np.diff([0, *saved[:-1]])
    assert gaps[0] <= 3
    assert all(gaps[:-1] <= gaps[1:] + 1)
    assert 25 <= max(gaps) <= 26
    assert len(saved) < 10


def test_speed_forgets_by_time_worked() -> None:
    pace = Pace()
    pace.stepped(4, 1.0)
    assert pace.items_per_second == 4
    for _ in range(20):
        pace.stepped(4, 0.5)
    assert 7 < pace.items_per_second < 8
    alone = pace.seconds_left(80)
    assert alone == pytest.approx(80 / pace.items_per_second)
    pace.looked(0.04)
    assert pace.seconds_left(80) == pytest.approx(alone / 0.96)


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

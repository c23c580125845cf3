"""THE training loop: linear, with hooks; families supply steps, not loops."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

import torch

from aigc_studio.base import seeds
from aigc_studio.base.errors import StudioError
from aigc_studio.ml.average import update_average
from aigc_studio.ml.checkpoints import Counters, load_newest, save_checkpoint
from aigc_studio.ml.pace import Pace
from aigc_studio.ml.parallel import Team
from aigc_studio.ml.protocol import Moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aigc_studio.catalog.training import TrainOptions
    from aigc_studio.jobs.messages import Action
    from aigc_studio.media.image import Pixels
    from aigc_studio.ml.data import PreparedData
    from aigc_studio.ml.protocol import Learner

Ending = Literal["finished", "stopped", "suspended"]
PREVIEW_SHARE = 0.04
LOOK_EVERY = 5
EARLIEST_CHECKPOINT = 2.0  # seconds
_SMOOTH = 0.98
ALONE = Team()
_A_WAIT = 0.02  # seconds; polling itself takes microseconds


class Hooks(Protocol):
    """How the loop speaks with whoever started it."""

    def poll(self) -> Action | None:
        """A wish to act on now; blocks while paused or while a model is being played."""
        ...

    def progress(
        self, counters: Counters, total: int, items_per_second: float, seconds_left: float
    ) -> None:
        """Called every few steps, with the speed of late and a forecast of all but waiting."""
        ...

    def preview(self, step: int, pictures: list[Pixels], figures: dict[str, float]) -> None:
        """Called with pictures at fixed latents and quick held-out figures."""
        ...

    def snapshot(self, step: int) -> None:
        """Called when weights to play with now were asked for."""
        ...


@dataclass
class Clock:
    """Where the loop's time goes, in seconds of this session.

    Attributes:
        inside: forward, backward, optimiser and average.
        outside: the rest of the loop: batches, polling, reporting, checkpoints.
        looking: previews, figures and snapshots.
        waiting: paused, or leaving the cores to a model that is being played.
    """

    inside: float = 0.0
    outside: float = 0.0
    looking: float = 0.0
    waiting: float = 0.0

    @property
    def worked(self) -> float:
        """Compute time in seconds: inside and outside."""
        return self.inside + self.outside

    @property
    def awake(self) -> float:
        """All but waiting, in seconds."""
        return self.worked + self.looking


@dataclass
class Session:
    """One session of a run.

    Attributes:
        ending: how it ended.
        counters: numbers of the whole run.
        resumed_from: step it went on from; 0 for a fresh start.
        clock: where its time went.
    """

    ending: Ending
    counters: Counters
    resumed_from: int
    clock: Clock = field(default_factory=Clock)


def train(
    learner: Learner,
    data: PreparedData,
    options: TrainOptions,
    *,
    seed: int,
    total: int,
    checkpoints: Path,
    hooks: Hooks,
    team: Team = ALONE,
    now: Callable[[], float] = time.perf_counter,
) -> Session:
    """Run, or go on from the newest checkpoint, until `total` steps or a wish to end.

    A run killed at any moment and called again ends with the same weights as one never
    killed: all randomness of step t derives from (seed, t), the rest is in the checkpoint.
    In a team this holds for as many ranks.

    Args:
        learner: fresh; the newest checkpoint's state is loaded into it.
        data, options, seed: what step t does is a function of these and t.
        total: steps of the whole run, over all its sessions.
        checkpoints: folder to go on from and to write to.
        hooks: what the loop asks and tells, in the team's first rank alone.
        team: the processes that share each batch; only the first one writes.
        now: seconds that only grow; tests bring their own.

    Raises:
        StudioError: loss or weights are no longer numbers, a checkpoint could not be written,
            or another rank has ended; the last checkpoint is kept. None that lie there can be
            read.
    """
    counters = _begin(learner, checkpoints, team)
    session = Session("finished", counters, counters.step)
    loop = _Loop(learner, data, options, seed, total, checkpoints, hooks, team, session, now, now())
    with team.averaging(learner.net, options.batch):
        loop.run()
    return session


def _begin(learner: Learner, checkpoints: Path, team: Team) -> Counters:
    counters = load_newest(checkpoints, learner)
    # Past this all ranks have read, so that the first may write and drop checkpoints.
    if team.said(counters.step) != counters.step:
        raise StudioError(
            "The processes of this training found different checkpoints.",
            kept="All checkpoints are kept.",
            todo="Check the disk, then start it again.",
        )
    team.level(learner.net, learner.averaged)
    return counters


@dataclass
class _Loop:
    learner: Learner
    data: PreparedData
    options: TrainOptions
    seed: int
    total: int
    checkpoints: Path
    hooks: Hooks
    team: Team
    session: Session
    now: Callable[[], float]
    _mark: float
    # Checkpoints and looks fall due by time awake: a pause or a model being played, which may
    # take seconds of every step, must not make them fall at nearly each.
    _saved: float = 0.0
    _next_look: float = 0.0
    _counted: float = 0.0
    _saved_step: int = 0
    _pace: Pace = field(default_factory=Pace)

    def run(self) -> None:
        self._saved_step = self.session.counters.step
        for step in range(self.session.counters.step, self.total):
            wish = self._poll()
            if wish in ("stop", "suspend"):
                self.session.ending = "stopped" if wish == "stop" else "suspended"
                break
            self._step(step)
            if wish == "snapshot" and self.team.first:
                self._account("outside")
                self.hooks.snapshot(step + 1)
                self._account("looking")
            self._after(step)
        self._account("outside")
        self._save()
        self._look()

    def _poll(self) -> Action | None:
        self._account("outside")
        wish = self.team.wished(self.hooks.poll() if self.team.first else None)
        waited = self.now() - self._mark > _A_WAIT
        self._account("waiting" if waited else "outside")
        return wish

    def _step(self, step: int) -> None:
        items = self.team.share(self.data.batch_items(self.seed, step, self.options.batch))
        batch = self.data.batch(items)
        moment = Moment(self.team.seed(self.seed), step, self.total, items)
        # Dropout and the like draw from the global generator; it too derives from the step.
        torch.manual_seed(seeds.derive(moment.seed, "step", step))
        self._set_rate(step)
        self._account("outside")
        losses = self.learner.step(batch, moment)
        update_average(self.learner.averaged, self.learner.net, step, self.options.ema_decay)
        # Read in here: a GPU answers late, and waiting for its arithmetic is arithmetic.
        heard = step % LOOK_EVERY == 0 or step + 1 == self.total
        values = {name: float(value) for name, value in losses.items()} if heard else {}
        values = self.team.over_all(values, len(items) / self.options.batch)
        self._account("inside")
        self._note(step, values)

    def _set_rate(self, step: int) -> None:
        factor = rate_factor(step, self.total, self.options)
        for optimiser in self.learner.optimisers.values():
            for group in optimiser.param_groups:
                group["lr"] = self.options.learning_rate * factor * group.get("rate_scale", 1.0)

    def _note(self, step: int, values: dict[str, float]) -> None:
        counters = self.session.counters
        last, first = counters.last, counters.first
        if values:
            self._check(step, values)
            # A figure may first appear late in a run, so each goes its own way.
            first = {**values, **first}
            last = {k: _SMOOTH * last.get(k, v) + (1 - _SMOOTH) * v for k, v in values.items()}
        worked = self.session.clock.worked
        spent = worked - self._counted
        self._counted = worked
        self._pace.stepped(self.options.batch, spent)
        seconds = counters.seconds + spent
        self.session.counters = Counters(step=step + 1, seconds=seconds, first=first, last=last)

    def _check(self, step: int, values: dict[str, float]) -> None:
        if not all(math.isfinite(value) for value in values.values()):
            raise self._astray(step, "the loss is no longer a number")

    def _astray(self, step: int, why: str) -> StudioError:
        smaller = f"--set learning_rate={self.options.learning_rate / 3:.1g}"
        return StudioError(
            f"Training went astray at step {step}: {why}.",
            kept=f"The checkpoint of step {self._saved_step} is kept." if self._saved_step else "",
            todo=f"Train again with a smaller learning rate, for example {smaller}.",
        )

    def _after(self, step: int) -> None:
        if step % LOOK_EVERY == 0 and self.team.first:
            self._tell()
        self._account("outside")
        clock = self.session.clock
        if clock.awake - self._saved >= self._checkpoint_due():
            self._save()
        if clock.awake >= self._next_look:
            self._look()

    def _tell(self) -> None:
        counters = self.session.counters
        left = self._pace.seconds_left((self.total - counters.step) * self.options.batch)
        self.hooks.progress(counters, self.total, self._pace.items_per_second, left)

    def _checkpoint_due(self) -> float:
        # Early ones come closer, so that a run which has just begun can be resumed too; their
        # number grows with the logarithm of the time, so they cost next to nothing.
        early = max(EARLIEST_CHECKPOINT, self.session.clock.awake / 2)
        return min(self.options.checkpoint_seconds, early)

    def _save(self) -> None:
        step = self.session.counters.step
        if step != self._saved_step and self.team.first:
            # Losses are looked at every few steps only; a good checkpoint must not give way.
            if not all(bool(p.isfinite().all()) for p in self.learner.net.parameters()):
                raise self._astray(step, "a weight is no longer a number")
            save_checkpoint(self.checkpoints, self.learner, self.session.counters)
        self._account("outside")
        self._saved, self._saved_step = self.session.clock.awake, step

    def _look(self) -> None:
        if not self.team.first:
            return
        self._account("outside")
        started = self.session.clock.awake
        pictures = self.learner.preview(self.data)
        figures = self.learner.measure(self.data)
        self.hooks.preview(self.session.counters.step, pictures, figures)
        self._account("looking")
        cost = self.session.clock.awake - started
        # Looking may cost at most a fixed share of the run, whatever the model's size.
        until_next = max(self.options.preview_seconds, cost / PREVIEW_SHARE)
        self._next_look = started + until_next
        self._pace.looked(cost / until_next)

    def _account(self, part: Literal["inside", "outside", "looking", "waiting"]) -> None:
        now, clock = self.now(), self.session.clock
        setattr(clock, part, getattr(clock, part) + now - self._mark)
        self._mark = now


def rate_factor(step: int, total: int, options: TrainOptions) -> float:
    """Learning rate as a part of the peak: linear warm-up, then a half cosine.

    Loshchilov and Hutter, "SGDR" (2017), eq. 5 without restarts.
    """
    warmup = min(options.warmup, max(1, total // 10))
    if step < warmup:
        return (step + 1) / warmup
    part = (step - warmup) / max(1, total - warmup)
    cosine = 0.5 * (1 + math.cos(math.pi * part))
    return options.final_rate + (1 - options.final_rate) * cosine
